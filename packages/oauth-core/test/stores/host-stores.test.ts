import {
  AuthorizationError,
  authorizationTransactions,
  memoryStore,
  type RecordStore,
  revocationOutbox,
  StoreError,
  TokenManager,
  type TokenSet,
} from '@context-sdk/oauth-core';
import { encryptedStore } from '@context-sdk/oauth-core/encrypted';
import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';
import { CANARY } from '../support/canaries.ts';
import { freshTokens, makeClient, useTokenEndpoint } from '../support/token-endpoint.ts';

const endpoint = useTokenEndpoint();
const KEY = 'user-1/ticktick/default';
const ENCRYPTION = { current: 'k1', keys: { k1: new Uint8Array(32).fill(7) } };

/** What databases and services give at once by themselves. */
const PAGE = 1_000;

/** What a driver gives for no row, which a host without TypeScript's strict checks passes on. */
const NOTHING = null as unknown as undefined;

function givingNull(records: RecordStore): RecordStore {
  return {
    get: async (key) => (await records.get(key)) ?? NOTHING,
    compareAndSet: async (...args) => (await records.compareAndSet(...args)) ?? NOTHING,
    delete: (key, expected) => records.delete(key, expected ?? undefined),
    list: (prefix, options) => records.list(prefix, options),
    getMany: async (keys) => (await records.getMany?.(keys))?.map((record) => record ?? NOTHING) ?? [],
    schedule: () => NOTHING,
  };
}

function throwingAtOnce(): RecordStore {
  const fail = (): never => {
    throw new Error('CANARY the pool is closed');
  };
  return { get: fail, compareAndSet: fail, delete: fail, list: fail, getMany: fail };
}

const expired = (): TokenSet => ({
  accessToken: CANARY.accessToken,
  refreshToken: CANARY.refreshToken,
  obtainedAt: Date.now() - 7_200_000,
  expiresAt: Date.now() - 3_600_000,
  scopes: ['tasks:read'],
});

for (const [name, open] of [
  ['a store', (records: RecordStore) => givingNull(records)],
  ['an encrypted store', (records: RecordStore) => encryptedStore(givingNull(records), ENCRYPTION)],
] as const) {
  test(`${name} that gives null for a lost write has one process refresh at a time`, async () => {
    const records = memoryStore();
    const processes = Array.from(
      { length: 4 },
      () => new TokenManager({ client: makeClient(), store: open(records), key: KEY }),
    );
    await processes[0]?.save(expired());
    endpoint.answer = () => freshTokens();
    const tokens = await Promise.all(processes.map((tokenManager) => tokenManager.getAccessToken()));
    expect(tokens).toEqual(Array<string>(4).fill(CANARY.newAccessToken));
    expect(endpoint.requests).toHaveLength(1);
  });

  test(`${name} that gives null for no record has no connection, no sign-in and nothing to revoke`, async () => {
    const store = open(memoryStore());
    const tokenManager = new TokenManager({ client: makeClient(), store, key: KEY });
    expect(await tokenManager.status()).toMatchObject({ reason: 'never-connected' });
    const unknown = await failure(authorizationTransactions(store).take('unknown', 'browser'));
    expect(unknown).toBeInstanceOf(AuthorizationError);
    expect(unknown).toMatchObject({ reason: 'transaction-used' });
    const outbox = revocationOutbox({ store, clientOf: () => undefined });
    expect(await outbox.list()).toEqual([]);
    expect(await outbox.work()).toMatchObject({ attempts: [], waiting: 0 });
  });
}

test('a store that throws at once, rather than to reject, fails as one that rejects', async () => {
  const tokenManager = new TokenManager({ client: makeClient(), store: throwingAtOnce(), key: KEY });
  for (const call of [tokenManager.getAccessToken(), tokenManager.save(expired()), tokenManager.revoke()]) {
    const error = await failure(call);
    expect(error).toBeInstanceOf(StoreError);
    expect(String(error)).not.toContain('CANARY');
  }
  const encrypted = encryptedStore(throwingAtOnce(), ENCRYPTION);
  await expect(encrypted.delete('key')).rejects.toThrow();
  await expect(encrypted.list('')).rejects.toThrow();
});

test('a store whose backend gives pages of a thousand lists what follows them', async () => {
  const records = memoryStore();
  const paged: RecordStore = {
    ...records,
    list: async (prefix, { limit = PAGE, ...options } = {}) =>
      await records.list(prefix, { ...options, limit: Math.min(limit, PAGE) }),
  };
  const outbox = revocationOutbox({ store: paged, clientOf: () => undefined });
  for (let index = 0; index <= PAGE; index += 1) {
    const tokenSet = { ...expired(), refreshToken: `token-${index}`, grantId: `grant-${index}` };
    await outbox.add({ provider: 'ticktick', tokenSet });
  }
  expect(await outbox.list()).toHaveLength(PAGE + 1);
  const all = await records.list('');
  const encrypted = encryptedStore(paged, ENCRYPTION);
  expect(await encrypted.list('')).toEqual(all);
  expect(await encrypted.list('', { limit: PAGE })).toEqual(all.slice(0, PAGE));
  expect(await encrypted.list('', { limit: PAGE + 1 })).toEqual(all.slice(0, PAGE + 1));
});
