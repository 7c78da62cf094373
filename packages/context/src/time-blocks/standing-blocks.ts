import { MINUTE_MS } from '@context-sdk/oauth-core/client-kit';
import type { CheckedRange } from '../utils/input-checks.ts';
import type { KnownBlocks } from './block-records.ts';
import { type Block, isAsWritten } from './block.ts';
import type { BusyTime } from './busy-times.ts';
import { isInHours, type TimeWish, withBuffers } from './choose-time.ts';

/** A stretch of time in epoch milliseconds. */
export interface Stretch {
  start: number;
  end: number;
}

/** The blocks that a task has for one occurrence. */
export interface OwnBlocks {
  /** One event per piece, in order of time. */
  kept: Block[];
  /** Further events of the same pieces, which an interrupted call left behind. */
  doubles: Block[];
}

/** Blocks of this occurrence; of a task that doesn't recur, all. Of several events of a piece one counts. */
export function ownBlocks(
  found: readonly Block[],
  occurrence: string | undefined,
  { places, mayBeIn }: KnownBlocks,
  now: number,
): OwnBlocks {
  const rank = ({ calendarId, event }: Block): number => {
    if (calendarId === mayBeIn) return 0;
    return places.some((place) => place.calendarId === calendarId && place.eventId === event.id) ? 1 : 2;
  };
  const kept = new Map<number, Block>();
  const doubles: Block[] = [];
  for (const block of found.toSorted((a, b) => rank(a) - rank(b) || a.start - b.start)) {
    if (!isOf(block, occurrence, now)) continue;
    if (!kept.has(block.mark.piece)) kept.set(block.mark.piece, block);
    else doubles.push(block);
  }
  return { kept: [...kept.values()].toSorted((a, b) => a.start - b.start), doubles };
}

function isOf({ mark, end }: Block, occurrence: string | undefined, now: number): boolean {
  if (mark.occurrence === occurrence) return true;
  // A task that recurs only now, or no more, takes its blocks along, but what was worked stays.
  return (mark.occurrence === undefined || occurrence === undefined) && end > now;
}

/** What can stay of a block: the times of its pieces. `undefined` if it has to be put elsewhere. */
export function standingTimes(
  kept: readonly Block[],
  wish: TimeWish,
  range: CheckedRange,
  busy: readonly BusyTime[],
  now: number,
): Stretch[] | undefined {
  const active = kept.filter(({ end }) => end > now);
  if (active.length === 0 || !active.every((block) => canStay(block, wish, range, busy, now)))
    return undefined;
  // Pieces that are over count as worked, but a block that is over as a whole was not.
  const workedMs = lengthOf(kept.filter(({ end }) => end <= now));
  const missingMs = wish.minutes * MINUTE_MS - workedMs - lengthOf(active);
  const isAskedAnew = active.some(({ mark }) => mark.plan?.minutes !== wish.minutes);
  if (missingMs > 0) return longer(active, missingMs, wish, range, busy);
  return isAskedAnew ? shorter(active, -missingMs) : active.map(({ start, end }) => ({ start, end }));
}

/** Whether a block can stay where it is: free, in the range, and where it was not moved by hand, in the hours. */
export function canStay(
  block: Block,
  wish: TimeWish,
  { from, to }: CheckedRange,
  busy: readonly BusyTime[],
  now: number,
): boolean {
  const { start, end } = block;
  const isInside = end <= to.getTime() && (start >= from.getTime() || start <= now);
  if (!isInside || end <= start || !isFree(block, busy)) return false;
  // Where the user has put it by hand, it may be outside the hours and near to other events.
  if (!isAsWritten(block)) return true;
  return isInHours(start, end, wish) && isFree(block, withBuffers(wish, busy));
}

function isFree({ start, end }: Stretch, busy: readonly BusyTime[]): boolean {
  return !busy.some((other) => other.start.getTime() < end && other.end.getTime() > start);
}

/** One piece may grow where it is. */
function longer(
  [only, ...others]: readonly Block[],
  missingMs: number,
  wish: TimeWish,
  range: CheckedRange,
  busy: readonly BusyTime[],
): Stretch[] | undefined {
  if (only === undefined || others.length > 0) return undefined;
  const grown = { start: only.start, end: only.end + missingMs };
  const isFitting =
    grown.end <= Math.min(range.to.getTime(), wish.due) && isInHours(grown.start, grown.end, wish);
  return isFitting && isFree(grown, withBuffers(wish, busy)) ? [grown] : undefined;
}

/** The last pieces end sooner. */
function shorter(active: readonly Block[], surplusMs: number): Stretch[] {
  let rest = surplusMs;
  const times: Stretch[] = [];
  for (const { start, end } of active.toReversed()) {
    const cut = Math.min(rest, end - start);
    rest -= cut;
    if (end - cut > start) times.unshift({ start, end: end - cut });
  }
  return times;
}

export function lengthOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { start, end }) => sum + end - start, 0);
}

/** How much of the time is after it is due, in whole minutes. */
export function lateMinutes(stretches: readonly Stretch[], due: number): number {
  const late = stretches.map(({ start, end }) => Math.max(0, end - Math.max(start, due)));
  return Math.ceil(late.reduce((sum, one) => sum + one, 0) / MINUTE_MS);
}
