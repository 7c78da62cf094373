import type { AccountData } from '../account-data.ts';
import type { Task } from '../task.ts';
import { nextOccurrence } from '../time/recurrence.ts';
import { sameTimeToday } from '../time/zoned-time.ts';
import { touchTask } from './touch-task.ts';

/**
 * Completes a task; once more moves its time of completion. A repeating task goes on to its next date under the same
 * id, and what was done stays as a completed copy with an id of its own.
 */
export function completeTask(data: AccountData, task: Task): void {
  if (task.status === 0 && moveToNextOccurrence(data, task)) return;
  task.status = 2;
  task.completedTime = data.now();
  touchTask(data, task);
}

function moveToNextOccurrence(data: AccountData, task: Task): boolean {
  const start = nextDate(data, task, task.startDate);
  const due = nextDate(data, task, task.dueDate);
  if (start === undefined && due === undefined) return false;
  const done = completedCopy(data, task);
  data.tasks.set(done.id, done);
  data.onTaskEvent('task.created', done);
  task.startDate = start;
  task.dueDate = due;
  task.items = task.items.map((item) => ({ ...item, status: 0, completedTime: undefined }));
  touchTask(data, task);
  return true;
}

/** The copy repeats no more. That it lacks the rule is inference. */
function completedCopy(data: AccountData, task: Task): Task {
  const now = data.now();
  return {
    ...task,
    id: data.newId(),
    status: 2,
    completedTime: now,
    repeatFlag: undefined,
    etag: data.newEtag(),
    etimestamp: now,
    modifiedTime: now,
  };
}

/** `repeatFrom: "1"` counts from the completion, everything else from the date itself. */
function nextDate(data: AccountData, task: Task, date: number | undefined): number | undefined {
  if (task.repeatFlag === undefined || date === undefined) return undefined;
  const base = task.repeatFrom === '1' ? sameTimeToday(date, data.now(), task.timeZone) : date;
  return nextOccurrence(base, task.repeatFlag, task.timeZone);
}
