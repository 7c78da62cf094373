import {
  OAuthClient,
  type RecordStore,
  TokenManager,
  type TokenManagerOptions,
  type TokenSet,
} from '@context-sdk/oauth-core';
import { ticktick } from '@context-sdk/oauth-core/providers';

// Loaded with the first refresh otherwise, which takes time that no fake clock counts.
await import('oauth4webapi');

/** What a token request gets; the signal is that of the request. */
export type Answer = (signal: AbortSignal | undefined) => Response | Promise<Response>;

const failedFetch = (code: string): TypeError =>
  Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(code), { code }) });

/** Ways in which a token request can end other than well. */
export const ANSWERS: Readonly<
  Record<'refused' | 'unavailable' | 'gatewayTimeout' | 'unreadable' | 'lost' | 'notSent' | 'never', Answer>
> = {
  refused: () => Response.json({ error: 'invalid_grant' }, { status: 400 }),
  unavailable: () => new Response('', { status: 503 }),
  gatewayTimeout: () => new Response('', { status: 504 }),
  unreadable: () => Response.json({ status: 'ok' }),
  lost: () => Promise.reject(failedFetch('UND_ERR_SOCKET')),
  notSent: () => Promise.reject(failedFetch('ECONNREFUSED')),
  never: (signal) =>
    new Promise<Response>((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    }),
};

const KEY = 'user-1/ticktick/default';

/** A provider that rotates refresh tokens, and processes that are connected to it, all in this one. */
export class RotatingProvider {
  /** Refresh tokens that arrived, in order. */
  readonly redeemed: string[] = [];
  readonly revoked: string[] = [];
  readonly leaseTtlMs: number;
  readonly key: string = KEY;
  #planned: Answer[] = [];
  readonly #client = new OAuthClient({
    provider: ticktick,
    clientId: 'client-1',
    redirectUri: 'https://example.com/callback',
    fetch: (input, init) => this.#serve(String(input), init),
  });

  constructor({ leaseTtlMs = 6_000 }: { leaseTtlMs?: number } = {}) {
    this.leaseTtlMs = leaseTtlMs;
  }

  /** Answers to the next token requests; beyond them all is well. */
  plan(...answers: Answer[]): void {
    this.#planned.push(...answers);
  }

  /** What another process would see: the same records behind an object of its own. */
  processOver(
    store: RecordStore,
    { change, ...options }: Partial<TokenManagerOptions> & { change?: Partial<RecordStore> } = {},
  ): TokenManager {
    const view: RecordStore = {
      get: (key) => store.get(key),
      compareAndSet: (...parameters) => store.compareAndSet(...parameters),
      delete: (...parameters) => store.delete(...parameters),
      list: (...parameters) => store.list(...parameters),
      ...change,
    };
    const { leaseTtlMs } = this;
    return new TokenManager({
      client: this.#client,
      store: view,
      key: KEY,
      leaseTtlMs,
      refreshTimeoutMs: 500,
      ...options,
    });
  }

  async #serve(url: string, init: RequestInit | undefined): Promise<Response> {
    const body = new URLSearchParams(String(init?.body));
    if (url.includes('revoke')) {
      this.revoked.push(body.get('token') ?? '');
      return new Response(null);
    }
    this.redeemed.push(body.get('refresh_token') ?? '');
    const number = this.redeemed.length;
    const planned = this.#planned.shift();
    if (planned !== undefined) return await planned(init?.signal ?? undefined);
    return Response.json({
      access_token: `access-${number}`,
      refresh_token: `refresh-${number}`,
      expires_in: 3600,
    });
  }
}

export function expiredTokens(): TokenSet {
  const now = Date.now();
  return {
    accessToken: 'access-0',
    refreshToken: 'refresh-0',
    obtainedAt: now - 7200_000,
    expiresAt: now - 1,
    scopes: [],
  };
}
