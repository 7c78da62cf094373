import { type ApiCall, type ApiRoute, unknownException, writing } from '../api-call.ts';
import {
  readArray,
  readNumber,
  readObject,
  readObjects,
  readString,
  readStrings,
  required,
} from '../read-json.ts';
import { type BatchReceipt, type ProposedIds, runBatch } from '../tasks/batch.ts';
import { completeTask, moveTask } from '../tasks/change-task.ts';
import { findTask } from '../tasks/query-tasks.ts';
import { taskToWire } from '../tasks/task-to-wire.ts';
import { formatWireDate } from '../wire-date.ts';

const MAX_TASKS = 50;

/** Many tasks in one request. */
export function taskBulkRoutes(proposedIds: ProposedIds): readonly ApiRoute[] {
  return [
    writing('task.batch', 'POST /task/batch', (call) => batch(call, proposedIds)),
    writing('task.completeTasks', 'POST /task/completeTasks', completeTasks),
    writing('task.move', 'POST /task/move', move),
  ];
}

/** More than 50 are refused: what the service does about them is not known. */
function batch({ data, body }: ApiCall, proposedIds: ProposedIds): BatchReceipt {
  const add = readObjects(readObject(body), 'add') ?? [];
  const update = readObjects(readObject(body), 'update') ?? [];
  if (add.length > MAX_TASKS || update.length > MAX_TASKS) throw unknownException();
  return runBatch(data, { add, update }, proposedIds);
}

/** Ids beyond the fiftieth and ids that are not there are passed over. */
function completeTasks({ data, body }: ApiCall): string[] {
  const projectId = readString(readObject(body), 'projectId') || data.inboxId;
  const taskIds = required(readStrings(readObject(body), 'taskIds')).slice(0, MAX_TASKS);
  return taskIds.filter((taskId) => {
    const task = findTask(data, projectId, taskId);
    if (!task || task.deleted) return false;
    completeTask(data, task);
    return true;
  });
}

/** An entry whose projects do not both exist is left out; one for an unknown task is answered all the same. */
function move({ data, body }: ApiCall): object[] {
  return readArray(body).flatMap((item) => {
    const entry = readObject(item);
    const from = required(readString(entry, 'fromProjectId'));
    const to = required(readString(entry, 'toProjectId'));
    const taskId = required(readString(entry, 'taskId'));
    if (!data.hasProject(from) || !data.hasProject(to)) return [];
    const task = findTask(data, from, taskId);
    if (!task || task.deleted) return [{ id: taskId, etag: data.newEtag() }];
    moveTask(data, task, to, readNumber(entry, 'sortOrder'));
    const { id, etag, isAllDay, isFloating, etimestamp } = taskToWire(data, task);
    return [{ id, etag, isAllDay, isFloating, etimestamp, modifiedTime: formatWireDate(task.modifiedTime) }];
  });
}
