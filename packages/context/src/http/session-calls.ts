import type { RecordStore } from '@context-sdk/oauth-core';
import { sha256 } from '@context-sdk/oauth-core/client-kit';
import { readJsonIfReadable } from '../records/json-record.ts';
import { keys } from '../records/keys.ts';
import { deleteSessions } from '../records/sessions.ts';
import { isText, isTime, shapeOf } from '../records/shape.ts';
import { checkUserId } from '../utils/input-checks.ts';
import { randomToken } from '../utils/text.ts';
import type { BrowserSessions } from './browser-sessions.ts';
import { readCookie, type SecureCookie } from './cookies.ts';

/** The part of the idle timeout after which a use is recorded: not each one, since most requests only read. */
const TOUCH_SHARE = 0.1;

interface SessionParts {
  store: RecordStore;
  cookie: SecureCookie;
  maxAgeMs: number;
  idleMs: number;
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

/** What {@link BrowserSessions} does: loaded with the first call. */
export class SessionCalls implements BrowserSessions {
  readonly #parts: SessionParts;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  async begin(userId: string): Promise<string> {
    return await this.#add(await this.#announce(checkUserId(userId), this.#parts.maxAgeMs));
  }

  async userOf(cookies: string | null | undefined): Promise<string | undefined> {
    const id = await this.#idIn(cookies);
    const session = id && (await this.#read(id));
    if (!id || !session) return undefined;
    // A store that takes no writes for a while ends no session.
    await this.#touch(id, session).catch(() => undefined);
    return session.userId;
  }

  async rotate(cookies: string | null | undefined): Promise<string | undefined> {
    const { store } = this.#parts;
    const id = await this.#idIn(cookies);
    const session = id && (await this.#read(id));
    if (!id || !session) return undefined;
    const { userId } = session;
    const { endsAt, usedAt } = usedNow(session);
    const next = await this.#announce(userId, endsAt - usedAt);
    // All of the user's may end meanwhile. Then it has no successor.
    const isRotated = await store.delete(keys.session(id));
    await store.delete(keys.userSession(userId, id));
    const setCookie = isRotated ? await this.#add(next) : undefined;
    const isListed = (await store.get(keys.userSession(userId, next.id))) !== undefined;
    if (isRotated && isListed) return setCookie;
    await store.delete(keys.session(next.id));
    await store.delete(keys.userSession(userId, next.id));
    return undefined;
  }

  async end(cookies: string | null | undefined): Promise<string> {
    const { store, cookie } = this.#parts;
    const id = await this.#idIn(cookies);
    if (id) {
      const session = await this.#read(id);
      await store.delete(keys.session(id));
      if (session !== undefined) await store.delete(keys.userSession(session.userId, id));
    }
    return cookie.clear();
  }

  async endAll(userId: string): Promise<number> {
    return await deleteSessions(this.#parts.store, checkUserId(userId));
  }

  async #idIn(cookies: string | null | undefined): Promise<string | undefined> {
    const value = readCookie(cookies, this.#parts.cookie.name);
    return value && (await sha256(value));
  }

  /** The user's list of sessions comes first, so that none is missing from it. */
  async #announce(userId: string, lifeMs: number): Promise<NewSession> {
    const value = randomToken();
    const id = await sha256(value);
    const ttlMs = Math.max(1, lifeMs);
    await this.#parts.store.compareAndSet(keys.userSession(userId, id), undefined, '{}', { ttlMs });
    return { value, id, userId, lifeMs };
  }

  async #add({ value, id, userId, lifeMs }: NewSession): Promise<string> {
    const { store, cookie } = this.#parts;
    const usedAt = Date.now();
    const session: SessionRecord = { userId, usedAt, endsAt: usedAt + lifeMs };
    const text = JSON.stringify(session);
    await store.compareAndSet(keys.session(id), undefined, text, { ttlMs: this.#ttlOf(session) });
    return cookie.set(value, Math.ceil(Math.max(1, lifeMs) / 1_000));
  }

  async #read(id: string): Promise<SessionRecord | undefined> {
    const session = await readJsonIfReadable(this.#parts.store, keys.session(id));
    return isSession(session) ? session : undefined;
  }

  /** Lets the idle timeout begin anew. A session that ended meanwhile stays ended, and none outlives its place in the list. */
  async #touch(id: string, session: SessionRecord): Promise<void> {
    const { store, idleMs } = this.#parts;
    if (Math.abs(Date.now() - session.usedAt) < idleMs * TOUCH_SHARE) return;
    const record = await store.get(keys.session(id));
    if (record === undefined || (await store.get(keys.userSession(session.userId, id))) === undefined) return;
    const used = usedNow(session);
    const ttlMs = this.#ttlOf(used);
    await store.compareAndSet(keys.session(id), record.version, JSON.stringify(used), { ttlMs });
  }

  #ttlOf({ endsAt, usedAt }: SessionRecord): number {
    return Math.max(1, Math.min(endsAt - usedAt, this.#parts.idleMs));
  }
}

/** The session by this machine's clock. The store ends it in time, so one that seems to be over was written by another. */
function usedNow({ userId, endsAt, usedAt }: SessionRecord): SessionRecord {
  const now = Date.now();
  const unusedMs = now >= usedAt && now < endsAt ? now - usedAt : 0;
  return { userId, usedAt: now, endsAt: now + (endsAt - usedAt) - unusedMs };
}
