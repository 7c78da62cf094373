import {
  type ApiCall,
  ApiFailure,
  type ApiRoute,
  notFound,
  pathParam,
  reading,
  writing,
} from '../api-call.ts';
import { readObject, readObjects, readString, readStrings, required } from '../read-json.ts';
import type { Task } from '../task.ts';
import { type BatchReceipt, type ProposedIds, runBatch } from '../tasks/batch.ts';
import { moveTask, updateTask } from '../tasks/change-task.ts';
import { createTask } from '../tasks/create-task.ts';
import { readTaskInput } from '../tasks/task-input.ts';
import { type SandboxTask, taskToWire } from '../tasks/task-to-wire.ts';
import type { Webhooks } from './webhooks.ts';

const MAX_IN_BATCH = 20;

/** The guide's routes, and nothing else. */
export function guideRoutes(proposedIds: ProposedIds, webhooks: Webhooks): readonly ApiRoute[] {
  return [
    reading('task.list', 'GET /task', ({ data }) =>
      [...data.listedTasks()].map((task) => taskToWire(data, task)),
    ),
    reading('task.get', 'GET /task/{taskId}', (call) => taskToWire(call.data, taskOf(call))),
    writing('task.batch', 'POST /task/batch', (call) => batch(call, proposedIds)),
    writing('task.create', 'POST /task', create),
    writing('task.update', 'PUT /task/{taskId}', change),
    writing('webhook.register', 'POST /webhook', ({ data, body }) => {
      const url = required(readString(readObject(body), 'url'));
      const events = required(readStrings(readObject(body), 'events'));
      return webhooks.register(data.account.username, { id: data.newId(), url, events });
    }),
  ];
}

function taskOf(call: ApiCall): Task {
  const task = call.data.tasks.get(pathParam(call, 'taskId'));
  if (!task || task.deleted) throw notFound();
  return task;
}

function create({ data, body }: ApiCall): SandboxTask {
  return taskToWire(data, createTask(data, readTaskInput(readObject(body))));
}

/** Another project in the changes moves the task there. */
function change(call: ApiCall): SandboxTask {
  const { data } = call;
  const task = taskOf(call);
  const input = readTaskInput(readObject(call.body));
  const projectId = input.projectId ?? task.projectId;
  if (!data.hasProject(projectId)) throw new ApiFailure(400);
  if (projectId !== task.projectId) moveTask(data, task, projectId);
  updateTask(data, task, input);
  return taskToWire(data, task);
}

/** At most 20 tasks in all. */
function batch({ data, body }: ApiCall, proposedIds: ProposedIds): BatchReceipt {
  const add = readObjects(readObject(body), 'add') ?? [];
  const update = readObjects(readObject(body), 'update') ?? [];
  if (add.length + update.length > MAX_IN_BATCH) throw new ApiFailure(400);
  return runBatch(data, { add, update }, proposedIds);
}
