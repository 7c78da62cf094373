import { sha256 } from '@context-sdk/oauth-core';
import { secureCookie, type SecureCookie } from '../cookies.ts';
import type { Setup } from '../../options/resolved-options.ts';

/** The time that a sign-in may take, as its transaction has it. */
export const SIGN_IN_SECONDS = 600;

/**
 * What ties a sign-in to the browser that began it. Every sign-in has a cookie of its own, named after its state, so that
 * those of two tabs do not get into each other's way.
 */
export async function browserCookie({ baseUrl }: Setup, state: string): Promise<SecureCookie> {
  const name = (await sha256(state)).slice(0, 16);
  return secureCookie(`sign-in-${name}`, baseUrl);
}
