import { type ApiCall, type ApiRoute, pathParam, reading, unknownException, writing } from '../api-call.ts';
import { columnsOf } from '../projects.ts';
import { readObject, readString, required, truncate } from '../read-json.ts';
import type { Column } from '../records.ts';

/** Kanban columns. None can be deleted; changing an unknown one answers an empty 200. */
export const COLUMN_ROUTES: readonly ApiRoute[] = [
  reading('column.list', 'GET /project/{projectId}/column', (call) =>
    columnsOf(call.data, projectIdOf(call)),
  ),
  writing('column.create', 'POST /project/{projectId}/column', create),
  writing('column.update', 'POST /project/{projectId}/column/{columnId}', rename),
];

function create(call: ApiCall): Column {
  const { data } = call;
  const projectId = projectIdOf(call);
  if (!data.hasProject(projectId)) throw unknownException();
  const sortOrder = columnsOf(data, projectId).length;
  const column: Column = { id: data.newId(), projectId, name: nameOf(call), sortOrder };
  data.columns.set(column.id, column);
  return column;
}

function rename(call: ApiCall): Column | undefined {
  const column = call.data.columns.get(pathParam(call, 'columnId'));
  if (column?.projectId !== projectIdOf(call)) return undefined;
  column.name = nameOf(call);
  return column;
}

function projectIdOf(call: ApiCall): string {
  return pathParam(call, 'projectId');
}

function nameOf({ body }: ApiCall): string {
  return truncate(required(readString(readObject(body), 'name')), 1000);
}
