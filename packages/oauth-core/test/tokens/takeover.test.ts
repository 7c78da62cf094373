import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  memoryStore,
  OAuthClient,
  type RecordStore,
  ticktick,
  TokenManager,
  type TokenSet,
} from '@context-sdk/oauth-core';

const KEY = 'user-1/ticktick/default';
const TTL_MS = 6_000;

/** The provider: rotates refresh tokens, and remembers what was redeemed and revoked. */
let redeemed: string[];
let revoked: string[];
let refuse: boolean;

const provider: typeof fetch = async (input, init) => {
  const body = new URLSearchParams(String(init?.body));
  if (String(input).includes('revoke')) {
    revoked.push(body.get('token') ?? '');
    return new Response(null);
  }
  redeemed.push(body.get('refresh_token') ?? '');
  if (refuse) return Response.json({ error: 'invalid_grant' }, { status: 400 });
  const number = redeemed.length;
  return Response.json({
    access_token: `access-${number}`,
    refresh_token: `refresh-${number}`,
    expires_in: 3600,
  });
};

const client = new OAuthClient({
  provider: ticktick,
  clientId: 'client-1',
  redirectUri: 'https://example.com/callback',
  fetch: provider,
});

/** What another process would see: the same records behind an object of its own. */
function processOver(store: RecordStore, change: Partial<RecordStore> = {}): TokenManager {
  const view: RecordStore = {
    get: (key) => store.get(key),
    compareAndSet: (...parameters) => store.compareAndSet(...parameters),
    delete: (...parameters) => store.delete(...parameters),
    list: (...parameters) => store.list(...parameters),
    ...change,
  };
  return new TokenManager({ client, store: view, key: KEY, leaseTtlMs: TTL_MS, refreshTimeoutMs: 500 });
}

function expiredTokens(): TokenSet {
  const now = Date.now();
  return {
    accessToken: 'access-0',
    refreshToken: 'refresh-0',
    obtainedAt: now - 7200_000,
    expiresAt: now - 1,
    scopes: [],
  };
}

/** A process whose second write hangs: it has redeemed the refresh token and can't store what it got. */
function stalled(store: RecordStore): {
  manager: TokenManager;
  isStalled: Promise<void>;
  resume: () => void;
} {
  let writes = 0;
  let resume = (): void => undefined;
  let reached = (): void => undefined;
  const isStalled = new Promise<void>((resolve) => (reached = resolve));
  const gate = new Promise<void>((resolve) => (resume = resolve));
  const manager = processOver(store, {
    compareAndSet: async (...parameters) => {
      writes += 1;
      if (writes === 2) {
        reached();
        await gate;
      }
      return await store.compareAndSet(...parameters);
    },
  });
  return { manager, isStalled, resume: () => resume() };
}

beforeEach(() => {
  redeemed = [];
  revoked = [];
  refuse = false;
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

async function stalledRefresh() {
  const store = memoryStore();
  await processOver(store).save(expiredTokens());
  const slow = stalled(store);
  const late = slow.manager.getAccessToken().catch((error: unknown) => error);
  await slow.isStalled;
  return { store, late, resume: slow.resume };
}

test('I-5, I-6: who lost the lease writes nothing and adopts what the thief stored', async () => {
  const { store, late, resume } = await stalledRefresh();
  const thief = processOver(store).getAccessToken();
  await vi.advanceTimersByTimeAsync(TTL_MS + 500);
  expect(await thief).toBe('access-2');
  resume();
  await vi.advanceTimersByTimeAsync(1000);
  expect(await late).toBe('access-2');
  expect((await store.get(KEY))?.value).toContain('refresh-2');
  expect(revoked).toEqual([]);
});

test('I-8: nobody takes over early, whatever the wall clock says', async () => {
  const { store, resume, late } = await stalledRefresh();
  vi.setSystemTime(Date.now() + 24 * 3_600_000);
  const waiting = processOver(store).getAccessToken();
  await vi.advanceTimersByTimeAsync(TTL_MS - 1000);
  expect(redeemed).toEqual(['refresh-0']);
  vi.setSystemTime(Date.now() - 24 * 3_600_000);
  resume();
  await vi.advanceTimersByTimeAsync(100);
  expect(await late).toBe('access-1');
  expect(await waiting).toBe('access-1');
  expect(redeemed).toEqual(['refresh-0']);
});

test('I-21: tokens that arrive after the connection was revoked are revoked too', async () => {
  const { store, late, resume } = await stalledRefresh();
  const revocation = processOver(store).revoke();
  await vi.advanceTimersByTimeAsync(TTL_MS + 500);
  await revocation;
  resume();
  await vi.advanceTimersByTimeAsync(1000);
  expect(await late).toMatchObject({ reason: 'never-connected' });
  expect(revoked).toEqual(['refresh-0', 'refresh-1']);
  expect(await store.get(KEY)).toBeUndefined();
});

test('I-22: a late refresh of an earlier grant does not overwrite a new sign-in', async () => {
  const { store, late, resume } = await stalledRefresh();
  const signedIn = processOver(store).save({
    ...expiredTokens(),
    accessToken: 'new-grant',
    expiresAt: Date.now() + 3_600_000,
  });
  await vi.advanceTimersByTimeAsync(TTL_MS + 500);
  await signedIn;
  resume();
  await vi.advanceTimersByTimeAsync(1000);
  expect(await late).toBe('new-grant');
  expect((await store.get(KEY))?.value).toContain('new-grant');
  expect(revoked).toEqual(['refresh-1']);
});

test('I-24: a refresh token that a dead process may have consumed is named as lost', async () => {
  const { store } = await stalledRefresh();
  refuse = true;
  const next = processOver(store)
    .getAccessToken()
    .catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(TTL_MS + 500);
  expect(await next).toMatchObject({ reason: 'refresh-lost' });
});

test('I-24: if the dead process had not consumed it, the connection lives on', async () => {
  const { store } = await stalledRefresh();
  const next = processOver(store).getAccessToken();
  await vi.advanceTimersByTimeAsync(TTL_MS + 500);
  expect(await next).toBe('access-2');
});
