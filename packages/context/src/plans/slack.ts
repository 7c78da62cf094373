import { freeTime } from '@context-sdk/google-workspace';
import { MINUTE_MS } from '@context-sdk/oauth-core/client-kit';
import type { BusyTime } from '../time-blocks/busy-times.ts';
import { lengthOf, type Stretch } from '../time-blocks/standing-blocks.ts';
import type { CheckedPlanOptions } from './plan-options.ts';
import type { Work } from './work.ts';

/** The free working minutes between the end of a task's last piece and its due time: room for what comes in between. */
export function slackOf(
  { due }: Work,
  pieces: readonly Stretch[],
  busy: readonly BusyTime[],
  { range, workingHours }: CheckedPlanOptions,
  timeZone: string,
): number {
  const from = Math.max(range.from.getTime(), ...pieces.map(({ end }) => end));
  const to = Math.min(range.to.getTime(), due);
  if (from >= to) return 0;
  const free = freeTime({ from: new Date(from), to: new Date(to), timeZone, workingHours, busy });
  const stretches = free.map(({ start, end }) => ({ start: Date.parse(start), end: Date.parse(end) }));
  return Math.floor(lengthOf(stretches) / MINUTE_MS);
}
