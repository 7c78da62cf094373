import type { Slot } from '@context-sdk/google-workspace';
import { MINUTE_MS } from '@context-sdk/oauth-core/client-kit';
import { type Block, isAsWritten } from './block.ts';
import type { BusyTime } from './busy-times.ts';
import { anyTime, timeBeforeDue, type TimeWish, withBuffers } from './choose-time.ts';

/** A block of another task, and where it goes. */
export interface Displaced {
  block: Block;
  slot: Slot;
}

/** Time for a task, and what has to make room for it. */
export interface Room {
  slots: Slot[];
  displaced: Displaced[];
}

/** What can make room for what. */
interface Crowd {
  weight: number;
  /** Blocks of other tasks. */
  blocks: readonly Block[];
  /** What is busy beside some blocks. */
  busyWithout: (blocks: readonly Block[]) => BusyTime[];
  now: number;
}

type FindTime = typeof anyTime;

/**
 * Time that others take which weigh less, if each of them finds another. Those that weigh least go first. Blocks that were
 * moved by hand, have begun or are protected stay.
 */
export function makeRoom(wish: TimeWish, crowd: Crowd, find: FindTime): Room | undefined {
  const movable = crowd.blocks.filter(
    (block) =>
      isAsWritten(block) &&
      block.start > crowd.now &&
      block.mark.plan?.protected !== true &&
      weightOf(block) < crowd.weight,
  );
  const weights = [...new Set(movable.map(weightOf))].toSorted((a, b) => a - b);
  for (const most of weights) {
    const lighter = movable.filter((block) => weightOf(block) <= most);
    const room = roomOf(wish, crowd, lighter, find);
    if (room !== undefined) return room;
  }
  return undefined;
}

function weightOf({ mark: { plan } }: Block): number {
  return plan?.weight ?? 1;
}

function roomOf(
  wish: TimeWish,
  { busyWithout }: Crowd,
  movable: readonly Block[],
  find: FindTime,
): Room | undefined {
  const slots = find(wish, busyWithout(movable));
  if (slots === undefined) return undefined;
  const taken = slots.map(({ start, end }) => ({ start: new Date(start), end: new Date(end) }));
  const around = withBuffers(wish, taken);
  const inTheWay = movable.filter(({ start, end }) =>
    around.some((time) => time.start.getTime() < end && time.end.getTime() > start),
  );
  const busy = [...busyWithout(inTheWay), ...taken];
  const displaced: Displaced[] = [];
  for (const block of inTheWay.toSorted(byUrgency)) {
    const other = { ...wish, ...wishOf(block), from: Math.max(wish.from, beginningOf(block)) };
    const [slot] = timeBeforeDue(other, busy) ?? anyTime(other, busy) ?? [];
    if (slot === undefined) return undefined;
    displaced.push({ block, slot });
    busy.push({ start: new Date(slot.start), end: new Date(slot.end) });
  }
  return { slots, displaced };
}

function byUrgency(a: Block, b: Block): number {
  const [due, otherDue] = [a, b].map(({ mark }) => mark.plan?.due ?? Number.MAX_VALUE) as [number, number];
  return due - otherDue || weightOf(b) - weightOf(a) || a.start - b.start;
}

/** Before its task begins a block is put only by those who have put it there already. */
function beginningOf({ start, mark: { plan } }: Block): number {
  return Math.min(plan?.begins ?? Number.NEGATIVE_INFINITY, start);
}

function wishOf({ start, end, mark: { plan } }: Block) {
  const minutes = Math.ceil((end - start) / MINUTE_MS);
  return { minutes, due: plan?.due ?? Number.POSITIVE_INFINITY, splittable: false };
}
