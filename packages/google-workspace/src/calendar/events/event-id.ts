import { invalid } from '../invalid.ts';

const DIGITS = '0123456789abcdefghijklmnopqrstuv';

/** Base32hex of RFC 4648 §7, in lower case and without padding: the characters that Google allows in an event's id. */
function base32hex(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0x1fff;
    for (bits += 8; bits >= 5; bits -= 5) text += DIGITS.charAt((value >>> (bits - 5)) & 31);
  }
  return bits > 0 ? text + DIGITS.charAt((value << (5 - bits)) & 31) : text;
}

/** An id that nobody else has. */
export function randomEventId(): string {
  return base32hex(crypto.getRandomValues(new Uint8Array(20)));
}

/** The id of the event that a key stands for: the same for ever, in every process. */
export async function eventIdOf(key: unknown): Promise<string> {
  if (typeof key !== 'string' || key === '') throw invalid('key', 'is empty or not a text');
  const named = new TextEncoder().encode(`context-sdk/google-calendar/event|${key}`);
  return base32hex(new Uint8Array(await crypto.subtle.digest('SHA-256', named)));
}

/** Throws for an id that Google would not let a new event have. */
export function checkedNewId(id: unknown): string {
  if (typeof id === 'string' && /^[a-v0-9]{5,1024}$/.test(id)) return id;
  throw invalid('id', 'is not 5 to 1024 characters of a to v and 0 to 9');
}
