import {
  checkedInstant,
  checkOptions,
  DAY_MS,
  isObject,
  zonedText,
} from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';
import {
  type BusyPeriods,
  checkedSlotOptions,
  checkedTimeOptions,
  type FreeSlotOptions,
  type FreeTimeOptions,
  RANGE_OPTIONS,
  SLOT_OPTIONS,
  type WantedSlots,
  type WantedTime,
} from './slot-options.ts';
import { merged, overlap, type Span, without } from './spans.ts';
import { workingTime } from './working-hours.ts';
import { type ZoneSegment, zoneSegments } from './zone-segments.ts';

/** A free time by the zone's clocks with their offset, ready to be an event's `dateTime`; `end` is not part of it. */
export interface Slot {
  /** `2026-11-23T09:00:00+01:00`. */
  start: string;
  end: string;
}

/** What was found. */
export interface FreeSlots {
  /** Every start at which the duration fits, in order: neighbors overlap. */
  slots: Slot[];
  /** The longest free working time, even if no slot fits; the first of several. Absent if there is no free time. */
  longestGap?: Slot;
}

/**
 * The free slots between `from` and `to`: the part of `freeBusy.findSlots` that sends no request, for calendars that the
 * host reads itself. Correct on days when clocks change: a slot lasts its duration, and starts and working hours are what
 * the zone's clocks show. Throws {@link InvalidRequestError} naming the option that can't be right.
 */
export function freeSlots(options: FreeSlotOptions): FreeSlots {
  if (typeof options !== 'object' || options === null) throw invalid('options', 'is not an object');
  checkOptions(options, { ...SLOT_OPTIONS, busy: 'list' }, invalid);
  const wanted = checkedSlotOptions(options);
  return searchSlots(wanted, checkedBusy(options));
}

/**
 * The working time between `from` and `to` in which nothing is busy, in order: what {@link freeSlots} divides. Throws
 * {@link InvalidRequestError} naming the option that can't be right.
 */
export function freeTime(options: FreeTimeOptions): Slot[] {
  if (!isObject(options)) throw invalid('options', 'is not an object');
  checkOptions(options, { ...RANGE_OPTIONS, busy: 'list' }, invalid);
  const wanted = checkedTimeOptions(options);
  const gaps = freeGaps(wanted, zoneSegments(wanted.span, wanted.timeZone), checkedBusy(options));
  return gaps.map((gap) => asSlot(gap, wanted.timeZone));
}

function checkedBusy({ busy }: BusyPeriods): Span[] {
  if (!Array.isArray(busy)) throw invalid('busy', 'is not a list');
  return busy.map((period: BusyPeriods['busy'][number], index) => {
    const field = `busy[${index}]`;
    if (typeof period !== 'object' || period === null) throw invalid(field, 'is not an object');
    const start = checkedInstant(period.start, `${field}.start`, invalid).at;
    const end = checkedInstant(period.end, `${field}.end`, invalid).at;
    if (end < start) throw invalid(`${field}.end`, 'is before its start');
    return { start, end };
  });
}

function asSlot({ start, end }: Span, timeZone: string): Slot {
  return { start: zonedText(start, timeZone), end: zonedText(end, timeZone) };
}

function freeGaps(
  { span, bufferMs, hours }: WantedTime,
  segments: readonly ZoneSegment[],
  busy: readonly Span[],
): Span[] {
  const blocked = busy
    .filter((period) => lengthOf(period) > 0)
    .map(({ start, end }) => ({ start: start - bufferMs, end: end + bufferMs }));
  return without(hours === undefined ? [span] : workingTime(segments, hours), merged(blocked));
}

/** The slots beside what is busy, which may be in any order. */
export function searchSlots(wanted: WantedSlots, busy: readonly Span[]): FreeSlots {
  const { span, timeZone, durationMs, stepMs, limit } = wanted;
  const segments = zoneSegments(span, timeZone);
  const gaps = freeGaps(wanted, segments, busy);
  const slots: Slot[] = [];
  for (const { start, end } of gaps) {
    if (slots.length >= limit) break;
    for (const at of alignedStarts({ start, end: end - durationMs }, segments, stepMs)) {
      if (slots.length >= limit) break;
      slots.push(asSlot({ start: at, end: at + durationMs }, timeZone));
    }
  }
  const longest = gaps.reduce((best, gap) => (lengthOf(gap) > lengthOf(best) ? gap : best), {
    start: 0,
    end: 0,
  });
  return { slots, ...(lengthOf(longest) > 0 && { longestGap: asSlot(longest, timeZone) }) };
}

function lengthOf({ start, end }: Span): number {
  return end - start;
}

/** The instants in a span at which the clocks show a multiple of the step since midnight, the end included. */
export function* alignedStarts(
  { start, end }: Span,
  segments: readonly ZoneSegment[],
  stepMs: number,
): Generator<number> {
  for (const segment of segments) {
    const { offset } = segment;
    const part = overlap({ start, end: end + 1 }, segment);
    let clock = nextAligned(part.start + offset, stepMs);
    while (clock - offset < part.end) {
      yield clock - offset;
      clock = nextAligned(clock + 1, stepMs);
    }
  }
}

/** The first time from `clock` on that is a multiple of the step since a midnight. */
function nextAligned(clock: number, stepMs: number): number {
  const midnight = Math.floor(clock / DAY_MS) * DAY_MS;
  const aligned = midnight + Math.ceil((clock - midnight) / stepMs) * stepMs;
  return Math.min(aligned, midnight + DAY_MS);
}
