import { fromWallTime, sameTimeToday, toWallTime } from '../../time/zoned-time.ts';
import type { AccountData } from '../account-data.ts';
import type { Task } from '../task.ts';
import { applyTaskInput } from './apply-task-input.ts';
import { leaveParent, setParent } from './family.ts';
import { type Next, nextOccurrence } from './recurrence.ts';
import type { TaskInput } from './task-input.ts';

/** Merges changes into a task. Reopening (`status: 0`) leaves the time of completion in place. */
export function updateTask(data: AccountData, task: Task, input: TaskInput): void {
  applyTaskInput(data, task, input);
  if (input.status === 2 && task.status !== 2) completeTask(data, task, input.completedTime);
  else {
    task.status = input.status ?? task.status;
    // Without the time, the app's list of what the user won't do omits the task.
    if (input.status === -1) task.completedTime = input.completedTime;
    touchTask(data, task);
  }
}

/**
 * Completes a task; offline, `at` is hours ago. Once more moves its time of completion. A repeating task goes on to its next date under the same
 * id, and what was done stays as a completed copy with an id of its own.
 */
export function completeTask(data: AccountData, task: Task, at: number = data.now()): void {
  if (task.status === 0 && moveToNextOccurrence(data, task, at)) return;
  task.status = 2;
  task.completedTime = at;
  touchTask(data, task);
}

function moveToNextOccurrence(data: AccountData, task: Task, at: number): boolean {
  const first = task.startDate ?? task.dueDate;
  const next = nextDate(task, first, at);
  if (first === undefined || next === undefined) return false;
  const done = completedCopy(data, task, at);
  data.tasks.set(done.id, done);
  data.onTaskEvent('task.created', done);
  const due = task.dueDate === undefined ? undefined : dueAfter(task, first, next.instant);
  task.startDate &&= next.instant;
  task.dueDate = due;
  task.repeatFlag = next.repeatFlag;
  task.items = task.items.map((item) => ({ ...item, status: 0, completedTime: undefined }));
  touchTask(data, task);
  return true;
}

/** The copy keeps project, dates and rule. */
function completedCopy(data: AccountData, task: Task, at: number): Task {
  const now = data.now();
  return {
    ...task,
    id: data.newId(),
    status: 2,
    completedTime: at,
    etag: data.newEtag(),
    etimestamp: now,
    modifiedTime: now,
  };
}

/** `repeatFrom: "1"` counts from the completion, everything else from the date itself. */
function nextDate(task: Task, date: number | undefined, at: number): Next | undefined {
  if (task.repeatFlag === undefined || date === undefined) return undefined;
  const base = task.repeatFrom === '1' ? sameTimeToday(date, at, task.timeZone) : date;
  return nextOccurrence(base, task.repeatFlag, task.timeZone);
}

/** A span keeps its length: in days if it is all-day, so that it ends at midnight when clocks change. */
function dueAfter({ dueDate = 0, isAllDay, timeZone }: Task, start: number, next: number): number {
  if (!isAllDay) return next + dueDate - start;
  const wall = (instant: number): number => toWallTime(instant, timeZone);
  return fromWallTime(wall(next) + wall(dueDate) - wall(start), timeZone);
}

/** Moves a task to another project. Its column and its parent belong to the old one, where its subtasks stay. */
export function moveTask(data: AccountData, task: Task, projectId: string, sortOrder?: number): void {
  if (task.projectId !== projectId) {
    task.columnId = undefined;
    setParent(data, task, undefined);
  }
  task.projectId = projectId;
  task.sortOrder = sortOrder ?? task.sortOrder;
  touchTask(data, task);
}

/** Takes a task out of every list; by its id it stays readable. */
export function deleteTask(data: AccountData, task: Task): void {
  if (task.deleted) return;
  task.deleted = true;
  leaveParent(data, task);
  data.onTaskEvent('task.deleted', task);
}

/** Marks a task as changed: a new etag, now. */
export function touchTask(data: AccountData, task: Task): void {
  task.etag = data.newEtag();
  task.etimestamp = data.now();
  task.modifiedTime = data.now();
  if (!task.deleted) data.onTaskEvent('task.updated', task);
}
