import { inSeconds, SECOND_MS, type Span } from '../../dates/date-input.ts';
import { readWireDate } from '../../dates/task-dates.ts';
import { errors } from '../../errors.ts';
import type { TickTickCall } from '../../operations.ts';
import { allProjectIds } from '../project-tasks.ts';
import type { Task } from '../task.ts';
import { isCutOff, MAX_LISTED, queryRange } from './queries.ts';

type ProjectIds = readonly string[] | undefined;

function completedAt(task: Task): number {
  return readWireDate(task.completedTime) ?? Number.NaN;
}

/** At most 200 tasks completed in the span, newest first. */
export function queryCompleted(span: Span, projectIds: ProjectIds, call: TickTickCall): Promise<Task[]> {
  return queryRange('tasks.listCompleted', span, { projectIds }, call);
}

/** Everything completed in one second, project by project: there is no smaller query. */
async function* crowdedSecond(span: Span, projectIds: ProjectIds, call: TickTickCall): AsyncGenerator<Task> {
  for (const projectId of projectIds ?? (await allProjectIds(call))) {
    const tasks = await queryCompleted(span, [projectId], call);
    if (isCutOff(tasks)) {
      const around = new Date(span.to).toISOString();
      const problem = `lists no more than ${MAX_LISTED} tasks of project ${projectId} completed around ${around}`;
      throw errors.unexpected(problem, 'projectId');
    }
    yield* tasks;
  }
}

async function* pagesOf(
  { from, to: end }: Span,
  projectIds: ProjectIds,
  call: TickTickCall,
): AsyncGenerator<Task> {
  for (let to = end; ;) {
    const page = await queryCompleted({ from, to }, projectIds, call);
    yield* page;
    if (!isCutOff(page)) return;
    // The second of the oldest task may be cut in the middle, so all of it is requested again.
    const oldest = Math.min(...page.map(completedAt).filter((at) => !Number.isNaN(at)));
    if (oldest === Number.POSITIVE_INFINITY)
      throw errors.unexpected('lists completed tasks without a time', 'completedTime');
    const next = Math.floor(oldest / SECOND_MS) * SECOND_MS + SECOND_MS;
    if (next < to) {
      to = next;
      continue;
    }
    yield* crowdedSecond({ from: Math.max(from, to - SECOND_MS), to }, projectIds, call);
    to -= SECOND_MS;
    if (to < from) return;
  }
}

/** Tasks completed in the span, newest first; the same one can be listed more than once. */
export async function* listCompleted(
  span: Span,
  projectIds: ProjectIds,
  call: TickTickCall,
): AsyncGenerator<Task> {
  for await (const task of pagesOf(inSeconds(span), projectIds, call)) {
    const at = completedAt(task);
    // One whose time can't be read is as TickTick says.
    if (!(at < span.from || at > span.to)) yield task;
  }
}
