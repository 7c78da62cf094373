import type { Task } from '@context-sdk/ticktick-client';
import type { Block } from '../time-blocks/block.ts';
import type { Stretch } from '../time-blocks/standing-blocks.ts';
import { matchPieces, writePiece } from '../time-blocks/write-pieces.ts';
import { type Application, isKnownTo } from './application.ts';
import { attempt, nameOf, slotOf } from './applied-piece.ts';
import type { AppliedPiece, PlanPiece, PlanTask } from './plan.ts';
import { isEnded } from './tasks-now.ts';
import type { Work } from './work.ts';

/** A task, or an occurrence of one: each piece gets the event that the plan gave it, or a new one. */
export async function applyWork(
  application: Application,
  work: Work,
  pieces: readonly PlanPiece[],
): Promise<AppliedPiece[]> {
  const { turn, checked, look, blocks, calendarId } = application;
  const own = blocks.filter(
    ({ mark }) => mark.taskId === work.task.id && mark.occurrence === work.occurrence,
  );
  const used = new Set(own.map(({ mark }) => mark.piece));
  const outcomes: AppliedPiece[] = [];
  for (const piece of pieces) {
    const time = { start: Date.parse(piece.start), end: Date.parse(piece.end) };
    const block = blockFor(piece, time, own, application, pieces);
    const name = { ...nameOf(piece), slot: slotOf(piece) };
    const refused = refusal(piece, time, block, application);
    if (refused !== undefined) {
      outcomes.push({
        ...name,
        outcome: refused,
        ...(block && { event: block.event, calendarId: block.calendarId }),
      });
      continue;
    }
    const plan = planOf(work);
    const { wanted } = matchPieces([time], block ? [block] : [], used, {
      taskId: work.task.id,
      occurrence: work.occurrence,
      plan,
    });
    const [one] = wanted;
    if (one === undefined) continue;
    used.add(one.mark.piece);
    const { options } = checked;
    const transparency = showing(piece.showsFree);
    const content = {
      task: asNamed(work.task, application.tasks.get(work.task.id)),
      look: { ...options, title: undefined, transparency },
      region: turn.region,
      isLinked: await turn.isLinked(work.task.id),
    };
    const { client, call, lease } = turn;
    const writer = { client, content, calendarId, timeZone: look.timeZone, call, lease };
    outcomes.push(
      await attempt(turn, name, async () => {
        const { event, did } = await writePiece(writer, one);
        const written = { ...name, event, calendarId: block?.calendarId ?? calendarId };
        if (did !== 'updated') return { ...written, outcome: did };
        return { ...written, outcome: 'changed', ...(block && { before: block.event }) };
      }),
    );
  }
  return outcomes;
}

/** What a block says of its task, which may have another name by now, or be in another list. */
function asNamed(task: PlanTask, now: Task | undefined): PlanTask {
  return { ...task, title: now?.title || task.title, projectId: now?.projectId ?? task.projectId };
}

function showing(isFree: boolean | undefined): 'transparent' | 'opaque' | undefined {
  if (isFree === undefined) return undefined;
  return isFree ? 'transparent' : 'opaque';
}

/** The event of a piece: the plan's, or one that is there already, or one that no piece has. */
function blockFor(
  piece: PlanPiece,
  { start }: Stretch,
  own: readonly Block[],
  { look }: Application,
  pieces: readonly PlanPiece[],
): Block | undefined {
  const { block: place } = piece;
  if (place !== undefined) {
    return own.find(({ calendarId, event }) => calendarId === place.calendarId && event.id === place.eventId);
  }
  const others = own.filter(
    ({ event, end }) => end > look.now && !pieces.some(({ block }) => block?.eventId === event.id),
  );
  const isTaken = (block: Block): boolean =>
    pieces.some((other) => other !== piece && Date.parse(other.start) === block.start);
  // One that has begun stays where it is.
  return (
    others.find((block) => block.start === start) ??
    others.find((block) => block.start > look.now && !isTaken(block))
  );
}

/** Why a piece is not written. */
function refusal(
  piece: PlanPiece,
  { start, end }: Stretch,
  block: Block | undefined,
  { plan, look, busy, tasks }: Application,
): 'ended' | 'taken' | 'conflict' | undefined {
  if (isEnded(tasks, piece)) return 'ended';
  const isThere = block?.start === start && block.end === end;
  if (piece.block !== undefined && (block === undefined || (!isThere && !isKnownTo(plan, block))))
    return 'conflict';
  if (isThere) return undefined;
  const isBusy = busy.some((other) => other.start < end && other.end > start);
  return isBusy || start < look.now ? 'taken' : undefined;
}

function planOf({ minutes, earliest, due, weight, task }: Work) {
  return {
    minutes,
    ...(Number.isFinite(earliest) && { begins: earliest }),
    ...(Number.isFinite(due) && { due }),
    ...(weight !== 1 && { weight }),
    ...(task.protected === true && { protected: true }),
  };
}
