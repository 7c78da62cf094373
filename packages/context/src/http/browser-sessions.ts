import type { RecordStore } from '@context-sdk/oauth-core';
import { checkOptionNames, sha256 } from '@context-sdk/oauth-core/client-kit';
import { randomToken } from '../utils/text.ts';
import { readCookie, secureCookie } from './cookies.ts';

const WEEK_SECONDS = 7 * 24 * 3_600;

/** How sessions are stored. */
export interface SessionOptions {
  /** Holds the sessions, by the SHA-256 of the cookie's value. */
  store: RecordStore;
  /** The context's `baseUrl`. On https the cookie is `__Host-session`. */
  baseUrl: string;
  /** Default: 604,800 (a week). */
  maxAgeSeconds?: number | undefined;
}

/** Sessions for a host that has none of its own. */
export interface BrowserSessions {
  /** Begins a session and returns its `Set-Cookie` header. Use it in the result of `onConnected`. */
  begin(userId: string): Promise<string>;
  /** The user of the session in a `Cookie` header. Use it in `getUserId`. */
  userOf(cookies: string | null | undefined): Promise<string | undefined>;
  /** Ends a session and returns the `Set-Cookie` header that deletes the cookie. */
  end(cookies: string | null | undefined): Promise<string>;
}

/** Creates sessions: the cookie is random and hidden from scripts, and its hash is the key of the user's id in the store. */
export function browserSessions(options: SessionOptions): BrowserSessions {
  checkOptionNames(options, { store: true, baseUrl: true, maxAgeSeconds: true });
  const { store, baseUrl, maxAgeSeconds = WEEK_SECONDS } = options;
  const cookie = secureCookie('session', baseUrl);
  const keyIn = async (cookies: string | null | undefined): Promise<string | undefined> => {
    const id = readCookie(cookies, cookie.name);
    return id && sessionKey(id);
  };
  return {
    async begin(userId) {
      const id = randomToken();
      const ttlMs = maxAgeSeconds * 1000;
      await store.compareAndSet(await sessionKey(id), undefined, userId, { ttlMs });
      return cookie.set(id, maxAgeSeconds);
    },
    async userOf(cookies) {
      const key = await keyIn(cookies);
      return key && (await store.get(key))?.value;
    },
    async end(cookies) {
      const key = await keyIn(cookies);
      if (key) await store.delete(key);
      return cookie.clear();
    },
  };
}

async function sessionKey(id: string): Promise<string> {
  return `session/${await sha256(id)}`;
}
