/** Mail as it travels: a string with one character (0–255) per octet, so that text rules and bytes are one thing. */
export type Octets = string;

const CHUNK_SIZE = 32_768;

export function octetsOf(bytes: Uint8Array): Octets {
  let octets = '';
  for (let offset = 0; offset < bytes.length; offset += CHUNK_SIZE) {
    octets += String.fromCharCode(...bytes.subarray(offset, offset + CHUNK_SIZE));
  }
  return octets;
}

export function bytesOf(octets: Octets): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(octets.length);
  for (let index = 0; index < octets.length; index += 1) bytes[index] = octets.charCodeAt(index);
  return bytes;
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
