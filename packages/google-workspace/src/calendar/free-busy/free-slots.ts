import { checkedInstant, DAY_MS, zonedText } from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';
import { checkedSlotOptions, type FreeSlotOptions, type WantedSlots } from './slot-options.ts';
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
  const wanted = checkedSlotOptions(options);
  if (!Array.isArray(options.busy)) throw invalid('busy', 'is not a list');
  const busy = options.busy.map((period, index) => {
    const field = `busy[${index}]`;
    if (typeof period !== 'object' || period === null) throw invalid(field, 'is not an object');
    const start = checkedInstant(period.start, `${field}.start`, invalid).at;
    const end = checkedInstant(period.end, `${field}.end`, invalid).at;
    if (end < start) throw invalid(`${field}.end`, 'is before its start');
    return { start, end };
  });
  return searchSlots(wanted, busy);
}

/** The slots beside what is busy, which may be in any order. */
export function searchSlots(wanted: WantedSlots, busy: readonly Span[]): FreeSlots {
  const { span, timeZone, durationMs, bufferMs, stepMs, limit, hours } = wanted;
  const asSlot = (start: number, end: number): Slot => ({
    start: zonedText(start, timeZone),
    end: zonedText(end, timeZone),
  });
  const segments = zoneSegments(span, timeZone);
  const blocked = busy
    .filter((period) => lengthOf(period) > 0)
    .map(({ start, end }) => ({ start: start - bufferMs, end: end + bufferMs }));
  const gaps = without(hours === undefined ? [span] : workingTime(segments, hours), merged(blocked));
  const slots: Slot[] = [];
  for (const { start, end } of gaps) {
    if (slots.length >= limit) break;
    for (const at of alignedStarts({ start, end: end - durationMs }, segments, stepMs)) {
      if (slots.length >= limit) break;
      slots.push(asSlot(at, at + durationMs));
    }
  }
  const longest = gaps.reduce((best, gap) => (lengthOf(gap) > lengthOf(best) ? gap : best), {
    start: 0,
    end: 0,
  });
  return { slots, ...(lengthOf(longest) > 0 && { longestGap: asSlot(longest.start, longest.end) }) };
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
