import { ConfigurationError, type RecordStore } from '@context-sdk/oauth-core';
import { checkObject, checkOptions, loadedOnce, type OptionTypes } from '@context-sdk/oauth-core/client-kit';
import { soundStore } from '@context-sdk/oauth-core/store-kit';
import { checkedUrl } from '../options/host-urls.ts';
import { secureCookie } from './cookies.ts';

const WEEK_SECONDS = 7 * 24 * 3_600;

/** How sessions are stored. */
export interface SessionOptions {
  /** Holds the sessions, by the SHA-256 of the cookie's value. */
  store: RecordStore;
  /** The context's `baseUrl`. On https the cookie is `__Host-session`. */
  baseUrl: string;
  /** Default: 604,800 (a week). */
  maxAgeSeconds?: number | undefined;
  /** Seconds without a request after which a session ends. Measured to a tenth. Default: `maxAgeSeconds`. */
  idleSeconds?: number | undefined;
}

/** Sessions for a host that has none of its own. */
export interface BrowserSessions {
  /** Begins a session and returns its `Set-Cookie` header. Use it in the result of `onConnected`. */
  begin(userId: string): Promise<string>;
  /** The user of the session in a `Cookie` header. Use it in `getUserId`. */
  userOf(cookies: string | null | undefined): Promise<string | undefined>;
  /**
   * Gives a session another cookie and ends the old one, for example once a user may do more than before. Returns the
   * `Set-Cookie` header, or `undefined` without a session. It ends when the old one would have.
   */
  rotate(cookies: string | null | undefined): Promise<string | undefined>;
  /** Ends a session and returns the `Set-Cookie` header that deletes the cookie. */
  end(cookies: string | null | undefined): Promise<string>;
  /** Ends all sessions of a user, in all browsers. Returns how many there were. */
  endAll(userId: string): Promise<number>;
}

const OPTIONS: OptionTypes<SessionOptions> = {
  store: 'object',
  baseUrl: 'string',
  maxAgeSeconds: 'number',
  idleSeconds: 'number',
};

/** Creates sessions: the cookie is random and hidden from scripts, and its hash is the key of the session in the store. */
export function browserSessions(options: SessionOptions): BrowserSessions {
  checkObject(options, 'options');
  checkOptions(options, OPTIONS);
  const { baseUrl, maxAgeSeconds = WEEK_SECONDS, idleSeconds = maxAgeSeconds } = options;
  checkObject(options.store, 'store');
  const store = soundStore(options.store);
  checkedUrl('baseUrl', baseUrl);
  checkSeconds('maxAgeSeconds', maxAgeSeconds);
  checkSeconds('idleSeconds', idleSeconds);
  const cookie = secureCookie('session', baseUrl);
  const calls = loadedOnce(async () => {
    const { SessionCalls } = await import('./session-calls.ts');
    return new SessionCalls({ store, cookie, maxAgeMs: maxAgeSeconds * 1_000, idleMs: idleSeconds * 1_000 });
  });
  return {
    begin: async (userId) => await (await calls()).begin(userId),
    userOf: async (cookies) => await (await calls()).userOf(cookies),
    rotate: async (cookies) => await (await calls()).rotate(cookies),
    end: async (cookies) => await (await calls()).end(cookies),
    endAll: async (userId) => await (await calls()).endAll(userId),
  };
}

function checkSeconds(option: string, seconds: number): void {
  if (typeof seconds === 'number' && seconds >= 1 && seconds <= 400 * 24 * 3_600) return;
  throw new ConfigurationError(`${option} must be from 1 to 34,560,000 seconds (400 days).`);
}
