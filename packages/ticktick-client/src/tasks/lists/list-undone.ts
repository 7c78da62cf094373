import { inSeconds, SECOND_MS, type Span } from '../../dates/span.ts';
import { instantOfWireDate } from '../../dates/task-dates.ts';
import type { Task } from '../task.ts';
import type { TaskLists } from './task-lists.ts';
import { CAP } from './task-query.ts';

/** TickTick answers a longer range with nothing. */
const LONGEST_MS = 14 * 24 * 3_600_000;

interface Scope {
  projectIds?: readonly string[] | undefined;
  taskIds?: readonly string[] | undefined;
}

/** What no smaller query reaches: the open tasks of the projects, by their due date. */
async function* dueIn(lists: TaskLists, { from, to }: Span, scope: Scope): AsyncGenerator<Task> {
  for await (const task of lists.open(await lists.projectIds(scope.projectIds))) {
    const due = instantOfWireDate(task.dueDate);
    const isWanted = scope.taskIds?.includes(task.id) ?? true;
    if (isWanted && due !== undefined && due >= from && due <= to) yield task;
  }
}

/** Halves a span until its answer is not cut off. */
async function* halving(lists: TaskLists, span: Span, scope: Scope): AsyncGenerator<Task> {
  const { from, to } = span;
  const tasks = await lists.undone(span, scope.projectIds, scope.taskIds);
  if (tasks.length < CAP) {
    yield* tasks;
    return;
  }
  const middle = from + Math.floor((to - from) / 2 / SECOND_MS) * SECOND_MS;
  if (middle === from) {
    yield* dueIn(lists, span, scope);
    return;
  }
  yield* halving(lists, { from, to: middle }, scope);
  yield* halving(lists, { from: middle, to }, scope);
}

/** Open tasks of the span; one at the seam of two requests may come twice. */
export async function* listUndone(lists: TaskLists, span: Span, scope: Scope): AsyncGenerator<Task> {
  const { from, to } = inSeconds(span);
  for (let start = from; start <= to; start += LONGEST_MS) {
    yield* halving(lists, { from: start, to: Math.min(to, start + LONGEST_MS) }, scope);
    if (start + LONGEST_MS >= to) return;
  }
}
