import type { Span } from '../../time/span.ts';
import { offsetAt } from '../../time/time-zone.ts';

/** A stretch of time in which the clocks of a zone are not changed. */
export interface ZoneSegment extends Span {
  /** Milliseconds that the clocks are ahead of UTC. */
  offset: number;
}

/** No zone changes its clocks there and back within this. */
const STEP_MS = 12 * 3_600_000;

/** The first moment after `before`, up to `after`, with another offset than `before` has. */
function changeBetween(before: number, after: number, timeZone: string): number {
  const offset = offsetAt(before, timeZone);
  let [same, other] = [before, after];
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (offsetAt(middle, timeZone) === offset) same = middle;
    else other = middle;
  }
  return other;
}

/** A span cut where the clocks of the zone are changed. */
export function zoneSegments({ start, end }: Span, timeZone: string): ZoneSegment[] {
  const segments: ZoneSegment[] = [{ start, end, offset: offsetAt(start, timeZone) }];
  for (let at = start; at < end;) {
    const next = Math.min(at + STEP_MS, end);
    const last = segments.at(-1);
    if (last && offsetAt(next, timeZone) !== last.offset) {
      const change = changeBetween(at, next, timeZone);
      if (change < end) {
        last.end = change;
        segments.push({ start: change, end, offset: offsetAt(change, timeZone) });
      }
    }
    at = next;
  }
  return segments;
}
