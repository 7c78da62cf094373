import { ConfigurationError, type RecordStore } from '@context-sdk/oauth-core';
import { checkObject, checkOptions, type OptionTypes, sha256 } from '@context-sdk/oauth-core/client-kit';
import { soundStore } from '@context-sdk/oauth-core/store-kit';
import { checkedUrl } from '../options/host-urls.ts';
import { readJsonIfReadable } from '../records/json-record.ts';
import { keys } from '../records/keys.ts';
import { deleteSessions } from '../records/sessions.ts';
import { isText, isTime, shapeOf } from '../records/shape.ts';
import { checkUserId } from '../utils/input-checks.ts';
import { randomToken } from '../utils/text.ts';
import { readCookie, secureCookie } from './cookies.ts';

const WEEK_SECONDS = 7 * 24 * 3_600;
/** The part of the idle timeout after which a use is recorded: not each one, since most requests only read. */
const TOUCH_SHARE = 0.1;

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

interface SessionRecord {
  userId: string;
  /** Epoch milliseconds. */
  endsAt: number;
  usedAt: number;
}

/** A session that is on its user's list, and has not begun. */
interface NewSession {
  /** Of its cookie. */
  value: string;
  id: string;
  userId: string;
  lifeMs: number;
}

const SESSION = shapeOf({ userId: isText, endsAt: isTime, usedAt: isTime });

/** Whether a record is that of a session. */
export function isSession(value: unknown): value is SessionRecord {
  return SESSION(value);
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
  const idleMs = idleSeconds * 1_000;

  const idIn = async (cookies: string | null | undefined): Promise<string | undefined> => {
    const value = readCookie(cookies, cookie.name);
    return value && (await sha256(value));
  };
  const ttlOf = ({ endsAt, usedAt }: SessionRecord): number => Math.max(1, Math.min(endsAt - usedAt, idleMs));
  /** The session by this machine's clock. The store ends it in time, so one that seems to be over was written by another. */
  const usedNow = ({ userId, endsAt, usedAt }: SessionRecord): SessionRecord => {
    const now = Date.now();
    const unusedMs = now >= usedAt && now < endsAt ? now - usedAt : 0;
    return { userId, usedAt: now, endsAt: now + (endsAt - usedAt) - unusedMs };
  };

  /** The user's list of sessions comes first, so that none is missing from it. */
  const announce = async (userId: string, lifeMs: number): Promise<NewSession> => {
    const value = randomToken();
    const id = await sha256(value);
    const ttlMs = Math.max(1, lifeMs);
    await store.compareAndSet(keys.userSession(userId, id), undefined, '{}', { ttlMs });
    return { value, id, userId, lifeMs };
  };

  const add = async ({ value, id, userId, lifeMs }: NewSession): Promise<string> => {
    const usedAt = Date.now();
    const session: SessionRecord = { userId, usedAt, endsAt: usedAt + lifeMs };
    const text = JSON.stringify(session);
    await store.compareAndSet(keys.session(id), undefined, text, { ttlMs: ttlOf(session) });
    return cookie.set(value, Math.ceil(Math.max(1, lifeMs) / 1_000));
  };

  const read = async (id: string): Promise<SessionRecord | undefined> => {
    const session = await readJsonIfReadable(store, keys.session(id));
    return isSession(session) ? session : undefined;
  };

  /** Lets the idle timeout begin anew. A session that ended meanwhile stays ended, and none outlives its place in the list. */
  const touch = async (id: string, session: SessionRecord): Promise<void> => {
    if (Math.abs(Date.now() - session.usedAt) < idleMs * TOUCH_SHARE) return;
    const record = await store.get(keys.session(id));
    if (record === undefined || (await store.get(keys.userSession(session.userId, id))) === undefined) return;
    const used = usedNow(session);
    await store.compareAndSet(keys.session(id), record.version, JSON.stringify(used), { ttlMs: ttlOf(used) });
  };

  const remove = async (id: string): Promise<void> => {
    const session = await read(id);
    await store.delete(keys.session(id));
    if (session !== undefined) await store.delete(keys.userSession(session.userId, id));
  };

  return {
    begin: async (userId) => await add(await announce(checkUserId(userId), maxAgeSeconds * 1_000)),
    async userOf(cookies) {
      const id = await idIn(cookies);
      const session = id && (await read(id));
      if (!id || !session) return undefined;
      // A store that takes no writes for a while ends no session.
      await touch(id, session).catch(() => undefined);
      return session.userId;
    },
    async rotate(cookies) {
      const id = await idIn(cookies);
      const session = id && (await read(id));
      if (!id || !session) return undefined;
      const { userId } = session;
      const { endsAt, usedAt } = usedNow(session);
      const next = await announce(userId, endsAt - usedAt);
      // All of the user's may end meanwhile. Then it has no successor.
      const isRotated = await store.delete(keys.session(id));
      await store.delete(keys.userSession(userId, id));
      const setCookie = isRotated ? await add(next) : undefined;
      const isListed = (await store.get(keys.userSession(userId, next.id))) !== undefined;
      if (isRotated && isListed) return setCookie;
      await store.delete(keys.session(next.id));
      await store.delete(keys.userSession(userId, next.id));
      return undefined;
    },
    async end(cookies) {
      const id = await idIn(cookies);
      if (id) await remove(id);
      return cookie.clear();
    },
    endAll: (userId) => deleteSessions(store, checkUserId(userId)),
  };
}

function checkSeconds(option: string, seconds: number): void {
  if (typeof seconds === 'number' && seconds >= 1 && seconds <= 400 * 24 * 3_600) return;
  throw new ConfigurationError(`${option} must be from 1 to 34,560,000 seconds (400 days).`);
}
