import { createHash, randomBytes } from 'node:crypto';
import type { RecordStore } from '@context-sdk/oauth-core';

const WEEK_SECONDS = 7 * 24 * 3_600;

function keyOf(id: string): string {
  return `session/${createHash('sha256').update(id).digest('base64url')}`;
}

/** Who is behind a browser: a random cookie there, and its hash with the user's id in the store. */
export class Sessions {
  readonly #store: RecordStore;
  readonly #name: string;
  readonly #attributes: string;

  constructor(store: RecordStore, baseUrl: string) {
    const isSecure = baseUrl.startsWith('https:');
    this.#store = store;
    this.#name = isSecure ? '__Host-session' : 'session';
    this.#attributes = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  }

  /** Gives the `Set-Cookie` header of a new session. */
  async begin(userId: string): Promise<string> {
    const id = randomBytes(32).toString('base64url');
    await this.#store.compareAndSet(keyOf(id), undefined, userId, { ttlMs: WEEK_SECONDS * 1000 });
    return `${this.#name}=${id}; Max-Age=${WEEK_SECONDS}; ${this.#attributes}`;
  }

  /** Whose session a `Cookie` header names. */
  async userOf(cookies: string | null | undefined): Promise<string | undefined> {
    const id = this.#idIn(cookies);
    return id && (await this.#store.get(keyOf(id)))?.value;
  }

  /** Ends a session, and gives the header that takes its cookie back. */
  async end(cookies: string | undefined): Promise<string> {
    const id = this.#idIn(cookies);
    if (id) await this.#store.delete(keyOf(id));
    return `${this.#name}=; Max-Age=0; ${this.#attributes}`;
  }

  #idIn(cookies: string | null | undefined): string | undefined {
    const pairs = (cookies ?? '').split('; ').map((pair) => pair.split('='));
    return pairs.find(([name]) => name === this.#name)?.[1];
  }
}
