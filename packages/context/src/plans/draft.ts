import { MINUTE_MS } from '@context-sdk/oauth-core/client-kit';
import { evenPiece, isDivisible, usualMinPiece } from '../planning/job.ts';
import { planWithin } from '../planning/plan-tasks.ts';
import type { TaskPlan } from '../planning/task-plan.ts';
import type { BusyTime } from '../time-blocks/busy-times.ts';
import { withBuffers } from '../time-blocks/choose-time.ts';
import { lateMinutes, lengthOf, type Stretch } from '../time-blocks/standing-blocks.ts';
import type { CheckedPlanOptions } from './plan-options.ts';
import type { KeptPiece, StandingWork } from './standing-work.ts';
import type { Work } from './work.ts';

/** Steps of the search for a draft that is one of many. */
const FEW_STEPS = 10_000;
const MAX_MINUTES = 100_000;
/** Drafts that are compared, at most. */
const MAX_TRIES = 150;

/** Pieces for all work, and what they cost. */
export interface Draft {
  pieces: (Stretch & { work: Work; kept?: KeptPiece })[];
  unplaced: TaskPlan['unplaced'];
  cost: number;
}

/** What drafts are made of. */
export interface DraftInput {
  checked: CheckedPlanOptions;
  timeZone: string;
  standing: readonly StandingWork[];
  busy: readonly BusyTime[];
  now: number;
}

/**
 * Keeps what stands and plans the rest beside it. Only if that costs more than a plan from scratch, work gives up its place: as
 * little of it as it takes.
 */
export function bestDraft(input: DraftInput): Draft {
  const kept = draft(input, new Set());
  if (kept.cost === 0) return kept;
  const movable = input.standing
    .filter(({ kept: pieces }) => pieces.some(({ isFixed }) => !isFixed))
    .map(({ work }) => work);
  if (movable.length === 0) return kept;
  const scratch = draft(input, new Set(movable));
  if (scratch.cost >= kept.cost) return kept;
  return keptAgain(input, movable, scratch);
}

/**
 * Keeps as much as it can without costing more than the plan from scratch: half of the work, then quarters, down to single
 * tasks. What is left then is what has to move.
 */
function keptAgain(input: DraftInput, movable: readonly Work[], scratch: Draft): Draft {
  let free = movable.toSorted((a, b) => b.weight - a.weight);
  let best = scratch;
  let tries = MAX_TRIES;
  for (let size = Math.ceil(free.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < free.length && tries > 0; tries -= 1) {
      const fewer = free.toSpliced(at, size);
      const found = draft(input, new Set(fewer), FEW_STEPS);
      if (found.cost > scratch.cost) {
        at += size;
        continue;
      }
      best = found;
      free = fewer;
    }
  }
  return best;
}

function draft(input: DraftInput, free: ReadonlySet<Work>, maxPlaced?: number): Draft {
  const { checked, timeZone, standing, busy, now } = input;
  const kept = standing.flatMap((one) => stayingPieces(one, free));
  const missing = standing.map(({ work, workedMinutes }) => {
    const own = kept.filter((piece) => piece.work === work);
    return { work, minutes: work.minutes - workedMinutes - Math.round(lengthOf(own) / MINUTE_MS) };
  });
  const { options, range, buffers, workingHours, noticeMs, maxMinutesPerDay } = checked;
  const done = kept.map(({ start, end }) => ({ start: new Date(start), end: new Date(end) }));
  const open = missing.filter(({ minutes }) => minutes > 0);
  const soonest = Math.min(now + noticeMs, range.to.getTime());
  const plan = planWithin(
    {
      ...range,
      workingHours,
      timeZone,
      now: new Date(soonest),
      granularityMinutes: options.granularityMinutes ?? 15,
      maxMinutesPerDay,
      busy: withBuffers(buffers, busy),
      done,
      tasks: open.map(({ work, minutes }) => plannable(work, minutes)),
    },
    maxPlaced,
  );
  const works = new Map(open.map(({ work }) => [work.id, work]));
  const planned = plan.pieces.map(({ taskId, start, end }) => ({
    work: works.get(taskId) as Work,
    start: Date.parse(start),
    end: Date.parse(end),
  }));
  const pieces = [...kept.map((piece) => ({ ...piece, kept: piece })), ...planned];
  return {
    pieces: pieces.toSorted((a, b) => a.start - b.start),
    unplaced: plan.unplaced,
    cost: costOf(pieces, plan.unplaced, works),
  };
}

function costOf(
  pieces: Draft['pieces'],
  unplaced: TaskPlan['unplaced'],
  works: ReadonlyMap<string, Work>,
): number {
  const late = pieces.reduce(
    (sum, piece) => sum + lateMinutes([piece], piece.work.due) * piece.work.weight,
    0,
  );
  return unplaced.reduce(
    (sum, { taskId, minutes }) => sum + minutes * (works.get(taskId)?.weight ?? 1),
    late,
  );
}

/** What stays of some work: nothing if the rest could not be placed beside it, less if it is to be shorter. */
function stayingPieces({ work, kept, workedMinutes }: StandingWork, free: ReadonlySet<Work>): KeptPiece[] {
  const staying = kept.filter(({ isFixed }) => isFixed || !free.has(work));
  const missing = work.minutes - workedMinutes - Math.round(lengthOf(staying) / MINUTE_MS);
  if (missing === 0 || work.task.protected === true) return staying;
  if (missing > 0) {
    return isPlaceable(work, missing) ? staying : staying.filter(({ isFixed }) => isFixed);
  }
  return shortened(staying, -missing * MINUTE_MS, work);
}

function isPlaceable({ task, minutes }: Work, missing: number): boolean {
  const { splittable = true, minPieceMinutes, maxPieceMinutes: maxPiece = MAX_MINUTES } = task;
  if (!splittable) return missing === minutes;
  const minPiece = Math.min(minPieceMinutes ?? usualMinPiece(minutes, maxPiece), minutes);
  return missing >= minPiece && isDivisible(missing, { minPiece, maxPiece });
}

/** The last pieces end sooner, but for those whose length the user has chosen. */
function shortened(pieces: readonly KeptPiece[], surplusMs: number, { minutes }: Work): KeptPiece[] {
  let rest = surplusMs;
  return pieces
    .toReversed()
    .flatMap((piece) => {
      const isChosen = piece.isFixed && piece.block?.mark.plan?.minutes === minutes;
      const cut = isChosen ? 0 : Math.min(rest, piece.end - piece.start);
      rest -= cut;
      return piece.end - cut > piece.start ? [{ ...piece, end: piece.end - cut }] : [];
    })
    .toReversed();
}

function plannable({ id, task, weight, earliest, due }: Work, durationMinutes: number) {
  const { minPieceMinutes, maxPieceMinutes, hours, splittable } = task;
  // What was worked, or resized by hand, may leave a rest that pieces of this length don't add up to.
  const even = evenPiece(durationMinutes, maxPieceMinutes ?? MAX_MINUTES);
  return {
    id,
    durationMinutes,
    weight,
    minPieceMinutes: minPieceMinutes && Math.min(minPieceMinutes, even),
    maxPieceMinutes,
    hours,
    splittable,
    earliest: Number.isFinite(earliest) ? new Date(earliest) : undefined,
    due: Number.isFinite(due) ? new Date(due) : undefined,
  };
}
