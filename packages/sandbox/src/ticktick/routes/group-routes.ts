import { type ApiCall, type ApiRoute, pathParam, reading, writing } from '../api-call.ts';
import { readObject, readString, required, truncate } from '../read-json.ts';
import type { ProjectGroup } from '../records.ts';

/** Folders of projects. Changing an unknown one succeeds silently, as for columns. */
export const GROUP_ROUTES: readonly ApiRoute[] = [
  reading('group.list', 'GET /project/group', ({ data }) => [...data.groups.values()]),
  writing('group.create', 'POST /project/group', create),
  writing('group.update', 'POST /project/group/{groupId}', rename),
  writing('group.delete', 'DELETE /project/group/{groupId}', remove),
];

function create(call: ApiCall): ProjectGroup {
  const { data } = call;
  const group: ProjectGroup = { id: data.newId(), name: nameOf(call), sortOrder: 0, showAll: true };
  data.groups.set(group.id, group);
  return group;
}

function rename(call: ApiCall): ProjectGroup | undefined {
  const group = call.data.groups.get(pathParam(call, 'groupId'));
  if (group) group.name = nameOf(call);
  return group;
}

/** Its projects stay, without a group. */
function remove(call: ApiCall): undefined {
  const groupId = pathParam(call, 'groupId');
  call.data.groups.delete(groupId);
  for (const project of call.data.projects.values()) {
    if (project.groupId === groupId) project.groupId = undefined;
  }
}

function nameOf({ body }: ApiCall): string {
  return truncate(required(readString(readObject(body), 'name')), 64);
}
