import { isDone } from '../../plans/outcomes.ts';
import type { AppliedPiece, AppliedPlan, Plan, PlanPiece } from '../../plans/plan.ts';
import { dayHeading } from './agenda-text.ts';
import { foreignText } from './foreign-text.ts';
import { line } from './line.ts';
import { quoted } from './quoted.ts';
import type { View } from './view.ts';

/** Pieces that a text names one by one. */
const MAX_PIECES = 60;

/** A proposal: its handle, one line per piece by days, and what is late or has no place. */
export function planText(plan: Plan, view: View): string {
  const { id, pieces, removed } = plan;
  const handle = view.handleOf({ kind: 'plan', id });
  const lines: string[] = [];
  let day = '';
  for (const piece of pieces.slice(0, MAX_PIECES)) {
    if (dayOf(piece) !== day) lines.push(dayHeading((day = dayOf(piece))));
    lines.push(line`${taskHandle(plan, piece, view)} ${timesOf(piece)} ${piece.title}: ${piece.reason}`);
  }
  if (pieces.length > MAX_PIECES) lines.push(`${pieces.length - MAX_PIECES} more of ${pieces.length}`);
  const late = plan.late.map((one) => line`Late: ${taskHandle(plan, one, view)}, ${one.minutes} minutes`);
  const unplaced = plan.unplaced.map(
    (one) => line`No place: ${taskHandle(plan, one, view)}, ${one.minutes} minutes: ${one.text}`,
  );
  const gone = removed.length > 0 ? [`Deletes ${blocks(removed.length)} that nothing needs`] : [];
  const isNew = pieces.some(({ action }) => action !== 'keep') || removed.length > 0;
  const heading = isNew
    ? line`${handle}: a proposal. Nothing is written before it is applied.`
    : 'Nothing to change.';
  return [heading, ...lines, ...gone, ...late, ...unplaced].join('\n');
}

/** What applying a plan writes, for a person. */
export function planDescription({ pieces, removed, request }: Plan): string {
  const changed = pieces.filter(({ action }) => action !== 'keep');
  const all = [...changed.map(change), ...removed.map((one) => deletion(one, request))];
  if (all.length === 0) return 'Change nothing in the calendar';
  const more = all.length > MAX_PIECES ? [`${all.length - MAX_PIECES} more`] : [];
  return `In the calendar: ${[...all.slice(0, MAX_PIECES), ...more].join('; ')}`;
}

function change(piece: PlanPiece): string {
  const verb = piece.action === 'create' ? 'block' : 'move to';
  return line`${verb} ${dayOf(piece)} ${timesOf(piece)} ${quoted(piece.title, 60)}`;
}

function deletion({ taskId, slot }: Plan['removed'][number], { tasks }: Plan['request']): string {
  const title = tasks.find(({ id }) => id === taskId)?.title;
  return line`delete ${slot && `${dayOf(slot)} ${timesOf(slot)}`} ${quoted(title, 60)}`;
}

/** What became of a plan. */
export function appliedText(plan: Plan, { pieces, isComplete }: AppliedPlan): string {
  if (!isComplete && pieces.every(({ outcome }) => outcome === 'unchanged'))
    return 'Nothing is written: the plan was applied before, in part. Make another one for the rest.';
  const count = (outcome: AppliedPiece['outcome']): number =>
    pieces.filter((piece) => piece.outcome === outcome).length;
  const counts = (['created', 'changed', 'removed', 'unchanged'] as const).flatMap((outcome) =>
    count(outcome) > 0 ? [`${count(outcome)} ${outcome}`] : [],
  );
  const problems = pieces.filter(({ outcome }) => outcome === 'ended' || !isDone(outcome));
  const lines = problems.slice(0, MAX_PIECES).map((piece) => {
    const title = plan.pieces.find(({ taskId }) => taskId === piece.taskId)?.title;
    return line`Not written: ${quoted(title, 80)} ${piece.slot && `${dayOf(piece.slot)} ${timesOf(piece.slot)}`}: ${problemOf(piece)}`;
  });
  return [`Planned: ${counts.join(', ') || 'nothing'}.`, ...lines].join('\n');
}

function problemOf({ outcome, error }: AppliedPiece): string {
  if (outcome === 'ended') return 'the task is done or gone';
  if (outcome === 'taken') return 'something else has this time now';
  if (outcome === 'conflict') return 'somebody has changed the block';
  return foreignText(error?.message, 150);
}

function taskHandle({ request }: Plan, { taskId }: { taskId: string }, view: View): string {
  const within = request.tasks.find(({ id }) => id === taskId)?.projectId;
  return view.handleOf({ kind: 'task', id: taskId, within });
}

function blocks(count: number): string {
  return count === 1 ? '1 block' : `${count} blocks`;
}

function dayOf({ start }: Pick<PlanPiece, 'start'>): string {
  return start.slice(0, 10);
}

/** `09:00-10:00`, by the zone's clocks. */
function timesOf({ start, end }: Pick<PlanPiece, 'start' | 'end'>): string {
  return `${start.slice(11, 16)}-${end.slice(11, 16)}`;
}
