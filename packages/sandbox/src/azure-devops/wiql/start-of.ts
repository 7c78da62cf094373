import { syntaxFailure } from './query.ts';

/** The macros for beginnings, with the unit of an offset that names none. */
const UNITS = { startofday: 'd', startofweek: 'w', startofmonth: 'M', startofyear: 'y' } as const;

/**
 * `@StartOfDay('-3d')` or `@StartOfMonth - 1`, in UTC, weeks from Sunday on: milliseconds since the epoch. Units are those of
 * https://learn.microsoft.com/azure/devops/boards/queries/wiql-syntax: `y`, `M`, `w`, `d`, `h`, `m`.
 */
export function startOf(macro: keyof typeof UNITS, now: number, offset: string): number {
  const [, sign, digits = '', unit = UNITS[macro]] = /^\s*([+-])?(\d+)([yMwdhm])?\s*$/.exec(offset) ?? [];
  if (digits === '') throw syntaxFailure(`The offset «${offset}» is not known.`);
  const count = (sign === '-' ? -1 : 1) * Number(digits);
  const start = new Date(now);
  start.setUTCHours(0, 0, 0, 0);
  if (macro === 'startofweek') start.setUTCDate(start.getUTCDate() - start.getUTCDay());
  if (macro === 'startofmonth' || macro === 'startofyear') start.setUTCDate(1);
  if (macro === 'startofyear') start.setUTCMonth(0);
  shift(start, count, unit);
  return start.getTime();
}

function shift(date: Date, count: number, unit: string): void {
  if (unit === 'y') date.setUTCFullYear(date.getUTCFullYear() + count);
  else if (unit === 'M') date.setUTCMonth(date.getUTCMonth() + count);
  else if (unit === 'w') date.setUTCDate(date.getUTCDate() + 7 * count);
  else if (unit === 'd') date.setUTCDate(date.getUTCDate() + count);
  else if (unit === 'h') date.setUTCHours(date.getUTCHours() + count);
  else date.setUTCMinutes(date.getUTCMinutes() + count);
}
