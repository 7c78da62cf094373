/** Bytes of a line without its CRLF. RFC 5322, 2.1.1. */
const LONGEST_LINE = 998;
const CR = 13;
const LF = 10;

/** Whether the type is one that RFC 2046 (5.2.1) lets nobody encode: a mail inside the mail. */
export function isMailType(contentType: string): boolean {
  return /^message\//i.test(contentType);
}

/** Whether the content can stand in a mail as it is: no NUL, no lone CR or LF, no line that is too long. */
export function standsAsItIs(content: Uint8Array): boolean {
  let length = 0;
  for (let at = 0; at < content.length; at += 1) {
    const byte = content[at];
    if (byte === 0) return false;
    if ((byte === CR) !== (content[at + 1] === LF)) return false;
    if (byte === CR) {
      at += 1;
      length = 0;
    } else if ((length += 1) > LONGEST_LINE) return false;
  }
  return content[0] !== LF;
}
