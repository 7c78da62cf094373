import { offsetAt } from './time-zone.ts';
import { DAY_MS } from './units.ts';

/**
 * When the clocks of a zone show a time, in epoch milliseconds; `clock` is that time as if it were UTC. Of a time that
 * comes twice it is the first; a time that the clocks leap over is as much later as they leap.
 */
export function instantOfLocal(clock: number, timeZone: string): number {
  const before = clock - offsetAt(clock - DAY_MS, timeZone);
  const after = clock - offsetAt(clock + DAY_MS, timeZone);
  const candidates = [Math.min(before, after), Math.max(before, after)];
  return candidates.find((instant) => instant + offsetAt(instant, timeZone) === clock) ?? before;
}
