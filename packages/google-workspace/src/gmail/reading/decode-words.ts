const WORD = /=\?([^?\s*]+)(?:\*[^?\s]*)?\?([bq])\?([^?]*)\?=/gi;
/** Encoded words beside each other: the blanks between them are no part of the text. Blanks in a word are forbidden, and occur. */
const WORDS = /=\?[^?\s]+\?[bq]\?[^?]*\?=(?:\s*=\?[^?\s]+\?[bq]\?[^?]*\?=)*/gi;

/** Text with the encoded words of RFC 2047 decoded. A charset that nobody knows is read as UTF-8. */
export function decodeWords(text: string): string {
  return text.replaceAll(WORDS, decodeRun);
}

/** A character may be cut between two words of one charset, so their bytes are decoded together. */
function decodeRun(words: string): string {
  let text = '';
  let bytes: Uint8Array[] = [];
  const found = [...words.matchAll(WORD)];
  for (const [index, [, charset = '', encoding = '', content = '']] of found.entries()) {
    bytes.push(encoding.toLowerCase() === 'b' ? Buffer.from(content, 'base64') : fromQ(content));
    if (found[index + 1]?.[1]?.toLowerCase() === charset.toLowerCase()) continue;
    text += decoderOf(charset).decode(Buffer.concat(bytes));
    bytes = [];
  }
  return text;
}

/** Names of charsets that mail programs write, and `TextDecoder` doesn't know. */
const ALIASES: Readonly<Record<string, string>> = {
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
  'latin-1': 'iso-8859-1',
};

/** The decoder of a charset by the name that a mail has for it; of UTF-8, if nobody knows it. */
export function decoderOf(charset: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(ALIASES[charset.toLowerCase()] ?? charset);
  } catch {
    return new TextDecoder();
  }
}

function fromQ(content: string): Uint8Array {
  const octets = content
    .replaceAll('_', ' ')
    .replaceAll(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(octets, 'latin1');
}
