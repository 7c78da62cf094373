import { type JsonObject, type JsonValue, textOf } from '../../json.ts';
import {
  type ApiCall,
  type ApiRoute,
  idParam,
  listOf,
  pathParam,
  reading,
  requiredProject,
} from '../api/api-call.ts';
import { property, readObject } from '../api/read-body.ts';
import { revisionAt, viewOf, type Wanted, wantedByBody, wantedByQuery } from '../api/read-view.ts';
import { invalidValue, workItemNotFound } from '../failures.ts';
import { newDraft } from '../work-items/draft.ts';
import { draftToWire, workItemToWire } from '../work-items/work-item-to-wire.ts';

const MAX_IDS = 200;

export const WORK_ITEM_READ_ROUTES: readonly ApiRoute[] = [
  reading('workItem.template', 'GET wit/workitems/$/{type}', (call) =>
    draftToWire(call.organization, newDraft(requiredProject(call), pathParam(call, 'type'))),
  ),
  reading('workItem.get', 'GET wit/workitems/{id}', (call) =>
    show(call, idParam(call, 'id'), wantedByQuery(call), true),
  ),
  reading('workItem.list', 'GET wit/workitems', (call) => {
    const ids = call.request.query.get('ids')?.split(',').map(Number) ?? [];
    return showAll(call, ids, wantedByQuery(call), omits(call.request.query.get('errorPolicy')));
  }),
  reading('workItem.batchGet', 'POST wit/workitemsbatch', (call) => {
    const body = readObject(call.request);
    const ids = property(body, 'ids');
    if (!Array.isArray(ids)) throw invalidValue('The property ids must be a list.');
    const sorted = ids.map(Number).toSorted((one, other) => one - other);
    const answer = showAll(call, sorted, wantedByBody(body), omits(property(body, 'errorPolicy') ?? null));
    return listOf(answer.value.map(withRelationsReversed));
  }),
];

/** In the order of the ids, which a batch sorts first; with errorPolicy omit, what cannot be read leaves a null in its place. */
function showAll(
  call: ApiCall,
  ids: readonly number[],
  wanted: Wanted,
  omit: boolean,
): { count: number; value: readonly (JsonObject | null)[] } {
  if (ids.length === 0 || !ids.every((id) => Number.isInteger(id) && id > 0)) {
    throw invalidValue('The ids must be a list of work item ids.');
  }
  if (ids.length > MAX_IDS) {
    throw invalidValue(
      `VS403474: You requested ${ids.length} work items which exceeds the limit of ${MAX_IDS}.`,
    );
  }
  const value = ids.map((id) => (omit && !exists(call, id, wanted) ? null : show(call, id, wanted, false)));
  return { count: value.length, value };
}

/** A batch lists an item's relations in another order than the item itself, whose order a patch counts in. */
function withRelationsReversed(item: JsonObject | null): JsonObject | null {
  const relations = item?.['relations'];
  return item && Array.isArray(relations) ? { ...item, relations: relations.toReversed() } : item;
}

function exists({ organization }: ApiCall, id: number, { asOf }: Wanted): boolean {
  const item = organization.find(id);
  return item !== undefined && (asOf === undefined || revisionAt(item, asOf) !== undefined);
}

function show(call: ApiCall, id: number, wanted: Wanted, single: boolean): JsonObject {
  const item = call.organization.get(id);
  const view = viewOf(wanted, call, single);
  if (wanted.asOf === undefined) return workItemToWire(call.organization, item, view);
  const revision = revisionAt(item, wanted.asOf);
  if (!revision) throw workItemNotFound(id);
  return workItemToWire(call.organization, item, { ...view, revision });
}

/** By name in any case, or by number. */
function omits(value: JsonValue): boolean {
  const text = textOf(value ?? 'fail').toLowerCase();
  if (!['fail', 'omit', '1', '2'].includes(text)) {
    throw invalidValue(`The value '${text}' is not valid for the parameter 'errorPolicy'.`);
  }
  return text === 'omit' || text === '2';
}
