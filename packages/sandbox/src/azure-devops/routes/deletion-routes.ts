import { emptyResponse } from '../../http/responses.ts';
import type { JsonObject } from '../../json.ts';
import {
  type ApiCall,
  type ApiRoute,
  flag,
  idParam,
  listOf,
  reading,
  requiredProject,
  writing,
} from '../api/api-call.ts';
import { property, readObject } from '../api/read-body.ts';
import { viewOfChange } from '../api/read-view.ts';
import { invalidValue, workItemNotFound } from '../failures.ts';
import { identityText } from '../organization/person.ts';
import { destroy, recycle, restore } from '../work-items/remove.ts';
import { wireDate } from '../work-items/wire.ts';
import { workItemToWire } from '../work-items/work-item-to-wire.ts';
import { current, textField, type WorkItem } from '../work-items/work-item.ts';

const MAX_IDS = 200;

export const DELETION_ROUTES: readonly ApiRoute[] = [
  writing('workItem.delete', 'DELETE wit/workitems/{id}', (call) =>
    remove(call, idParam(call, 'id'), flag(call, 'destroy'), true),
  ),
  writing('workItem.batchDelete', 'POST wit/workitemsdelete', (call) => {
    const body = readObject(call.request);
    const ids = property(body, 'ids');
    if (!Array.isArray(ids) || ids.length === 0) throw invalidValue('The property ids must be a list.');
    if (ids.length > MAX_IDS) {
      throw invalidValue(
        `VS403474: You requested ${ids.length} work items which exceeds the limit of ${MAX_IDS}.`,
      );
    }
    const notify = property(body, 'skipNotifications') !== true;
    const isDestroy = property(body, 'destroy') === true;
    return { results: ids.map((id) => remove(call, Number(id), isDestroy, notify)) };
  }),
  reading('recycleBin.list', 'GET wit/recyclebin', (call) => {
    const project = requiredProject(call);
    const items = [...call.organization.items.values()].filter(
      (item) => item.deletion && call.organization.projectOf(item) === project,
    );
    const ids = call.request.query.get('ids')?.split(',').map(Number);
    if (ids)
      return listOf(items.filter(({ id }) => ids.includes(id)).map((item) => deletedToWire(call, item)));
    const { url } = call.organization;
    return listOf(items.map(({ id }) => ({ id, url: `${url}/_apis/wit/recyclebin/${id}` })));
  }),
  reading('recycleBin.get', 'GET wit/recyclebin/{id}', (call) => deletedToWire(call, findDeleted(call))),
  writing('recycleBin.restore', 'PATCH wit/recyclebin/{id}', (call) => {
    const item = findDeleted(call);
    if (property(readObject(call.request), 'isDeleted') !== false) {
      throw invalidValue('The property IsDeleted must be false.');
    }
    restore(call.organization, item, call.organization.identityOf(call.caller.person));
    return deletedToWire(call, item);
  }),
  writing('recycleBin.destroy', 'DELETE wit/recyclebin/{id}', (call) => {
    destroy(call.organization, findDeleted(call));
    return emptyResponse(204);
  }),
];

function remove(call: ApiCall, id: number, forGood: boolean, notify: boolean): JsonObject {
  const { organization } = call;
  const item = organization.get(id);
  recycle(organization, item, organization.identityOf(call.caller.person), notify);
  const answer = deletedToWire(call, item);
  if (forGood) destroy(organization, item);
  return answer;
}

function findDeleted(call: ApiCall): WorkItem {
  const id = idParam(call, 'id');
  const item = call.organization.items.get(id);
  if (!item?.deletion) throw workItemNotFound(id);
  return item;
}

function deletedToWire(call: ApiCall, item: WorkItem): JsonObject {
  const { organization } = call;
  const { fields } = current(item);
  return {
    id: item.id,
    code: 200,
    type: textField(fields, 'System.WorkItemType'),
    name: textField(fields, 'System.Title'),
    project: textField(fields, 'System.TeamProject'),
    ...(item.deletion && {
      deletedDate: wireDate(item.deletion.at),
      deletedBy: identityText(item.deletion.by),
    }),
    url: `${organization.url}/_apis/wit/${item.deletion ? 'recyclebin' : 'workItems'}/${item.id}`,
    resource: workItemToWire(
      organization,
      item,
      viewOfChange({ expand: undefined, fields: undefined, asOf: undefined }, call),
    ),
  };
}
