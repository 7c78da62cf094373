import { readWireDate, type TaskDates } from '../../dates/task-dates.ts';
import type { TickTickCall } from '../../operations.ts';
import { readTask } from '../find-task.ts';
import type { ResolvedRef, Task } from '../task.ts';
import { lookAtTask, orLost, type TaskState } from './look-at-task.ts';
import type { TaskWriter } from './task-writer.ts';

/** What a completion did. */
export interface Completion {
  /** The next dates of a recurring task, for `taskDueDate`, `taskDays` and the like. Absent if it doesn't recur again. */
  advancedTo?: TaskDates;
  /** With `verify`: what TickTick shows afterwards. */
  found?: TaskState;
}

function dateOf({ startDate, dueDate }: TaskDates): number | undefined {
  return readWireDate(startDate) ?? readWireDate(dueDate);
}

/** The dates of a task that is open and has other dates than before. */
function advanced(before: Partial<Task>, after: Task | undefined): { advancedTo?: TaskDates } {
  if (!before.repeatFlag || after === undefined || after.status) return {};
  if (dateOf(after) === dateOf(before)) return {};
  const { startDate, dueDate, timeZone, isAllDay } = after;
  return { advancedTo: { startDate, dueDate, timeZone, isAllDay } };
}

/** The completion has happened: a read that fails doesn't make it a failure. */
async function readAfter({ id, projectId }: ResolvedRef, call: TickTickCall): Promise<Task | undefined> {
  try {
    return await readTask(id, projectId, call);
  } catch {
    return undefined;
  }
}

/** Completes a task of which the caller may know all, or only where it is. */
export async function completeTask(
  task: ResolvedRef & Partial<Task>,
  isVerified: boolean,
  writer: TaskWriter,
  call: TickTickCall,
): Promise<Completion> {
  if (!isVerified) {
    await writer.complete(task, call);
    return task.repeatFlag ? advanced(task, await readAfter(task, call)) : {};
  }
  const isKnown = task.title !== undefined;
  const before = isKnown ? task : await readTask(task.id, task.projectId, call);
  const lost = await orLost(writer.complete(before, call), call);
  // At a gateway without projects, the project that a task names is no place to look.
  const found = await lookAtTask(task.projectId === '' ? task : before, call);
  if (lost && found.state === 'unknown') throw lost;
  return { ...advanced(before, found.task), found };
}
