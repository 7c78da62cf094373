import { inspect } from 'node:util';
import { memoryStore, type RecordStore, StoreError, type TokenManager } from '@context-sdk/oauth-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { faultyStore, type FaultyStore } from '../stores/faulty-store.ts';
import { expiredTokens, RotatingProvider } from '../support/rotating-provider.ts';

const HOUR_MS = 3_600_000;
const CLAIMS = Buffer.from(JSON.stringify({ iss: 'https://as.test', sub: 'user' })).toString('base64url');
const ID_TOKEN = `header.${CLAIMS}.signature`;

let provider: RotatingProvider;
let inner: RecordStore;
let store: FaultyStore;
beforeEach(async () => {
  vi.useFakeTimers();
  provider = new RotatingProvider();
  inner = memoryStore();
  store = faultyStore(inner);
  await provider.processOver(store).save(expiredTokens());
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** What comes of a promise when time goes on. */
async function settled(promise: Promise<unknown>, ms: number = 20_000): Promise<unknown> {
  const outcome = promise.catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(ms);
  return await outcome;
}

/** The store is away from the moment at which the provider has answered. */
function awayFor(writes: number): void {
  provider.plan(async () => {
    store.plan('compareAndSet', ...Array.from({ length: writes }, () => 'before' as const));
    return Response.json({ access_token: 'access-1', refresh_token: 'refresh-1', expires_in: 3600 });
  });
}

async function storedRecord(): Promise<string> {
  return (await inner.get(provider.key))?.value ?? '';
}

test('I-9: a store that fails once is asked again: the caller waits, and there is one token request', async () => {
  awayFor(1);
  expect(await settled(provider.processOver(store).getAccessToken(), 1_000)).toBe('access-1');
  expect(await storedRecord()).toContain('refresh-1');
  expect(provider.redeemed).toEqual(['refresh-0']);
});

test('I-9: so is one that is away for seconds, as while it restarts, and no other process steps in', async () => {
  awayFor(30);
  const one = settled(provider.processOver(store).getAccessToken(), 10);
  await vi.advanceTimersByTimeAsync(10);
  expect(store.calls.compareAndSet).toBeGreaterThan(2);
  const another = settled(provider.processOver(inner).getAccessToken(), 10_000);
  expect(await Promise.all([one, another])).toEqual(['access-1', 'access-1']);
  expect(provider.redeemed).toEqual(['refresh-0']);
});

test('I-9: so is one whose connection was cut while the process was stopped beyond its lease', async () => {
  const now = performance.now.bind(performance);
  provider.plan(async () => {
    vi.spyOn(performance, 'now').mockImplementation(() => now() + provider.leaseTtlMs);
    store.plan('compareAndSet', 'before');
    store.plan('get', 'before');
    return Response.json({ access_token: 'access-1', refresh_token: 'refresh-1', expires_in: 3600 });
  });
  expect(await settled(provider.processOver(store).getAccessToken(), 1_000)).toBe('access-1');
  expect(await storedRecord()).toContain('refresh-1');
});

test('I-9: a token that could not be stored is handed to nobody, and stored by the next call', async () => {
  awayFor(200);
  const one = provider.processOver(store);
  expect(await settled(one.getAccessToken())).toMatchObject({ code: 'store', reason: 'not-persisted' });
  expect(await storedRecord()).toContain('refresh-0');
  store.heal();
  expect(await settled(one.getAccessToken())).toBe('access-1');
  expect(await storedRecord()).toContain('refresh-1');
  expect(provider.redeemed).toEqual(['refresh-0']);
});

test('I-9: if that takes until the token has ended, its refresh token is what is redeemed', async () => {
  awayFor(200);
  const one = provider.processOver(store);
  await settled(one.getAccessToken());
  store.heal();
  vi.setSystemTime(Date.now() + 2 * HOUR_MS);
  expect(await settled(one.getAccessToken())).toBe('access-2');
  expect(provider.redeemed).toEqual(['refresh-0', 'refresh-1']);
});

test('I-9: nor are they forgotten when that fails, and can not be noted either', async () => {
  awayFor(200);
  const one = provider.processOver(store);
  await settled(one.getAccessToken());
  store.heal();
  vi.setSystemTime(Date.now() + 2 * HOUR_MS);
  provider.plan(async () => {
    store.plan('compareAndSet', ...Array.from({ length: 200 }, () => 'before' as const));
    return new Response('', { status: 503 });
  });
  expect(await settled(one.getAccessToken())).toMatchObject({ status: 503 });
  store.heal();
  expect(await settled(one.getAccessToken())).toBe('access-3');
  expect(provider.redeemed).toEqual(['refresh-0', 'refresh-1', 'refresh-1']);
});

test('I-22: what could not be stored is no part of a sign-in that came since', async () => {
  awayFor(200);
  const one = provider.processOver(store);
  await settled(one.getAccessToken());
  store.heal();
  const signedIn = { ...expiredTokens(), accessToken: 'of-the-new-grant' };
  await settled(provider.processOver(store).save(signedIn));
  expect(await settled(one.getAccessToken())).toBe('access-2');
  expect(provider.redeemed).toEqual(['refresh-0', 'refresh-0']);
});

test('I-9: they are stored as soon as the store is back, without another call', async () => {
  awayFor(400);
  const one = provider.processOver(store, { leaseTtlMs: 30_000 });
  expect(await settled(one.getAccessToken(), 7_000)).toMatchObject({ reason: 'not-persisted' });
  store.heal();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await storedRecord()).toContain('refresh-1');
  expect(await settled(provider.processOver(inner).getAccessToken())).toBe('access-1');
  expect(provider.redeemed).toEqual(['refresh-0']);
});

test('I-9: they are older than what another process got since, though the provider keeps its refresh token', async () => {
  provider.plan(
    async () => {
      store.plan('compareAndSet', ...Array.from({ length: 200 }, () => 'before' as const));
      return Response.json({ access_token: 'access-1', expires_in: 3600 });
    },
    () => Response.json({ access_token: 'access-2', expires_in: 3600 }),
  );
  const one = provider.processOver(store);
  await settled(one.getAccessToken());
  store.heal();
  expect(await settled(provider.processOver(inner).getAccessToken())).toBe('access-2');
  expect(await settled(one.getAccessToken(), 11_000)).toBe('access-2');
  expect(await settled(one.getAccessToken({ rejected: 'access-2' }))).toBe('access-3');
});

test('I-21: revoking the connection ends them, too', async () => {
  awayFor(200);
  const one = provider.processOver(store);
  await settled(one.getAccessToken());
  store.heal();
  await settled(one.revoke());
  expect(provider.revoked).toEqual(['refresh-1']);
  expect(await storedRecord()).toBe('');
});

test('I-22: a sign-in without a refresh token inherits theirs, not the one that is spent', async () => {
  await provider.processOver(inner).save({ ...expiredTokens(), idToken: ID_TOKEN });
  awayFor(200);
  const one = provider.processOver(store);
  await settled(one.getAccessToken());
  store.heal();
  const { refreshToken: _, ...signedIn } = expiredTokens();
  await settled(one.save({ ...signedIn, accessToken: 'of-the-new-grant', idToken: ID_TOKEN }));
  expect(await settled(one.getAccessToken())).toBe('access-2');
  expect(provider.redeemed).toEqual(['refresh-0', 'refresh-1']);
  expect(provider.revoked).toEqual([]);
});

test('I-9: the error of a store that fails for good shows no token', async () => {
  awayFor(200);
  const error = await settled(provider.processOver(store).getAccessToken());
  expect(inspect(error, { depth: 12, showHidden: true })).not.toMatch(/access-\d|refresh-\d/);
});

/** A process whose store goes away when the provider has answered its refresh. */
function processThatLosesItsStore(): { manager: TokenManager; comesBack(): void } {
  let isAway = false;
  const unlessAway = async <R>(call: () => Promise<R>): Promise<R> => {
    if (isAway) throw new StoreError('unavailable', 'The store is away.');
    return await call();
  };
  provider.plan(async () => {
    isAway = true;
    return Response.json({ access_token: 'access-1', refresh_token: 'refresh-1', expires_in: 3600 });
  });
  const manager = provider.processOver(inner, {
    change: {
      get: (key) => unlessAway(() => inner.get(key)),
      compareAndSet: (...parameters) => unlessAway(() => inner.compareAndSet(...parameters)),
      delete: (...parameters) => unlessAway(() => inner.delete(...parameters)),
    },
  });
  return { manager, comesBack: () => void (isAway = false) };
}

test('17.1: they are stored when the store is back long after the lease, without another call', async () => {
  const { manager, comesBack } = processThatLosesItsStore();
  expect(await settled(manager.getAccessToken())).toMatchObject({ reason: 'not-persisted' });
  await vi.advanceTimersByTimeAsync(60_000);
  comesBack();
  await vi.advanceTimersByTimeAsync(70_000);
  expect(await storedRecord()).toContain('refresh-1');
  expect(provider.redeemed).toEqual(['refresh-0']);
});

test('17.3: they are revoked if another process has ended the connection meanwhile, without another call', async () => {
  const { manager, comesBack } = processThatLosesItsStore();
  expect(await settled(manager.getAccessToken())).toMatchObject({ reason: 'not-persisted' });
  await settled(provider.processOver(inner).revoke());
  expect(provider.revoked).toEqual(['refresh-0']);
  comesBack();
  await vi.advanceTimersByTimeAsync(70_000);
  expect(provider.revoked).toEqual(['refresh-0', 'refresh-1']);
});

test('17.3: a sign-in in another process that inherited the spent refresh token gets theirs', async () => {
  const { manager, comesBack } = processThatLosesItsStore();
  await settled(provider.processOver(inner).save({ ...expiredTokens(), idToken: ID_TOKEN }));
  expect(await settled(manager.getAccessToken())).toMatchObject({ reason: 'not-persisted' });
  const { refreshToken: _, ...withoutRefreshToken } = expiredTokens();
  const signedInAgain = { ...withoutRefreshToken, accessToken: 'access-2', idToken: ID_TOKEN };
  await settled(provider.processOver(inner).save(signedInAgain));
  expect(await storedRecord()).toContain('refresh-0');
  comesBack();
  await vi.advanceTimersByTimeAsync(70_000);
  const record = await storedRecord();
  expect(record).toContain('access-2');
  expect(record).toContain('refresh-1');
  expect(provider.revoked).toEqual([]);
});
