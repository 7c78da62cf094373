import { decodeText, type Octets } from './octets.ts';

/** One header field, unfolded; its value is as it was sent, with encoded words still encoded. */
export interface MailHeader {
  readonly name: string;
  readonly value: Octets;
}

/** A mail, or a part of one: header fields, and what comes after the first empty line. */
export interface MailEntity {
  readonly headers: readonly MailHeader[];
  readonly body: Octets;
}

const HEADER_FIELD = /^([!-9;-~]+)[ \t]*:(.*)$/s;

/** Splits an entity into header and body, and unfolds the header. Lines that are not header fields are left out. */
export function readEntity(source: Octets): MailEntity {
  const { head, body } = splitEntity(source);
  const headers = unfold(head).flatMap((line) => {
    const [, name, value] = HEADER_FIELD.exec(line) ?? [];
    return name === undefined || value === undefined
      ? []
      : [{ name, value: value.replace(/^[ \t]+|[ \t]+$/g, '') }];
  });
  return { headers, body };
}

/** The header section without the empty line that ends it, and the body. */
export function splitEntity(source: Octets): { head: Octets; body: Octets } {
  if (source.startsWith('\r\n')) return { head: '', body: source.slice(2) };
  const end = source.indexOf('\r\n\r\n');
  if (end === -1) return { head: source.replace(/\r\n$/, ''), body: '' };
  return { head: source.slice(0, end), body: source.slice(end + 4) };
}

/** The first field of that name, in whatever case. */
export function headerOf(headers: readonly MailHeader[], name: string): Octets | undefined {
  return headersNamed(headers, name)[0]?.value;
}

export function headersNamed(headers: readonly MailHeader[], name: string): MailHeader[] {
  return headers.filter((header) => isNamed(header, name));
}

export function isNamed(header: MailHeader, name: string): boolean {
  return header.name.toLowerCase() === name.toLowerCase();
}

/** A field's value as people read it. */
export function headerText(value: Octets): string {
  return decodeEncodedWords(decodeText(value));
}

/** The fields of a header section, one string each, with their folds undone. */
export function unfold(head: Octets): Octets[] {
  return head === '' ? [] : head.replace(/\r\n(?=[ \t])/g, '').split('\r\n');
}

export function isHeaderField(line: Octets): boolean {
  return HEADER_FIELD.test(line);
}

const ENCODED_WORD = /=\?([^?\s*]+)(?:\*[^?\s]*)?\?([bBqQ])\?([^?\s]*)\?=/g;

/** Undoes RFC 2047. Each encoded word is decoded alone, as the RFC demands whole characters in each. */
function decodeEncodedWords(text: string): string {
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
