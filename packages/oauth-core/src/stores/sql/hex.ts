/** The bytes of UTF-8 in hexadecimal: sorts as the bytes do, and has no NUL. */
export function hexOf(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Above every digit: the end of all texts that begin with a prefix. */
export const PAST_HEX = 'g';

/** The text that {@link hexOf} was given. */
export function fromHex(hex: string): string {
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
