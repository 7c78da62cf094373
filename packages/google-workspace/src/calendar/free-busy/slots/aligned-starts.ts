import type { Span } from '../../time/span.ts';
import { DAY_MS } from '../../time/units.ts';
import { overlap } from '../spans.ts';
import type { ZoneSegment } from './zone-segments.ts';

/** The first time from `clock` on that is a multiple of the step since a midnight. */
function nextAligned(clock: number, stepMs: number): number {
  const midnight = Math.floor(clock / DAY_MS) * DAY_MS;
  const aligned = midnight + Math.ceil((clock - midnight) / stepMs) * stepMs;
  return Math.min(aligned, midnight + DAY_MS);
}

/** The moments in a span at which the clocks show a multiple of the step since midnight, the end included. */
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
