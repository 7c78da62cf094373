/** Mail as it travels: a string with one character (0–255) per octet, so that text rules and bytes are one thing. */
export type Octets = string;

export function octetsOf({ buffer, byteOffset, byteLength }: Uint8Array): Octets {
  return Buffer.from(buffer, byteOffset, byteLength).toString('latin1');
}

export function bytesOf(octets: Octets): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(octets, 'latin1'));
}

/** The octets of a text in UTF-8. */
export function utf8Octets(text: string): Octets {
  return octetsOf(new TextEncoder().encode(text));
}

/** Octets as text; what the charset does not know reads U+FFFD, and an unknown charset reads as UTF-8. */
export function decodeText(octets: Octets, charset = 'utf-8'): string {
  return decoderOf(charset).decode(bytesOf(octets));
}

export function isUtf8(octets: Octets): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(octets));
    return true;
  } catch {
    return false;
  }
}

function decoderOf(charset: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}

export function encodeBase64url(octets: Octets): string {
  return btoa(octets).replaceAll('+', '-').replaceAll('/', '_');
}

/** Undefined unless it is base64url, with or without padding: `+` and `/` are of another alphabet. */
export function decodeBase64url(text: string): Octets | undefined {
  const digits = text.replace(/={1,2}$/, '');
  if (/[^\w-]/.test(digits) || digits.length % 4 === 1) return undefined;
  if (digits.length !== text.length && text.length % 4 !== 0) return undefined;
  return atob(digits.replaceAll('-', '+').replaceAll('_', '/'));
}

/** Undoes a Content-Transfer-Encoding; an unknown encoding changes nothing. */
export function decodeTransfer(body: Octets, encoding: string): Octets {
  switch (encoding.replace(/\(.*/s, '').trim().toLowerCase()) {
    case 'base64':
      return fromBase64(body);
    case 'quoted-printable':
      return fromQuotedPrintable(body);
    default:
      return body;
  }
}

/** Leaves out what is not of the alphabet, as RFC 2045 asks for. Several runs may have their own padding. */
function fromBase64(body: Octets): Octets {
  return body
    .replace(/[^A-Za-z0-9+/=]/g, '')
    .split(/=+/)
    .map(runFromBase64)
    .join('');
}

function runFromBase64(digits: string): Octets {
  return atob(digits.length % 4 === 1 ? digits.slice(0, -1) : digits);
}

function fromQuotedPrintable(body: Octets): Octets {
  return body
    .replace(/[ \t]+(?=\r\n|$)/g, '')
    .replace(/=\r\n/g, '')
    .replace(/=([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
