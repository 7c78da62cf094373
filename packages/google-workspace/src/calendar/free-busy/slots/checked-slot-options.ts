import { invalid } from '../../invalid.ts';
import { checkedRange, type Span } from '../../time/span.ts';
import { checkedTimeZone } from '../../time/time-zone.ts';
import { MINUTE_MS } from '../../time/units.ts';
import type { SlotOptions } from './slot-options.ts';
import { type CheckedHours, checkedHours } from './working-hours.ts';

/** What is looked for, in milliseconds. */
export interface Wanted {
  range: Span;
  timeZone: string;
  durationMs: number;
  bufferMs: number;
  stepMs: number;
  limit: number;
  hours: CheckedHours | undefined;
}

function minutes(value: unknown, field: string, least: number, most: number): number {
  if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) {
    return Number(value) * MINUTE_MS;
  }
  throw invalid(field, `is not a whole number from ${least} to ${most}`);
}

/** Throws {@link InvalidRequestError} naming the option that can't be. */
export function checkedSlotOptions(options: SlotOptions): Wanted {
  const { bufferMinutes = 0, granularityMinutes = 15, limit, workingHours } = options;
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit > 0)) {
    throw invalid('limit', 'is not a whole number above 0');
  }
  return {
    range: checkedRange(options),
    timeZone: checkedTimeZone(options.timeZone),
    durationMs: minutes(options.durationMinutes, 'durationMinutes', 1, 10_080),
    bufferMs: minutes(bufferMinutes, 'bufferMinutes', 0, 10_080),
    stepMs: minutes(granularityMinutes, 'granularityMinutes', 1, 1440),
    limit: limit ?? Infinity,
    hours: workingHours === undefined ? undefined : checkedHours(workingHours),
  };
}
