import { type CalendarEvent, freeSlots, type Slot } from '@context-sdk/google-workspace';
import type { CheckedRange } from '../utils/checked-range.ts';
import type { BlockTimeOptions } from './time-block.ts';
import type { Busy } from './busy-times.ts';
import { NoFreeSlotError } from './no-free-slot-error.ts';

/** The slot of a block that may stay: it is free, inside the range and long enough. */
export function slotThatStays(
  { start, end, status }: CalendarEvent,
  { from, to }: CheckedRange,
  durationMinutes: number,
  busy: readonly Busy[],
): Slot | undefined {
  if (status === 'cancelled' || start?.dateTime === undefined || end?.dateTime === undefined)
    return undefined;
  const [begins, ends] = [new Date(start.dateTime), new Date(end.dateTime)];
  const isInside = begins >= from && ends <= to;
  const isLongEnough = ends.getTime() - begins.getTime() >= durationMinutes * 60_000;
  const isFree = !busy.some((other) => other.start < ends && other.end > begins);
  return isInside && isLongEnough && isFree ? { start: start.dateTime, end: end.dateTime } : undefined;
}

/** Throws {@link InvalidRequestError} naming what no slot could be like, before anybody is asked. */
export function checkWish({ from, to }: CheckedRange, options: BlockTimeOptions): void {
  const { durationMinutes, workingHours, bufferMinutes, granularityMinutes, timeZone = 'UTC' } = options;
  const wanted = { from, to, timeZone, durationMinutes, workingHours, bufferMinutes, granularityMinutes };
  freeSlots({ ...wanted, busy: [], limit: 1 });
}

/** The earliest slot that fits. Throws {@link NoFreeSlotError}. */
export function earliestSlot(
  { from, to }: CheckedRange,
  timeZone: string,
  options: BlockTimeOptions,
  busy: readonly Busy[],
): Slot {
  const { durationMinutes, workingHours, bufferMinutes, granularityMinutes } = options;
  const wanted = { from, to, timeZone, durationMinutes, workingHours, bufferMinutes, granularityMinutes };
  const { slots, longestGap } = freeSlots({ ...wanted, busy, limit: 1 });
  const [slot] = slots;
  if (slot === undefined) throw new NoFreeSlotError(durationMinutes, longestGap);
  return slot;
}
