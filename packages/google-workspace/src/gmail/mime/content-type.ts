import { invalid } from '../errors.ts';
import { headerText } from './header-text.ts';

/** `type/subtype`, with parameters of tokens or quoted strings. RFC 2045, 5.1. */
const TOKEN = "[!#$%&'*+.^_`{|}~\\w-]+";
const CONTENT_TYPE = new RegExp(
  `^${TOKEN}/${TOKEN}(?:[ \\t]*;[ \\t]*${TOKEN}=(?:${TOKEN}|"[ !#-\\[\\]-~]*"))*$`,
);
/** Bytes of a line without its CRLF. RFC 5322 §2.1.1. */
const MAX_LINE_BYTES = 998;
const CR = 13;
const LF = 10;

/** Throws {@link InvalidRequestError} for a type that can't be right, and for one with parts of its own. */
export function checkedContentType(value: unknown, field: string): string | undefined {
  if (value === undefined) return undefined;
  const type = headerText(value, field, 255);
  if (!CONTENT_TYPE.test(type)) throw invalid(field, 'is not a content type such as image/png');
  if (/^multipart\//i.test(type)) throw invalid(field, 'has parts: attach them one by one');
  return type;
}

/** The type of a part that was given as text: it is sent as UTF-8, and says so. */
export function asUtf8(type: string): string {
  const isBare = /^text\//i.test(type) && !/;\s*charset\s*=/i.test(type);
  return isBare ? `${type}; charset=utf-8` : type;
}

/** Whether RFC 2046 §5.2.1 forbids encoding a part of this type: a message inside the message. */
export function isMailType(contentType: string): boolean {
  return /^message\//i.test(contentType);
}

export function isAscii(content: Uint8Array): boolean {
  return content.every((byte) => byte < 128);
}

/** Whether the content can be part of a message unencoded: no NUL, no lone CR or LF, no line that is too long. */
export function canStayUnencoded(content: Uint8Array): boolean {
  let length = 0;
  for (let at = 0; at < content.length; at += 1) {
    const byte = content[at];
    if (byte === 0) return false;
    if ((byte === CR) !== (content[at + 1] === LF)) return false;
    if (byte === CR) {
      at += 1;
      length = 0;
    } else if ((length += 1) > MAX_LINE_BYTES) return false;
  }
  return content[0] !== LF;
}
