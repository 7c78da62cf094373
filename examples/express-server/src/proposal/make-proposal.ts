import {
  type AppliedPiece,
  type AppliedPlan,
  describeForUser,
  type Plan,
  type PlanTask,
  type User,
  type WorkingHours,
} from '@context-sdk/context';
import type { Proposal } from './proposals.ts';

const HOURS: [string, string][] = [['09:00', '18:00']];
export const WORKING_HOURS: WorkingHours = { mon: HOURS, tue: HOURS, wed: HOURS, thu: HOURS, fri: HOURS };
const WEEK_MS = 7 * 24 * 3_600_000;

/** From now on. */
export function nextWeek(): { from: Date; to: Date } {
  return { from: new Date(), to: new Date(Date.now() + WEEK_MS) };
}

/** What a plan depends on. */
const DATES = ['title', 'startDate', 'dueDate', 'isAllDay', 'timeZone', 'priority', 'repeatFlag'] as const;

/** A week for all open tasks; beside an earlier plan, what stands moves as little as it must. */
export async function propose(user: User, previous?: Plan, notes: string[] = []): Promise<Proposal> {
  const tasks = await user.ticktick.tasks.listOpen().toArray();
  const within = nextWeek();
  const plan = previous
    ? await user.replan(previous, { tasks, within })
    : await user.plan({ tasks, within, workingHours: WORKING_HOURS, lunch: ['12:00', '13:00'] });
  return { plan, notes, isApplied: false };
}

/** Writes the very plan that was shown. If its tasks are others by now, it is another one that is shown. */
export async function applyProposal(
  user: User,
  { plan }: Proposal,
): Promise<{ applied?: AppliedPlan; next?: Proposal }> {
  const changes = changesOf(plan, await user.ticktick.tasks.listOpen().toArray());
  if (changes.length > 0) return { next: await propose(user, plan, changes) };
  const applied = await user.apply(plan);
  if (applied.isComplete) return { applied };
  const notes = applied.pieces.flatMap((piece) => noteOn(piece, plan) ?? []);
  return { applied, next: { plan, notes, isApplied: true } };
}

/** What has happened to a plan's tasks since it was made. */
function changesOf({ pieces, request }: Plan, open: readonly PlanTask[]): string[] {
  const planned = request.tasks.filter(({ id }) => pieces.some(({ taskId }) => taskId === id));
  return planned.flatMap((task) => {
    const now = open.find(({ id }) => id === task.id);
    if (now === undefined) return `“${task.title}” is no longer open`;
    const isSame = DATES.every((name) => asJson(now[name]) === asJson(task[name]));
    return isSame ? [] : `“${now.title}” has changed`;
  });
}

/** As a stored plan has it. */
function asJson(value: unknown): string {
  return JSON.stringify(value) ?? '';
}

function noteOn({ taskId, slot, outcome, error }: AppliedPiece, plan: Plan): string | undefined {
  const what = `“${titleOf(plan, taskId)}”${slot ? `, ${slot.start.slice(0, 16).replace('T', ' at ')}` : ''}`;
  if (outcome === 'ended') return `${what}: its task is done or gone`;
  if (outcome === 'taken') return `${what}: something else is there now`;
  if (outcome === 'conflict') return `${what}: its block was moved meanwhile, and stays where it is`;
  return outcome === 'failed' ? `${what}: ${describeForUser(error).text}` : undefined;
}

export function titleOf({ request }: Plan, taskId: string): string {
  return request.tasks.find(({ id }) => id === taskId)?.title || 'Untitled';
}
