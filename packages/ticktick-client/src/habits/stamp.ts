import { invalid } from '../input/invalid.ts';

/** A calendar day: TickTick's number `20260407`, or `2026-04-07`. */
export type Stamp = number | string;

/** A day as TickTick's number. Throws {@link InvalidRequestError} for one that the calendar does not have. */
export function stampFrom(input: Stamp, field: string): number {
  const text = typeof input === 'number' ? String(input).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3') : input;
  const instant = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== text) {
    throw invalid(field, 'is not a day: give 20260407 or 2026-04-07');
  }
  return Number(text.replaceAll('-', ''));
}
