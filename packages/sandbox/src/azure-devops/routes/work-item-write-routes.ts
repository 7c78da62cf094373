import type { JsonObject } from '../../json.ts';
import { ApiFailure } from '../api-failure.ts';
import {
  type ApiCall,
  type ApiRoute,
  flag,
  idParam,
  pathParam,
  requiredProject,
  writing,
} from '../api/api-call.ts';
import { readJson } from '../api/read-body.ts';
import { viewOfChange, wantedByQuery } from '../api/read-view.ts';
import { permissionDenied } from '../failures.ts';
import { applyPatch } from '../patch/apply-patch.ts';
import { type PatchOperation, readPatch } from '../patch/patch-operation.ts';
import { checkRules } from '../work-items/check-rules.ts';
import { draftOf, newDraft } from '../work-items/draft.ts';
import { save } from '../work-items/save.ts';
import { draftToWire, workItemToWire } from '../work-items/work-item-to-wire.ts';
import type { WorkItem } from '../work-items/work-item.ts';

const MAX_REVISIONS = 10_000;

export const WORK_ITEM_WRITE_ROUTES: readonly ApiRoute[] = [
  writing('workItem.create', 'POST wit/workitems/$/{type}', create),
  // A batch creates with PATCH.
  writing('workItem.create', 'PATCH wit/workitems/$/{type}', create),
  writing('workItem.update', 'PATCH wit/workitems/{id}', update),
];

function create(call: ApiCall): JsonObject {
  const { organization } = call;
  const draft = newDraft(requiredProject(call), pathParam(call, 'type'));
  const patch = readChanges(call);
  applyPatch(organization, draft, patch, call.temporaryIds);
  checkRules(organization, draft);
  if (flag(call, 'validateOnly')) return draftToWire(organization, draft);
  const item = save(organization, draft, saveOptions(call));
  noteTemporaryId(call, patch, item);
  return show(call, item);
}

function update(call: ApiCall): JsonObject {
  const { organization } = call;
  const item = organization.get(idParam(call, 'id'));
  const draft = draftOf(item, organization.projectOf(item));
  applyPatch(organization, draft, readChanges(call), call.temporaryIds);
  checkRules(organization, draft);
  checkRevisions(item);
  if (!flag(call, 'validateOnly')) save(organization, draft, saveOptions(call));
  return show(call, item);
}

function readChanges(call: ApiCall): readonly PatchOperation[] {
  if (flag(call, 'bypassRules')) {
    throw permissionDenied(`${call.caller.person.displayName} may not bypass the rules of work items.`);
  }
  return readPatch(readJson(call.request, 'application/json-patch+json'));
}

function saveOptions(call: ApiCall): Parameters<typeof save>[2] {
  return {
    by: call.organization.identityOf(call.caller.person),
    notify: !flag(call, 'suppressNotifications'),
  };
}

function show(call: ApiCall, item: WorkItem): JsonObject {
  return workItemToWire(call.organization, item, viewOfChange(wantedByQuery(call), call));
}

/** Past 10,000 revisions the service answers a 500 that no retry cures. */
function checkRevisions({ id, revisions }: WorkItem): void {
  if (revisions.length < MAX_REVISIONS) return;
  throw new ApiFailure(
    500,
    'WorkItemRevisionLimitExceededException',
    `Work item ${id} has ${revisions.length} revisions, which is the limit.`,
  );
}

/** `add /id -1` names the new item for the rest of its batch. */
function noteTemporaryId(
  { temporaryIds }: ApiCall,
  patch: readonly PatchOperation[],
  { id }: WorkItem,
): void {
  const temporary = Number(patch.find(({ path }) => path === '/id')?.value);
  if (temporary < 0) temporaryIds.set(temporary, id);
}
