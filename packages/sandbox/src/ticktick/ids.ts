import type { Random } from '../random.ts';

const ETAG_CHARACTERS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** A MongoDB-like id: 24 hex digits, the first eight of them the time in seconds. */
export function newObjectId(now: number, random: Random): string {
  return hex(Math.floor(now / 1000), 8) + hex(random.integer(2 ** 32), 8) + hex(random.integer(2 ** 32), 8);
}

export function isObjectId(text: string): boolean {
  return /^[0-9a-f]{24}$/.test(text);
}

/** Eight characters, digits and lower case. */
export function newEtag(random: Random): string {
  return random.text(8, ETAG_CHARACTERS);
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0').slice(-digits);
}
