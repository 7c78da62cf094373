import { inSeconds, SECOND_MS, type Span } from '../../dates/span.ts';
import { instantOfWireDate } from '../../dates/task-dates.ts';
import { unexpected } from '../../transport/unexpected.ts';
import type { Task } from '../task.ts';
import type { TaskLists } from './task-lists.ts';
import { CAP } from './task-query.ts';

function completedAt(task: Task): number {
  return instantOfWireDate(task.completedTime) ?? NaN;
}

/** Everything completed in one second, project by project: no query makes a smaller page. */
async function* crowdedSecond(
  lists: TaskLists,
  span: Span,
  projectIds: readonly string[] | undefined,
): AsyncGenerator<Task> {
  for (const projectId of await lists.projectIds(projectIds)) {
    const tasks = await lists.completed(span, [projectId]);
    if (tasks.length >= CAP) {
      const around = new Date(span.to).toISOString();
      const problem = `lists no more than ${CAP} tasks of project ${projectId} completed around ${around}`;
      throw unexpected(problem, 'projectId');
    }
    yield* tasks;
  }
}

async function* pages(
  lists: TaskLists,
  span: Span,
  projectIds: readonly string[] | undefined,
): AsyncGenerator<Task> {
  const { from } = span;
  for (let { to } = span; ;) {
    const page = await lists.completed({ from, to }, projectIds);
    yield* page;
    if (page.length < CAP) return;
    // The second of the oldest task may have been cut in the middle, so it is asked for again as a whole.
    const oldest = Math.min(...page.map(completedAt).filter((at) => !Number.isNaN(at)));
    if (oldest === Number.POSITIVE_INFINITY)
      throw unexpected('lists completed tasks without a time', 'completedTime');
    const next = Math.floor(oldest / SECOND_MS) * SECOND_MS + SECOND_MS;
    if (next < to) {
      to = next;
      continue;
    }
    yield* crowdedSecond(lists, { from: Math.max(from, to - SECOND_MS), to }, projectIds);
    to -= SECOND_MS;
    if (to < from) return;
  }
}

/** Tasks completed in the span, newest first; the same one may come more than once. */
export async function* listCompleted(
  lists: TaskLists,
  span: Span,
  projectIds: readonly string[] | undefined,
): AsyncGenerator<Task> {
  for await (const task of pages(lists, inSeconds(span), projectIds)) {
    const at = completedAt(task);
    if (at >= span.from && at <= span.to) yield task;
  }
}
