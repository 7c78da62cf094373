import { foreignText } from './foreign-text.ts';

/** Any character that a reader may take for the end of a quote. */
const QUOTES = /[“”„‟〝〞〟＂❝❞]/gu;

/**
 * A text in quotes, for a sentence that a person reads before they approve it: quotes in the text can't end it, so that no title
 * can go on with “to somebody else”.
 */
export function quoted(value: unknown, maxLength?: number): string {
  return `“${foreignText(value, maxLength).replaceAll(QUOTES, '"')}”`;
}
