import { refused } from './refused.ts';

/** Everything that could end a header or hide in one; a tab is nothing worse than a space. */
const CONTROL = /(?!\t)\p{Cc}/u;

/** A text that may stand in a header. Throws {@link InvalidRequestError} for line breaks, NUL and other control characters. */
export function headerText(value: unknown, field: string, most?: number): string {
  if (typeof value !== 'string') throw refused(field, 'is not a text');
  if (CONTROL.test(value)) throw refused(field, 'has a line break or another control character');
  if (!value.isWellFormed()) throw refused(field, 'is not well-formed Unicode');
  if (most !== undefined && value.length > most) throw refused(field, `is longer than ${most} characters`);
  return value;
}
