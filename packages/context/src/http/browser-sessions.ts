import { type RecordStore, sha256 } from '@context-sdk/oauth-core';
import { randomText } from '../utils/random-token.ts';
import { readCookie, type SecureCookie, secureCookie } from './cookies.ts';

/** How sessions are kept. */
export interface SessionOptions {
  /** Where sessions are kept, by the SHA-256 of what the cookie holds. */
  store: RecordStore;
  /** The context's: on https the cookie is `__Host-session`. */
  baseUrl: string;
  /** Seconds; a week unless given. */
  maxAgeSeconds?: number | undefined;
}

/** Sessions for a host that has none of its own. */
export interface BrowserSessions {
  /** Begins a session, and gives its `Set-Cookie` header: what `onConnected` gives back. */
  begin(userId: string): Promise<string>;
  /** Whose session a request's `Cookie` header names: what `getUserId` asks for. */
  userOf(cookies: string | null | undefined): Promise<string | undefined>;
  /** Ends a session, and gives the `Set-Cookie` header that takes its cookie back. */
  end(cookies: string | null | undefined): Promise<string>;
}

const WEEK_SECONDS = 7 * 24 * 3_600;

/** A random cookie that scripts can't read, and the user behind its hash in a store. */
export function browserSessions({
  store,
  baseUrl,
  maxAgeSeconds = WEEK_SECONDS,
}: SessionOptions): BrowserSessions {
  const cookie: SecureCookie = secureCookie('session', baseUrl);
  const keyIn = async (cookies: string | null | undefined): Promise<string | undefined> => {
    const id = readCookie(cookies, cookie.name);
    return id && keyOf(id);
  };
  return {
    async begin(userId) {
      const id = randomText();
      await store.compareAndSet(await keyOf(id), undefined, userId, { ttlMs: maxAgeSeconds * 1000 });
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

async function keyOf(id: string): Promise<string> {
  return `session/${await sha256(id)}`;
}
