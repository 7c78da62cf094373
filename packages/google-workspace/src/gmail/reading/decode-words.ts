const WORD = /=\?([^?\s*]+)(?:\*[^?\s]*)?\?([bq])\?([^?\s]*)\?=/gi;
/** Encoded words beside each other: the blanks between them are no part of the text. */
const WORDS = /=\?[^?\s]+\?[bq]\?[^?\s]*\?=(?:\s*=\?[^?\s]+\?[bq]\?[^?\s]*\?=)*/gi;

/** Text with the encoded words of RFC 2047 decoded. Those that can't be decoded stay as they are. */
export function decodeWords(text: string): string {
  return text.replaceAll(WORDS, (words) => decodeRun(words) ?? words);
}

/** A character may be cut between two words of one charset, so their bytes are decoded together. */
function decodeRun(words: string): string | undefined {
  let text = '';
  let bytes: Uint8Array[] = [];
  const found = [...words.matchAll(WORD)];
  for (const [index, [, charset = '', encoding = '', content = '']] of found.entries()) {
    bytes.push(encoding.toLowerCase() === 'b' ? Buffer.from(content, 'base64') : fromQ(content));
    if (found[index + 1]?.[1]?.toLowerCase() === charset.toLowerCase()) continue;
    const part = decoded(Buffer.concat(bytes), charset);
    if (part === undefined) return undefined;
    text += part;
    bytes = [];
  }
  return text;
}

/** Undefined for a charset that nobody knows. */
function decoded(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return undefined;
  }
}

function fromQ(content: string): Uint8Array {
  const octets = content
    .replaceAll('_', ' ')
    .replaceAll(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(octets, 'latin1');
}
