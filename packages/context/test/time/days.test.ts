import { addDays, dayOf, startOfDay } from '@context-sdk/context';
import { expect, test } from 'vitest';

test.for([
  ['2026-11-27', 'UTC'],
  ['2026-03-29', 'Europe/Berlin'],
  ['2026-10-25', 'Europe/Berlin'],
  // The clocks leap over midnight.
  ['2026-09-06', 'America/Santiago'],
  ['2026-03-29', 'Asia/Beirut'],
  ['2026-04-24', 'Africa/Cairo'],
  // The clocks show midnight twice, once on the day before.
  ['2026-04-05', 'America/Santiago'],
  ['2026-11-01', 'America/Havana'],
  ['2026-01-01', 'Pacific/Kiritimati'],
  ['2026-01-01', 'Asia/Kathmandu'],
] as const)('%s in %s begins at the first minute that its clocks show of it', ([day, timeZone]) => {
  const start = startOfDay(day, timeZone);
  const minutesBefore = Array.from({ length: 180 }, (_, index) => start - (index + 1) * 60_000);
  expect(dayOf(start, timeZone)).toBe(day);
  expect(new Set(minutesBefore.map((at) => dayOf(at, timeZone)))).toEqual(new Set([addDays(day, -1)]));
});
