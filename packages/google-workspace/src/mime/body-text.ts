import { refused } from './refused.ts';

/** A body with CRLF at every line's end, as mail has to have it; a lone CR is a line end too. */
export function bodyText(value: unknown, field: string): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw refused(field, 'is not a text');
  if (value.includes('\0')) throw refused(field, 'has a NUL character');
  if (!value.isWellFormed()) throw refused(field, 'is not well-formed Unicode');
  return value.replaceAll(/\r\n|\r|\n/g, '\r\n');
}
