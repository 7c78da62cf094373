import { invalid } from '../errors.ts';
import { encodedText, headerText, looksEncoded } from './header-text.ts';

/** A field's name by RFC 5322: printable ASCII without the colon. */
const NAME = /^[!-9;-~]{1,76}$/;

/** Fields that only this package, Gmail or the mail system may write. */
const RESERVED =
  /^(?:to|cc|bcc|from|sender|subject|date|reply-to|in-reply-to|references|message-id|return-path|received|delivered-to|(?:content|mime|resent|arc|dkim|received|x-google|x-gm)-.*)$/i;

/** ASCII that can be folded at its spaces into lines of a valid length. It stays as it is, since it may have a syntax. */
const FOLDABLE = /^[!-~]{1,900}(?:[ \t]+[!-~]{1,900})*$/;

/** The host's own fields. Throws {@link InvalidRequestError} naming the one that the host may not set. */
export function checkedHeaders(headers: unknown): [name: string, value: string][] {
  if (headers === undefined) return [];
  if (typeof headers !== 'object' || headers === null) throw invalid('headers', 'is not an object');
  return Object.entries(headers).map(([name, value]) => {
    if (!NAME.test(name)) throw invalid('headers', 'has a name that is not valid for a header field');
    const field = `headers.${name}`;
    if (RESERVED.test(name)) throw invalid(field, "can't be set here");
    return [name, encodedValue(headerText(value, field), field)];
  });
}

function encodedValue(value: string, field: string): string {
  if (value.trim() === '') throw invalid(field, 'is empty');
  if (FOLDABLE.test(value) && !looksEncoded(value)) return value;
  return encodedText(value);
}
