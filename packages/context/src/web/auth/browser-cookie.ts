import { secureCookie, type SecureCookie } from '../cookies.ts';
import type { Setup } from '../../setup.ts';

/** The time that a sign-in may take, as its transaction has it. */
export const SIGN_IN_SECONDS = 600;

/**
 * What ties a sign-in to the browser that began it. Every sign-in has a cookie of its own, named after its state, so that
 * those of two tabs do not get into each other's way.
 */
export async function browserCookie({ baseUrl }: Setup, state: string): Promise<SecureCookie> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(state)));
  const name = Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return secureCookie(`sign-in-${name}`, baseUrl);
}
