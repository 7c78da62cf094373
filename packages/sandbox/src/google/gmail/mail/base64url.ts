import type { Octets } from './octets.ts';

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
