import { type CalendarEvent, freeSlots, readEventTimes, type Slot } from '@context-sdk/google-workspace';
import { ContextSdkError } from '@context-sdk/oauth-core';
import type { CheckedRange } from '../utils/input-checks.ts';
import type { BusyTime } from './busy-times.ts';
import type { BlockTimeOptions } from './time-block.ts';

/** No free slot is long enough. Nothing was changed. */
export class NoFreeSlotError extends ContextSdkError {
  static override readonly brand: string = '@context-sdk/NoFreeSlotError';
  override readonly name = 'NoFreeSlotError';
  /** The longest free slot within the working hours. Absent if there is no free time at all. */
  declare readonly longest?: Slot;

  constructor(durationMinutes: number, longest: Slot | undefined) {
    const available =
      longest === undefined
        ? 'there is no free time at all'
        : `the longest free slot is ${longest.start} to ${longest.end}`;
    super('no_free_slot', `No free slot has ${durationMinutes} minutes: ${available}.`, false, {
      service: 'google-calendar',
    });
    if (longest !== undefined) this.longest = longest;
  }
}

/** Throws {@link InvalidRequestError} for options that no slot could fit, before any request is made. */
export function validateOptions(range: CheckedRange, options: BlockTimeOptions): void {
  freeSlots({ ...slotOptions(range, options.timeZone ?? 'UTC', options), busy: [], limit: 1 });
}

/** The slot of an existing block that can stay: free, inside the range and long enough. */
export function reusableSlot(
  event: CalendarEvent,
  { from, to }: CheckedRange,
  durationMinutes: number,
  busy: readonly BusyTime[],
): Slot | undefined {
  const times = event.status === 'cancelled' ? undefined : readEventTimes(event, 'UTC');
  if (times === undefined || times.allDay || times.end === undefined) return undefined;
  const { start, end } = times;
  const isInside = start >= from && end <= to;
  const isLongEnough = end.getTime() - start.getTime() >= durationMinutes * 60_000;
  const isFree = !busy.some((other) => other.start < end && other.end > start);
  if (!isInside || !isLongEnough || !isFree) return undefined;
  return { start: event.start?.dateTime ?? '', end: event.end?.dateTime ?? '' };
}

/** The earliest slot that fits. Throws {@link NoFreeSlotError}. */
export function earliestSlot(
  range: CheckedRange,
  timeZone: string,
  options: BlockTimeOptions,
  busy: readonly BusyTime[],
): Slot {
  const { slots, longestGap } = freeSlots({ ...slotOptions(range, timeZone, options), busy, limit: 1 });
  const [slot] = slots;
  if (slot === undefined) throw new NoFreeSlotError(options.durationMinutes, longestGap);
  return slot;
}

function slotOptions({ from, to }: CheckedRange, timeZone: string, options: BlockTimeOptions) {
  const { durationMinutes, workingHours, bufferMinutes, granularityMinutes } = options;
  return { from, to, timeZone, durationMinutes, workingHours, bufferMinutes, granularityMinutes };
}
