import { createHash } from 'node:crypto';
import type { RecordStore } from '@context-sdk/oauth-core';
import type { Request, Response } from 'express';
import { Cookie, randomValue } from './cookies.ts';

const WEEK_MS = 7 * 24 * 3_600_000;

/** Who is behind a browser: a random cookie here, and its hash with the user's id in the store. */
export class Sessions {
  readonly #store: RecordStore;
  readonly #cookie: Cookie;

  constructor(store: RecordStore, backendUrl: URL) {
    this.#store = store;
    this.#cookie = new Cookie('session', backendUrl, WEEK_MS);
  }

  async begin(response: Response, userId: string): Promise<void> {
    const id = randomValue();
    await this.#store.compareAndSet(keyOf(id), undefined, userId, { ttlMs: WEEK_MS });
    this.#cookie.set(response, id);
  }

  async userOf(request: Request): Promise<string | undefined> {
    const id = this.#cookie.read(request);
    return id === undefined ? undefined : (await this.#store.get(keyOf(id)))?.value;
  }
}

function keyOf(id: string): string {
  return `session/${createHash('sha256').update(id).digest('base64url')}`;
}
