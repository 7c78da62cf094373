import type { Span } from '../../time/span.ts';
import { zonedText } from '../../time/zoned-text.ts';
import { merged, without } from '../spans.ts';
import { alignedStarts } from './aligned-starts.ts';
import type { Wanted } from './checked-slot-options.ts';
import type { FreeSlots, Slot } from './slot-options.ts';
import { workingTime } from './working-hours.ts';
import { zoneSegments } from './zone-segments.ts';

function lengthOf({ start, end }: Span): number {
  return end - start;
}

/** The slots beside what is busy, in epoch milliseconds, in any order. */
export function searchSlots(wanted: Wanted, busy: readonly Span[]): FreeSlots {
  const { range, timeZone, durationMs, bufferMs, stepMs, limit, hours } = wanted;
  const asSlot = (start: number, end: number): Slot => ({
    start: zonedText(start, timeZone),
    end: zonedText(end, timeZone),
  });
  const segments = zoneSegments(range, timeZone);
  const blocked = busy
    .filter((span) => lengthOf(span) > 0)
    .map(({ start, end }) => ({ start: start - bufferMs, end: end + bufferMs }));
  const gaps = without(hours === undefined ? [range] : workingTime(segments, hours), merged(blocked));
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
