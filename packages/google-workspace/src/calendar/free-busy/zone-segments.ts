import { offsetAt } from '@context-sdk/oauth-core/client-kit';
import type { Span } from './spans.ts';

/** A stretch of time in which a zone's offset stays the same. */
export interface ZoneSegment extends Span {
  /** Milliseconds ahead of UTC. */
  offset: number;
}

/** No zone changes its offset and back within this time. */
const STEP_MS = 12 * 3_600_000;

/** The first instant after `before`, up to `after`, whose offset differs from that of `before`. */
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

/** A span, cut where the zone's offset changes. */
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
