import { SERVICE_NAMES } from './day/connection-row.ts';

/** What became of a sign-in, or of its end, in words. */
export interface Notice {
  text: string;
  isGood: boolean;
}

/**
 * The handler sends browsers back with `?google=success`, or with what else came of it, and our own form with
 * `?google=disconnected`. Anything else in the query says nothing.
 */
export function signInNotices(query: Readonly<Record<string, unknown>>): Notice[] {
  return Object.entries(SERVICE_NAMES).flatMap(([provider, name]) => noticeOf(name, query[provider]));
}

function noticeOf(name: string, outcome: unknown): Notice[] {
  if (outcome === 'success') return [{ text: `${name} is connected.`, isGood: true }];
  if (outcome === 'kept') return [{ text: `${name} stays connected as it was.`, isGood: true }];
  if (outcome === 'disconnected') return [{ text: `${name} is not connected any more.`, isGood: true }];
  if (outcome === 'denied')
    return [{ text: `${name} is not connected: access was not allowed.`, isGood: false }];
  return [];
}
