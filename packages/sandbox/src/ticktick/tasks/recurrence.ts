import { DAY_MS } from '../../time/clock.ts';
import { fromWallTime, toWallTime } from '../../time/zoned-time.ts';

interface Rule {
  readonly frequency: string;
  readonly interval: number;
}

/**
 * The next date of a repeating task on its own zone's calendar, so that 9:00 stays 9:00 when clocks change. Knows
 * FREQ=DAILY, WEEKLY, MONTHLY, YEARLY with INTERVAL; a month without the day is passed over. Other parts of the rule
 * are stored but not followed. Undefined if the rule has no known part.
 */
export function nextOccurrence(instant: number, repeatFlag: string, timeZone: string): number | undefined {
  const rule = parseRule(repeatFlag);
  const next = rule && nextWallTime(toWallTime(instant, timeZone), rule);
  return next === undefined ? undefined : fromWallTime(next, timeZone);
}

function parseRule(repeatFlag: string): Rule | undefined {
  const frequency = /(?:^|[:;])FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)/.exec(repeatFlag)?.[1];
  const interval = Number(/;INTERVAL=(\d+)/.exec(repeatFlag)?.[1] ?? 1);
  return frequency === undefined || interval < 1 ? undefined : { frequency, interval };
}

function nextWallTime(wall: number, { frequency, interval }: Rule): number | undefined {
  if (frequency === 'DAILY') return addDays(wall, interval);
  if (frequency === 'WEEKLY') return addDays(wall, 7 * interval);
  return addMonths(wall, frequency === 'MONTHLY' ? interval : 12 * interval);
}

function addDays(wall: number, days: number): number {
  return wall + days * DAY_MS;
}

function addMonths(wall: number, months: number): number | undefined {
  const day = new Date(wall).getUTCDate();
  for (let step = 1; step <= 48; step += 1) {
    const date = new Date(wall);
    date.setUTCMonth(date.getUTCMonth() + step * months);
    if (date.getUTCDate() === day) return date.getTime();
  }
  return undefined;
}
