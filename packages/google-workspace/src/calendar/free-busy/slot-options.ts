import {
  checkedTimeZone,
  type Instant,
  isObject,
  MINUTE_MS,
  type OptionTypes,
  type TimeRange,
} from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';
import { checkedSpan, type Span } from './spans.ts';
import { type CheckedHours, checkedHours, type WorkingHours } from './working-hours.ts';

/** Where to look for free time. */
interface FreeTimeRange extends TimeRange {
  /** IANA: whose clocks `workingHours` and the starts of slots follow. */
  timeZone: string;
  /** Default: all day and night. */
  workingHours?: WorkingHours | undefined;
  /** Minutes to keep free before and after each busy time. Default: 0. */
  bufferMinutes?: number | undefined;
}

/** What a free slot must be like. */
export interface SlotOptions extends FreeTimeRange {
  /** From 1 to 10,080 (a week). */
  durationMinutes: number;
  /** Slots start at multiples of this after midnight, by the zone's clocks. From 1 to 1,440. Default: 15. */
  granularityMinutes?: number | undefined;
  /** The most slots to return. Default: all. */
  limit?: number | undefined;
}

export const RANGE_OPTIONS: OptionTypes<FreeTimeRange> = {
  from: 'string|object',
  to: 'string|object',
  timeZone: 'string',
  workingHours: 'checked',
  bufferMinutes: 'number',
};

export const SLOT_OPTIONS: OptionTypes<SlotOptions> = {
  ...RANGE_OPTIONS,
  durationMinutes: 'number',
  granularityMinutes: 'number',
  limit: 'number',
};

/** In any order, overlapping or not. A period without a duration blocks nothing. */
export interface BusyPeriods {
  busy: readonly { start: Instant; end: Instant }[];
}

/** {@link SlotOptions}, and what is busy. */
export interface FreeSlotOptions extends SlotOptions, BusyPeriods {}

/** Where to look for free time, and what is busy. */
export interface FreeTimeOptions extends FreeTimeRange, BusyPeriods {}

/** Where to look, in milliseconds. */
export interface WantedTime {
  span: Span;
  timeZone: string;
  bufferMs: number;
  hours: CheckedHours | undefined;
}

/** What to look for, in milliseconds. */
export interface WantedSlots extends WantedTime {
  durationMs: number;
  stepMs: number;
  limit: number;
}

/** Throws {@link InvalidRequestError} naming the option that can't be right. */
export function checkedTimeOptions(options: FreeTimeRange): WantedTime {
  const { bufferMinutes = 0, workingHours } = options;
  return {
    span: checkedSpan(options),
    timeZone: checkedTimeZone(options.timeZone, 'timeZone', invalid),
    bufferMs: checkedMinutes(bufferMinutes, 'bufferMinutes', 0, 10_080),
    hours: workingHours ? checkedHours(workingHours) : undefined,
  };
}

/** Throws {@link InvalidRequestError} naming the option that can't be right. */
export function checkedSlotOptions(options: SlotOptions): WantedSlots {
  if (!isObject(options)) throw invalid('options', 'is not an object');
  const { granularityMinutes = 15, limit } = options;
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit > 0)) {
    throw invalid('limit', 'must be a whole number above 0');
  }
  return {
    ...checkedTimeOptions(options),
    durationMs: checkedMinutes(options.durationMinutes, 'durationMinutes', 1, 10_080),
    stepMs: checkedMinutes(granularityMinutes, 'granularityMinutes', 1, 1440),
    limit: limit ?? Number.POSITIVE_INFINITY,
  };
}

/** Minutes as milliseconds. */
export function checkedMinutes(value: unknown, field: string, min: number, max: number): number {
  if (Number.isInteger(value) && Number(value) >= min && Number(value) <= max) {
    return Number(value) * MINUTE_MS;
  }
  throw invalid(field, `must be a whole number from ${min} to ${max}`);
}
