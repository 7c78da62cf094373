import { invalid } from '../errors.ts';
import { encodedText, headerText, looksEncoded } from './header-text.ts';

/** A field's name by RFC 5322: printable ASCII without the colon. */
const NAME = /^[!-9;-~]{1,76}$/;

/** Fields that are this package's, Gmail's or the mail system's to write. */
const NOT_YOURS =
  /^(?:to|cc|bcc|from|sender|subject|date|reply-to|in-reply-to|references|message-id|return-path|received|delivered-to|(?:content|mime|resent|arc|dkim|received|x-google|x-gm)-.*)$/i;

/** ASCII that is folded at its spaces and never longer than a line may be; kept as it is, since it may have a syntax. */
const FOLDABLE = /^[!-~]{1,900}(?:[ \t]+[!-~]{1,900})*$/;

/** Fields of the host's own. Throws {@link InvalidRequestError} naming the one that is not the host's to write. */
export function checkedHeaders(headers: unknown): [name: string, value: string][] {
  if (headers === undefined) return [];
  if (typeof headers !== 'object' || headers === null) throw invalid('headers', 'is not an object');
  return Object.entries(headers).map(([name, value]) => {
    if (!NAME.test(name)) throw invalid('headers', 'has a name that is no name of a header field');
    const field = `headers.${name}`;
    if (NOT_YOURS.test(name)) throw invalid(field, 'is not a field to set here');
    return [name, encodedValue(headerText(value, field), field)];
  });
}

function encodedValue(value: string, field: string): string {
  if (value.trim() === '') throw invalid(field, 'is empty');
  if (FOLDABLE.test(value) && !looksEncoded(value)) return value;
  return encodedText(value);
}
