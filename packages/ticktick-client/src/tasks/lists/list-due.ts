import { DAY_MS, isTimeZone, startOfDay } from '@context-sdk/oauth-core/client-kit';
import { inSeconds, SECOND_MS, type Span } from '../../dates/date-input.ts';
import { readWireDate, taskDueDay } from '../../dates/task-dates.ts';
import type { TickTickCall } from '../../operations.ts';
import { listedProjects, openTasksOfEach } from '../project-tasks.ts';
import type { Task } from '../task.ts';
import { isCutOff, queryRange, type QueryScope } from './queries.ts';

/** TickTick answers a longer range with an empty list. */
const MAX_RANGE_MS = 14 * DAY_MS;

/** When a task is due: of an all-day span, the beginning of its last day, since its due date is the midnight after. */
function dueAt(task: Task): number | undefined {
  const day = task.isAllDay ? taskDueDay(task) : undefined;
  if (day === undefined) return readWireDate(task.dueDate);
  return startOfDay(day, isTimeZone(task.timeZone) ? task.timeZone : 'UTC');
}

/** The open tasks of the projects by their due date, if no smaller query reaches them. */
async function* dueInProjects(
  { from, to }: Span,
  scope: QueryScope,
  call: TickTickCall,
): AsyncGenerator<Task> {
  const covered = scope.projectIds ?? (await listedProjects(call)).open;
  for await (const task of openTasksOfEach(covered, call)) {
    const due = dueAt(task);
    const isWanted = scope.taskIds?.includes(task.id) ?? true;
    if (isWanted && due !== undefined && due >= from && due <= to) yield task;
  }
}

/** Halves a span until its response is not cut off. */
async function* halving(span: Span, scope: QueryScope, call: TickTickCall): AsyncGenerator<Task> {
  const { from, to } = span;
  const tasks = await queryRange('tasks.listDue', span, scope, call);
  // Also of a response that is cut off: its tasks can be of projects that are not listed.
  yield* tasks;
  if (!isCutOff(tasks)) return;
  const middle = from + Math.floor((to - from) / 2 / SECOND_MS) * SECOND_MS;
  if (middle === from) {
    yield* dueInProjects(span, scope, call);
    return;
  }
  yield* halving({ from, to: middle }, scope, call);
  yield* halving({ from: middle, to }, scope, call);
}

/** Open tasks of the span; the same one can be listed more than once. */
export async function* listDue(span: Span, scope: QueryScope, call: TickTickCall): AsyncGenerator<Task> {
  const { from, to } = inSeconds(span);
  for (let start = from; start <= to; start += MAX_RANGE_MS) {
    yield* halving({ from: start, to: Math.min(to, start + MAX_RANGE_MS) }, scope, call);
    if (start + MAX_RANGE_MS >= to) return;
  }
}
