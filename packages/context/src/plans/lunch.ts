import type { WorkingHours } from '@context-sdk/google-workspace';
import { invalidInput } from '../utils/input-checks.ts';

const TIME = /^([01]\d|2[0-4]):[0-5]\d$/;

/** The working hours without a time of day that stays free. */
export function hoursWithoutLunch(hours: WorkingHours, lunch: readonly [string, string]): WorkingHours {
  const [from, to] = lunch;
  const isRange =
    lunch.length === 2 && [from, to].every((time) => typeof time === 'string' && TIME.test(time));
  if (!isRange || to <= from) throw invalidInput('lunch', 'is not a pair of times such as 12:00 and 13:00');
  if (typeof hours !== 'object' || hours === null) return hours;
  const days = Object.entries(hours).map(([day, ranges]) => {
    if (!Array.isArray(ranges)) return [day, ranges];
    const parts = (ranges as readonly (readonly [string, string])[]).flatMap((range) =>
      around(range, from, to),
    );
    return [day, parts];
  });
  return Object.fromEntries(days) as WorkingHours;
}

/** Times of day compare as texts. */
function around(range: readonly [string, string], from: string, to: string): (readonly [string, string])[] {
  const [start, end] = range;
  if (!(start < to && end > from)) return [range];
  const parts: [string, string][] = [
    [start, from],
    [to, end],
  ];
  return parts.filter(([begins, ends]) => begins < ends);
}
