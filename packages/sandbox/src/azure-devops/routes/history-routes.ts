import { type ApiCall, type ApiRoute, idParam, listOf, numberOf, reading } from '../api/api-call.ts';
import { viewOf, wantedByQuery } from '../api/read-view.ts';
import { resourceNotFound } from '../failures.ts';
import { updateToWire } from '../work-items/update-to-wire.ts';
import { workItemToWire } from '../work-items/work-item-to-wire.ts';
import type { WorkItem } from '../work-items/work-item.ts';

const MAX_PER_PAGE = 200;

export const HISTORY_ROUTES: readonly ApiRoute[] = [
  reading('update.list', 'GET wit/workitems/{id}/updates', (call) => {
    const item = call.organization.get(idParam(call, 'id'));
    return listOf(page(call, item.updates).map((update) => updateToWire(call.organization, item, update)));
  }),
  reading('update.get', 'GET wit/workitems/{id}/updates/{number}', (call) => {
    const item = call.organization.get(idParam(call, 'id'));
    const update = item.updates[idParam(call, 'number') - 1];
    if (!update) throw resourceNotFound(`Update ${idParam(call, 'number')} of work item ${item.id}`);
    return updateToWire(call.organization, item, update);
  }),
  reading('revision.list', 'GET wit/workitems/{id}/revisions', (call) => {
    const item = call.organization.get(idParam(call, 'id'));
    return listOf(page(call, item.revisions).map((revision) => showRevision(call, item, revision)));
  }),
  reading('revision.get', 'GET wit/workitems/{id}/revisions/{number}', (call) => {
    const item = call.organization.get(idParam(call, 'id'));
    const revision = item.revisions[idParam(call, 'number') - 1];
    if (!revision) throw resourceNotFound(`Revision ${idParam(call, 'number')} of work item ${item.id}`);
    return showRevision(call, item, revision);
  }),
];

function showRevision(call: ApiCall, item: WorkItem, revision: WorkItem['revisions'][number]): object {
  return workItemToWire(call.organization, item, { ...viewOf(wantedByQuery(call), call, false), revision });
}

function page<T>(call: ApiCall, items: readonly T[]): readonly T[] {
  const skip = numberOf(call, '$skip', 0);
  const top = Math.min(numberOf(call, '$top', MAX_PER_PAGE), MAX_PER_PAGE);
  return items.slice(skip, skip + top);
}
