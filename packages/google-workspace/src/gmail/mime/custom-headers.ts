import { invalid } from '../errors.ts';
import { NAMED_ADDRESS } from './address.ts';
import { encodedText, headerText, looksEncoded, partlyEncodedText } from './header-text.ts';

/** A field's name by RFC 5322: printable ASCII without the colon. */
const NAME = /^[!-9;-~]{1,76}$/;

/** Fields that only this package, Gmail or the mail system may write. */
const RESERVED =
  /^(?:to|cc|bcc|from|sender|subject|date|reply-to|in-reply-to|references|message-id|return-path|received|delivered-to|(?:content|mime|resent|arc|dkim|received|x-google|x-gm)-.*)$/i;

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
  const text = partlyEncodedText(value);
  return text === value ? value : (encodedAddresses(value) ?? text);
}

/** A list of addresses: in it only names may be encoded, without the quotes around them. RFC 2047 §5(3). */
function encodedAddresses(value: string): string | undefined {
  const addresses = value
    .match(/(?:"(?:[^"\\]|\\.)*"|[^",])+/g)
    ?.map((one) => NAMED_ADDRESS.exec(one)?.groups);
  if (!addresses?.every((one) => one?.['address']?.includes('@'))) return undefined;
  return addresses
    .map(({ quoted = '', bare = '', address = '' } = {}) => {
      const name = quoted === '' ? bare.trim() : quoted.replaceAll(/\\(.)/gu, '$1');
      const isAscii = /^[ -~]*$/.test(name) && !looksEncoded(name);
      const text = isAscii && quoted !== '' ? `"${quoted}"` : encodedText(name);
      return `${text} <${address.trim()}>`.trim();
    })
    .join(', ');
}
