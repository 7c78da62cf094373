import { MINUTE_MS } from '@context-sdk/oauth-core/client-kit';
import { type Block, isAsWritten } from '../time-blocks/block.ts';
import type { BusyTime } from '../time-blocks/busy-times.ts';
import { isInHours, type TimeWish } from '../time-blocks/choose-time.ts';
import { canStay, lengthOf, ownBlocks, type Stretch } from '../time-blocks/standing-blocks.ts';
import type { CheckedPlanOptions } from './plan-options.ts';
import type { Work } from './work.ts';

/** A stretch of work that stands, in the calendar or in a plan before. */
export interface KeptPiece extends Stretch {
  work: Work;
  /** Absent if it is not in a calendar yet. */
  block?: Block;
  /** Whether it must not move: it is protected, has begun, or the user has put it there. */
  isFixed: boolean;
}

/** What there is of a piece of work. */
export interface StandingWork {
  work: Work;
  /** Its blocks that are not over. */
  blocks: Block[];
  /** Minutes that are over, and count as worked. */
  workedMinutes: number;
  /** What can stay. */
  kept: KeptPiece[];
}

/** When blocks are looked at, and beside what. */
export interface Surroundings {
  checked: CheckedPlanOptions;
  timeZone: string;
  /** What is busy beside the blocks of this plan. */
  busy: readonly BusyTime[];
  now: number;
}

/** What stands of all work. What weighs more stays where two are at one time. */
export function standingWork(
  all: readonly Work[],
  blocks: readonly Block[],
  previous: readonly { workId: string; start: number; end: number }[],
  around: Surroundings,
): StandingWork[] {
  const taken: Stretch[] = [];
  const standing = all.map((work) => ({ work, ...blocksOf(work, blocks, around) }));
  const result = new Map<Work, StandingWork>();
  for (const { work, active, workedMinutes } of standing.toSorted(byClaim)) {
    const proposed = active.length > 0 ? [] : previous.filter(({ workId }) => workId === work.id);
    const pieces = [
      ...active.map((block) => ofBlock(work, block, around)),
      ...proposed.map((one) => ({ ...one, work, isFixed: false })),
    ];
    const kept = pieces.filter((piece) => stays(piece, taken, around));
    taken.push(...kept.map(({ start, end }) => ({ start, end })));
    result.set(work, { work, blocks: active, workedMinutes, kept });
  }
  return all.map((work) => result.get(work) as StandingWork);
}

/** Protected work first, then what was put somewhere by hand, then what weighs more. */
function byClaim(a: { work: Work; active: Block[] }, b: { work: Work; active: Block[] }): number {
  const claim = ({ work, active }: typeof a): number =>
    work.task.protected === true ? 2 : active.some((block) => !isAsWritten(block)) ? 1 : 0;
  return claim(b) - claim(a) || b.work.weight - a.work.weight;
}

function blocksOf(
  { task, occurrence, minutes }: Work,
  blocks: readonly Block[],
  { now }: Surroundings,
): { active: Block[]; workedMinutes: number } {
  const found = blocks.filter(({ mark }) => mark.taskId === task.id);
  const { kept } = ownBlocks(found, occurrence, { places: [], isUnsettled: false }, now);
  const active = kept.filter(({ end }) => end > now);
  const over = kept.filter(({ end, mark }) => end <= now && mark.plan?.minutes === minutes);
  const workedMinutes = active.length > 0 ? Math.floor(lengthOf(over) / MINUTE_MS) : 0;
  return { active, workedMinutes: Math.min(workedMinutes, minutes) };
}

function ofBlock(work: Work, block: Block, { now }: Surroundings): KeptPiece {
  const { start, end } = block;
  const isFixed = work.task.protected === true || start <= now || !isAsWritten(block);
  return { work, block, start, end, isFixed };
}

function stays(piece: KeptPiece, taken: readonly Stretch[], around: Surroundings): boolean {
  const { work, block, start, end } = piece;
  if (work.task.protected === true && block !== undefined) return true;
  if (taken.some((other) => other.start < end && other.end > start)) return false;
  const { checked, busy, now } = around;
  const written = block ?? virtualBlock(piece);
  if (!canStay(written, wishOf(work, around), checked.range, busy, now)) return false;
  if (piece.isFixed) return true;
  const { hours } = work.task;
  const isInOwnHours =
    hours === undefined || isInHours(start, end, { ...wishOf(work, around), workingHours: hours });
  return isInOwnHours && start >= Math.min(work.earliest, end);
}

/** A piece of a plan before, as if it had been written. */
function virtualBlock({ work, start, end }: KeptPiece): Block {
  const { task, minutes } = work;
  const mark = { taskId: task.id, piece: 0, plan: { minutes, start, end } };
  return { calendarId: '', event: { id: '' }, mark, start, end };
}

function wishOf({ minutes, due }: Work, { checked, timeZone }: Surroundings): TimeWish {
  const { range, buffers, workingHours } = checked;
  const common = { granularityMinutes: 1, splittable: true, minPieceMinutes: 1 };
  return {
    ...common,
    minutes,
    due,
    timeZone,
    workingHours,
    from: range.from.getTime(),
    to: range.to.getTime(),
    ...buffers,
  };
}
