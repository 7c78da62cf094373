import { ApiFailure } from '../api-failure.ts';
import { patchFailed } from '../failures.ts';
import type { Organization } from '../organization/organization.ts';
import type { Draft } from '../work-items/draft.ts';
import { keyOf } from '../work-items/links.ts';
import { CHILD_REL, PARENT_REL } from '../work-items/relation-types.ts';
import type { Relation } from '../work-items/work-item.ts';

const MAX_LINKS = 1000;
const MAX_ATTACHMENTS = 100;

/** Whether a link may be added: once, not to itself, one parent, no circle, not too many. */
export function checkLink(organization: Organization, draft: Draft, added: Relation): void {
  if (added.target === draft.id) throw linkFailure('TF201032: A work item cannot be linked to itself.');
  if (draft.relations.some((relation) => keyOf(relation) === keyOf(added))) {
    throw patchFailed('The relation already exists.');
  }
  checkNumber(draft, added);
  if (added.rel === PARENT_REL && draft.relations.some(({ rel }) => rel === PARENT_REL)) throw extraParent();
  if (added.rel === CHILD_REL && parentOf(organization, added.target ?? 0) !== undefined) throw extraParent();
  if (closesCircle(organization, draft, added)) {
    throw linkFailure('TF201035: The link would make a work item its own ancestor.');
  }
}

function checkNumber({ relations }: Draft, added: Relation): void {
  const isFile = added.rel === 'AttachedFile';
  const alike = relations.filter(({ rel }) => (rel === 'AttachedFile') === isFile);
  if (alike.length >= (isFile ? MAX_ATTACHMENTS : MAX_LINKS)) {
    throw linkFailure(`The work item has too many ${isFile ? 'attachments' : 'links'}.`);
  }
}

/** Walks up from the new parent (or from this item, for a new child) and looks for the other one. */
function closesCircle(organization: Organization, draft: Draft, { rel, target = 0 }: Relation): boolean {
  if (rel !== PARENT_REL && rel !== CHILD_REL) return false;
  const [start, wanted] = rel === PARENT_REL ? [target, draft.id] : [draft.id, target];
  for (let id: number | undefined = start; id !== undefined; id = parentOf(organization, id)) {
    if (id === wanted) return true;
  }
  return false;
}

function parentOf(organization: Organization, id: number): number | undefined {
  return organization.items.get(id)?.relations.find(({ rel }) => rel === PARENT_REL)?.target;
}

function extraParent(): ApiFailure {
  return new ApiFailure(
    400,
    'WorkItemLinkAddExtraParentException',
    'TF201036: A work item can have only one parent link.',
  );
}

function linkFailure(message: string): ApiFailure {
  return new ApiFailure(400, 'WorkItemLinkInvalidException', message);
}
