import { invalid } from '../invalid.ts';
import { DAY_MS } from '../time/units.ts';
import { isDay } from '../time/written-time.ts';

/**
 * `start` and `end` of an event that lasts from the first day (`2026-12-24`) to the end of the last, which is the first
 * unless given: Google's `end` is the day after. Throws {@link InvalidRequestError}.
 */
export function allDay(
  first: string,
  last: string = first,
): { start: { date: string }; end: { date: string } } {
  if (!isDay(first)) throw invalid('first', 'is not a day like 2026-12-24');
  if (!isDay(last)) throw invalid('last', 'is not a day like 2026-12-24');
  if (last < first) throw invalid('last', 'is before first');
  const end = new Date(Date.parse(`${last}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
  return { start: { date: first }, end: { date: end } };
}
