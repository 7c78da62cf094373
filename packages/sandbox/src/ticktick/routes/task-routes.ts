import { type ApiCall, type ApiRoute, pathParam, reading, writing } from '../api-call.ts';
import { readObject, readString } from '../read-json.ts';
import { completeTask, deleteTask, updateTask } from '../tasks/change-task.ts';
import { createTask } from '../tasks/create-task.ts';
import { findTask, getTask } from '../tasks/query-tasks.ts';
import { readTaskInput } from '../tasks/task-input.ts';
import { type SandboxTask, taskToWire } from '../tasks/task-to-wire.ts';

/** One task: get, create, update, complete, delete. */
export const TASK_ROUTES: readonly ApiRoute[] = [
  reading('task.get', 'GET /project/{projectId}/task/{taskId}', get),
  writing('task.create', 'POST /task', create),
  writing('task.update', 'POST /task/{taskId}', update),
  writing('task.complete', 'POST /project/{projectId}/task/{taskId}/complete', complete),
  writing('task.delete', 'DELETE /project/{projectId}/task/{taskId}', remove),
];

function get(call: ApiCall): SandboxTask {
  const task = getTask(call.data, pathParam(call, 'projectId'), pathParam(call, 'taskId'));
  return taskToWire(call.data, task);
}

function create({ data, body }: ApiCall): SandboxTask {
  const task = createTask(data, readTaskInput(readObject(body)));
  return taskToWire(data, task, true);
}

/** Ids that do not fit together change nothing and answer an empty 200. */
function update(call: ApiCall): SandboxTask | undefined {
  const { data } = call;
  const body = readObject(call.body);
  const input = readTaskInput(body);
  const task = data.tasks.get(pathParam(call, 'taskId'));
  if (!task || task.id !== readString(body, 'id') || task.projectId !== input.projectId) return undefined;
  updateTask(data, task, input);
  return taskToWire(data, task);
}

function complete(call: ApiCall): undefined {
  const task = findTask(call.data, pathParam(call, 'projectId'), pathParam(call, 'taskId'));
  if (task && !task.deleted) completeTask(call.data, task);
}

function remove(call: ApiCall): undefined {
  const task = findTask(call.data, pathParam(call, 'projectId'), pathParam(call, 'taskId'));
  if (task) deleteTask(call.data, task);
}
