/** Bytes of text in one encoded word: 56 characters, where RFC 2047 allows 75. */
const BYTES_PER_WORD = 33;

/** Words of ASCII that are folded at their spaces, and that nobody takes for an encoded word. */
const PLAIN = /^[!-~]{1,200}(?: [!-~]{1,200})*$/;

/** Whether a reader could take a part of the text for an encoded word, and show something else. */
export function looksEncoded(text: string): boolean {
  return text.includes('=?');
}

/**
 * The text as a header can carry it: as it is, or in encoded words of RFC 2047, which fold anywhere and come back
 * exactly. A subject that only looks encoded is encoded too, or it would be shown as something else.
 */
export function encodedText(text: string): string {
  if (text === '' || (PLAIN.test(text) && !looksEncoded(text))) return text;
  return chunks(text)
    .map((chunk) => `=?UTF-8?B?${Buffer.from(chunk).toString('base64')}?=`)
    .join(' ');
}

/** Pieces that fit into one word each, cut between characters. */
function chunks(text: string): string[] {
  const found: string[] = [];
  let chunk = '';
  for (const character of text) {
    if (Buffer.byteLength(chunk + character) > BYTES_PER_WORD) {
      found.push(chunk);
      chunk = '';
    }
    chunk += character;
  }
  return [...found, chunk];
}
