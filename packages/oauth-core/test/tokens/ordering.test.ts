import {
  memoryStore,
  OAuthClient,
  type RecordStore,
  TokenManager,
  type TokenSet,
} from '@context-sdk/oauth-core';
import { ticktick } from '@context-sdk/oauth-core/providers';
import { withLease } from '@context-sdk/oauth-core/store-kit';
import { failure } from '@context-sdk/test-support';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { expiredTokens, RotatingProvider } from '../support/rotating-provider.ts';

const HOUR_MS = 3_600_000;

let provider: RotatingProvider;
let store: RecordStore;
beforeEach(() => {
  vi.useFakeTimers();
  provider = new RotatingProvider();
  store = memoryStore();
});
afterEach(() => void vi.useRealTimers());

function tokens(accessToken: string): TokenSet {
  return { accessToken, obtainedAt: Date.now(), expiresAt: Date.now() + HOUR_MS, scopes: [] };
}

interface SlowAnswer {
  /** From here on, the next answer of this method is held back. */
  holdNext(method: 'get' | 'compareAndSet'): void;
  deliver(): void;
  change: Partial<RecordStore>;
}

/** A store of one process that does at once what it is asked, and can be slow to say so. */
function slowToAnswer(): SlowAnswer {
  let held: string | undefined;
  let deliver = (): void => undefined;
  const answer = async <R>(method: string, result: R): Promise<R> => {
    if (held !== method) return result;
    held = undefined;
    await new Promise<void>((resolve) => (deliver = resolve));
    return result;
  };
  return {
    holdNext: (method) => void (held = method),
    deliver: () => deliver(),
    change: {
      get: async (key) => await answer('get', await store.get(key)),
      compareAndSet: async (...parameters) =>
        await answer('compareAndSet', await store.compareAndSet(...parameters)),
    },
  };
}

test('I-22: a read that was begun before a sign-in does not bring the earlier grant back', async () => {
  await provider.processOver(store).save(tokens('of-the-old-grant'));
  const slow = slowToAnswer();
  const manager = provider.processOver(store, { change: slow.change });
  slow.holdNext('get');
  const reader = manager.getAccessToken();
  await vi.advanceTimersByTimeAsync(20);
  await manager.save(tokens('of-the-new-grant'));
  slow.deliver();
  expect(await reader).toBe('of-the-new-grant');
  expect(manager.current()).toBe('of-the-new-grant');
  expect(await manager.getAccessToken()).toBe('of-the-new-grant');
});

test('I-21: nor one that was begun before the connection was ended, which answers its own call only', async () => {
  await provider.processOver(store).save(tokens('revoked'));
  const slow = slowToAnswer();
  const manager = provider.processOver(store, { change: slow.change });
  slow.holdNext('get');
  const reader = manager.getAccessToken();
  await vi.advanceTimersByTimeAsync(20);
  await manager.revoke();
  slow.deliver();
  expect(await reader).toBe('revoked');
  expect(manager.current()).toBeUndefined();
  expect(await failure(manager.getAccessToken())).toMatchObject({ reason: 'never-connected' });
});

test('I-22: nor one that was given up', async () => {
  const slow = slowToAnswer();
  const manager = provider.processOver(store, { change: slow.change });
  await manager.save(tokens('of-the-old-grant'));
  await vi.advanceTimersByTimeAsync(31_000);
  slow.holdNext('get');
  const reader = manager.getAccessToken();
  await vi.advanceTimersByTimeAsync(1_100);
  expect(await reader).toBe('of-the-old-grant');
  await manager.save(tokens('of-the-new-grant'));
  slow.deliver();
  await vi.advanceTimersByTimeAsync(20);
  expect(manager.current()).toBe('of-the-new-grant');
});

test('I-21: a refresh that was begun before the connection was ended gives nobody its token', async () => {
  const slow = slowToAnswer();
  const manager = provider.processOver(store, { change: slow.change });
  await manager.save(expiredTokens());
  provider.plan(() => {
    slow.holdNext('compareAndSet');
    return Response.json({ access_token: 'revoked', refresh_token: 'refresh-1', expires_in: 3600 });
  });
  const before = failure(manager.getAccessToken());
  await vi.advanceTimersByTimeAsync(100);
  await manager.revoke();
  // It does not wait for that refresh, which is still under way.
  expect(await failure(manager.getAccessToken())).toMatchObject({ reason: 'never-connected' });
  slow.deliver();
  expect(await before).toMatchObject({ reason: 'never-connected' });
  expect(manager.current()).toBeUndefined();
});

test('I-22: a refresh that was begun before a sign-in gives the token of the sign-in', async () => {
  const slow = slowToAnswer();
  const manager = provider.processOver(store, { change: slow.change });
  await manager.save(expiredTokens());
  provider.plan(() => {
    slow.holdNext('compareAndSet');
    return Response.json({ access_token: 'access-1', refresh_token: 'refresh-1', expires_in: 3600 });
  });
  const before = manager.getAccessToken();
  await vi.advanceTimersByTimeAsync(100);
  await manager.save(tokens('of-the-new-grant'));
  slow.deliver();
  expect(await before).toBe('of-the-new-grant');
  expect(manager.current()).toBe('of-the-new-grant');
});

test('I-21: ending a connection reaches each object that is in use, however many connections there are', async () => {
  const client = new OAuthClient({
    provider: ticktick,
    clientId: 'client-1',
    redirectUri: 'https://example.com/callback',
    fetch: async () => new Response(null),
  });
  const open = (key: string): TokenManager => new TokenManager({ client, store, key });
  const inUse = open('mine');
  await inUse.save(tokens('revoked'));
  for (let other = 0; other < 10_001; other += 1) open(`other-${other}`);
  await open('mine').revoke();
  expect(inUse.current()).toBeUndefined();
  expect(await failure(inUse.getAccessToken())).toMatchObject({ reason: 'never-connected' });
});

test('17.2: a refresh that waited does not revive a grant that another process has ended meanwhile', async () => {
  const manager = provider.processOver(store);
  await manager.save(expiredTokens());
  let release = (): void => undefined;
  const holder = withLease(store, provider.key, { ttlMs: 6_000 }, async () => {
    await new Promise<void>((resolve) => (release = resolve));
  });
  await vi.advanceTimersByTimeAsync(0);
  const waiting = failure(manager.getAccessToken());
  await vi.advanceTimersByTimeAsync(0);
  release();
  await holder;
  await manager.save({ ...expiredTokens(), accessToken: 'access-of-the-new-grant' });
  // As revoke() in another process, which has not asked the provider yet.
  await withLease<object, void>(store, provider.key, { ttlMs: 6_000 }, async (lease) => {
    await lease.save({ ...lease.value, ended: 'revoked' });
  });
  await vi.advanceTimersByTimeAsync(50);
  expect(await waiting).toMatchObject({ reason: 'revoked' });
  expect(provider.redeemed).toEqual([]);
});
