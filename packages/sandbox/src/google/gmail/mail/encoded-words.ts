import { decodeText, type Octets } from './octets.ts';

const ENCODED_WORD = /=\?([^?\s*]+)(?:\*[^?\s]*)?\?([bBqQ])\?([^?\s]*)\?=/g;

/** Undoes RFC 2047. Each encoded word is decoded alone, as the RFC demands whole characters in each. */
export function decodeEncodedWords(text: string): string {
  return text
    .replace(/(\?=)\s+(?==\?[^?\s]+\?[bBqQ]\?[^?\s]*\?=)/g, '$1')
    .replace(ENCODED_WORD, (word, charset: string, encoding: string, content: string) => {
      const octets = encoding.toUpperCase() === 'B' ? fromBase64(content) : fromQ(content);
      return octets === undefined ? word : decodeText(octets, charset);
    });
}

function fromBase64(content: string): Octets | undefined {
  try {
    return atob(content);
  } catch {
    return undefined;
  }
}

function fromQ(content: string): Octets {
  return content
    .replaceAll('_', ' ')
    .replace(/=([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
