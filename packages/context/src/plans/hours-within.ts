import type { WorkingHours } from '@context-sdk/google-workspace';

/** The part of some hours, which were checked, that is in others. Times of day compare as texts. */
export function hoursWithin(hours: WorkingHours, others: WorkingHours): WorkingHours {
  const outer = new Map(Object.entries(others));
  const days = Object.entries(hours).map(([day, ranges]) => {
    const parts = ranges.flatMap(([start, end]) =>
      (outer.get(day) ?? []).map(([from, to]) => [start > from ? start : from, end < to ? end : to] as const),
    );
    return [day, parts.filter(([start, end]) => start < end)];
  });
  return Object.fromEntries(days) as WorkingHours;
}
