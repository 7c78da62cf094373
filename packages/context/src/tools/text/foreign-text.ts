import { invalidInput } from '../../utils/input-checks.ts';

/** Characters of a field that a line shows. */
const MAX_LENGTH = 160;

/** Marks on one letter: more are used to write over the lines around it. */
const MARKS = /(\p{Mark}{3})\p{Mark}+/gu;

/** What ends a line in any program, and other control characters. */
const LINE_ENDS = /[\p{Control}\p{Line_Separator}\p{Paragraph_Separator}]+/gu;

/**
 * What no reader sees: directions of writing, zero-width characters, tags, variation selectors, fillers and private use. Text for a
 * model alone can be hidden in them (https://www.unicode.org/reports/tr36/).
 */
const INVISIBLE = /[\p{Format}\p{Private_Use}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/**
 * Text that other people wrote, for a model to read as data: in one line, without what a reader wouldn't see, and cut. Every
 * field of a service passes through here before it becomes part of a text view. Anything but text and numbers becomes empty.
 * Throws {@link InvalidRequestError} for a length that is no whole number from 1.
 */
export function foreignText(value: unknown, maxLength: number = MAX_LENGTH): string {
  if (!Number.isInteger(maxLength) || maxLength < 1)
    throw invalidInput('maxLength', 'must be a whole number from 1');
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return '';
  // A field may have a megabyte: what is far behind the cut need not be cleaned.
  const cleaned = value
    .slice(0, maxLength * 8)
    .toWellFormed()
    .replaceAll(LINE_ENDS, ' ')
    .replaceAll(INVISIBLE, '')
    .replaceAll(MARKS, '$1')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  return cut(cleaned, maxLength);
}

/** As {@link foreignText}, with the line ends that the text has, for a block between fences. */
export function foreignLines(value: unknown, maxLength: number): string {
  if (typeof value !== 'string') return '';
  const lines = value
    .slice(0, maxLength * 8)
    .split(/\r\n|[\r\n\u2028\u2029\u0085]/u)
    .map((text) => foreignText(text, maxLength));
  return cut(
    lines
      .join('\n')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim(),
    maxLength,
  );
}

function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  return `${text.slice(0, maxLength - 1).replace(/\p{Surrogate}$/u, '')}…`;
}
