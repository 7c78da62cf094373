import {
  authorizationTransactions,
  type ClockSkewEvent,
  clientCredentials,
  memoryRateLimiter,
  memoryStore,
  OAuthClient,
  type RecordStore,
  TokenManager,
  type TokenManagerOptions,
  type TokenSet,
} from '@context-sdk/oauth-core';
import { classifyByStatus, createPipeline } from '@context-sdk/oauth-core/client-kit';
import { microsoftEntra, ticktick } from '@context-sdk/oauth-core/providers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const HOUR = 3_600_000;
const MONTH = 30 * 24 * HOUR;
let requests = 0;
let expiresIn: number | string = 3600;
let tookMs = 0;

beforeEach(() => {
  requests = 0;
  expiresIn = 3600;
  tookMs = 0;
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => void vi.useRealTimers());

const later = (ms: number): unknown => vi.setSystemTime(Date.now() + ms);

const tokenFetch: typeof fetch = async () => {
  requests += 1;
  later(tookMs);
  return Response.json({
    access_token: `access-${requests}`,
    refresh_token: `refresh-${requests}`,
    expires_in: expiresIn,
  });
};

const client = new OAuthClient({
  provider: ticktick,
  clientId: 'client-1',
  redirectUri: 'https://example.com/callback',
  fetch: tokenFetch,
});

/** A machine with a clock of its own; what it does, it does by that clock. */
function machine(store: RecordStore, aheadMs: number, options: Partial<TokenManagerOptions> = {}) {
  const view: RecordStore = {
    get: (key) => store.get(key),
    compareAndSet: (...parameters) => store.compareAndSet(...parameters),
    delete: (...parameters) => store.delete(...parameters),
    list: (...parameters) => store.list(...parameters),
  };
  const manager = new TokenManager({ client, store: view, key: 'k', ...options });
  return async <R>(work: (manager: TokenManager) => Promise<R>): Promise<R> => {
    later(aheadMs);
    try {
      return await work(manager);
    } finally {
      later(-aheadMs);
    }
  };
}

function tokens(): TokenSet {
  const obtainedAt = Date.now();
  return {
    accessToken: 'access-0',
    refreshToken: 'refresh-0',
    obtainedAt,
    expiresAt: obtainedAt + HOUR,
    scopes: [],
  };
}

test.each([2 * HOUR, -2 * HOUR, MONTH, -MONTH])(
  '16.22: what a machine refreshed whose clock is %i ms off, no other refreshes again, nor in turn',
  async (aheadMs) => {
    const store = memoryStore();
    const wrong = machine(store, aheadMs);
    const right = machine(store, 0);
    await right((manager) => manager.save(tokens()));
    await wrong((manager) => manager.status());
    await right((manager) => manager.getAccessToken({ rejected: 'access-0' }));
    for (let round = 0; round < 5; round += 1) {
      // Each asks the store again.
      expect(await wrong((manager) => manager.getAccessToken({ rejected: 'access-0' }))).toBe('access-1');
      expect(await right((manager) => manager.getAccessToken({ rejected: 'access-0' }))).toBe('access-1');
    }
    expect(requests).toBe(1);
    later(20_000);
    await wrong((manager) => manager.getAccessToken({ rejected: 'access-1' }));
    for (let round = 0; round < 5; round += 1) {
      expect(await right((manager) => manager.getAccessToken({ rejected: 'access-1' }))).toBe('access-2');
      expect(await wrong((manager) => manager.getAccessToken({ rejected: 'access-1' }))).toBe('access-2');
    }
    expect(requests).toBe(2);
  },
);

test('16.22: times that can’t be are reported, once', async () => {
  const store = memoryStore();
  const events: ClockSkewEvent[] = [];
  await machine(store, MONTH)((manager) => manager.save(tokens()));
  const right = machine(store, 0, { hooks: { onClockSkew: (event) => events.push(event) } });
  expect(await right((manager) => manager.getAccessToken())).toBe('access-0');
  expect(await right((manager) => manager.status())).toMatchObject({ state: 'connected' });
  expect(events).toEqual([{ provider: 'ticktick', skewMs: MONTH }]);
  expect(requests).toBe(0);
});

test('16.22: a sign-in that began on a machine with a wrong clock can be completed on another', async () => {
  // A store with a clock of its own, as databases have.
  const records = new Map<string, { value: string; version: string }>();
  const store: RecordStore = {
    ...memoryStore(),
    get: async (key) => records.get(key),
    async compareAndSet(key, _expected, value) {
      records.set(key, { value, version: '1' });
      return '1';
    },
    delete: async (key) => records.delete(key),
  };
  const transactions = authorizationTransactions(store);
  const { transaction } = await client.beginAuthorization();
  await transactions.save(transaction, 'browser');
  later(2 * HOUR);
  const taken = await transactions.take(transaction.state, 'browser');
  const tokenSet = await client.completeAuthorization(`/callback?code=c&state=${transaction.state}`, taken);
  expect(tokenSet.accessToken).toBe('access-1');
});

async function callTenTimes(auth: TokenManager | ReturnType<typeof clientCredentials>): Promise<void> {
  const fetch = createPipeline({
    service: 'things',
    auth,
    origins: ['https://things.example'],
    limits: [],
    rateLimiter: memoryRateLimiter(),
    fetch: async () => Response.json({}),
    classify: classifyByStatus('things'),
  }).fetchFor({ operation: 'things.get', safety: 'safe' });
  for (let call = 0; call < 10; call += 1) await fetch('https://things.example/things');
}

test.each([
  [0, 0],
  ['0', 0],
  [-1, 0],
  [0.001, 1_000],
  [1, 1_500],
  [1, 9_000],
])(
  '16.20: tokens with expires_in %j that took %i ms: one token request for ten calls',
  async (seconds, ms) => {
    expiresIn = seconds;
    tookMs = ms;
    const manager = new TokenManager({ client, store: memoryStore(), key: 'k' });
    await manager.save({ ...tokens(), obtainedAt: Date.now() - 2 * HOUR, expiresAt: Date.now() - HOUR });
    await callTenTimes(manager);
    expect(requests).toBe(1);
    requests = 0;
    await callTenTimes(
      clientCredentials({
        provider: microsoftEntra('contoso.example'),
        clientId: 'c',
        clientSecret: 's',
        fetch: tokenFetch,
      }),
    );
    expect(requests).toBe(1);
  },
);

test('16.20: a token set that was imported with a lifetime of nothing is used until it is rejected', async () => {
  const manager = new TokenManager({ client, store: memoryStore(), key: 'k' });
  await manager.save({ ...tokens(), expiresAt: Date.now() });
  later(MONTH);
  await callTenTimes(manager);
  expect(requests).toBe(0);
  expect(await manager.status()).toMatchObject({ state: 'connected' });
});
