import type { AccountData } from '../account-data.ts';
import { unknownException } from '../api-call.ts';
import type { Task } from '../task.ts';
import { applyTaskInput } from './apply-task-input.ts';
import type { TaskInput } from './task-input.ts';

const SORT_ORDER_STEP = 1_099_511_627_776;

/**
 * Adds a task; without a project it goes to the inbox. What the service does about a project that does not exist is
 * not known: by inference it fails as it does for a deleted one, and the alias `inbox` is not understood here.
 */
export function createTask(data: AccountData, input: TaskInput, id: string = data.newId()): Task {
  const projectId = input.projectId || data.inboxId;
  if (input.title === undefined || !data.hasProject(projectId)) throw unknownException();
  const task = blankTask(data, id, projectId, input.title);
  const parentId = data.newParents === 'ignore' ? undefined : input.parentId;
  applyTaskInput(data, task, { ...input, parentId });
  // That a new task can be completed, and keeps its time, is assumed.
  task.status = input.status ?? task.status;
  if (task.status !== 0) task.completedTime = input.completedTime ?? data.now();
  data.tasks.set(id, task);
  data.onTaskEvent('task.created', task);
  return task;
}

function blankTask(data: AccountData, id: string, projectId: string, title: string): Task {
  const now = data.now();
  return {
    id,
    createdTime: now,
    projectId,
    sortOrder: nextSortOrder(data, projectId),
    title,
    content: undefined,
    desc: undefined,
    startDate: undefined,
    dueDate: undefined,
    timeZone: data.account.timeZone,
    isAllDay: false,
    isFloating: false,
    priority: 0,
    reminders: undefined,
    repeatFlag: undefined,
    repeatFrom: undefined,
    completedTime: undefined,
    status: 0,
    items: [],
    tags: undefined,
    parentId: undefined,
    columnId: undefined,
    assigneeUsername: undefined,
    kind: data.projects.get(projectId)?.kind === 'NOTE' ? 'NOTE' : 'TEXT',
    etag: data.newEtag(),
    etimestamp: now,
    modifiedTime: now,
    deleted: false,
  };
}

/** New tasks go on top: each a step below the lowest order that its project has given out. */
function nextSortOrder(data: AccountData, projectId: string): number {
  const next = (data.lowestSortOrder.get(projectId) ?? 0) - SORT_ORDER_STEP;
  data.lowestSortOrder.set(projectId, next);
  return next;
}
