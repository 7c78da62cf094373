import { headerText } from './header-text.ts';
import { refused } from './refused.ts';

/** `type/subtype`, with parameters of tokens or quoted strings. RFC 2045, 5.1. */
const TOKEN = "[!#$%&'*+.^_`{|}~\\w-]+";
const CONTENT_TYPE = new RegExp(
  `^${TOKEN}/${TOKEN}(?:[ \\t]*;[ \\t]*${TOKEN}=(?:${TOKEN}|"[ !#-\\[\\]-~]*"))*$`,
);

/** Throws {@link InvalidRequestError} for a type that can't be, or one that would hold parts of its own. */
export function checkedContentType(value: unknown, field: string): string | undefined {
  if (value === undefined) return undefined;
  const type = headerText(value, field, 255);
  if (!CONTENT_TYPE.test(type)) throw refused(field, 'is not a content type such as image/png');
  if (/^multipart\//i.test(type)) throw refused(field, 'has parts: attach them one by one');
  return type;
}

/** The type of a part whose content came as text: it is sent as UTF-8, and says so. */
export function ofText(type: string): string {
  const isBare = /^text\//i.test(type) && !/;\s*charset\s*=/i.test(type);
  return isBare ? `${type}; charset=utf-8` : type;
}
