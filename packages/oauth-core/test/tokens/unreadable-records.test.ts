import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  memoryStore,
  type RecordStore,
  type StoreError,
  TokenManager,
  type TokenSet,
} from '@context-sdk/oauth-core';
import { encryptedStore } from '@context-sdk/oauth-core/encrypted';
import { fileStore } from '@context-sdk/oauth-core/file';
import { failure } from '@context-sdk/test-support';
import { afterEach, describe, expect, test } from 'vitest';
import { newPlace, SHARED_STORES, type SharedPlace } from '../support/shared-stores.ts';
import { makeClient, useTokenEndpoint } from '../support/token-endpoint.ts';

useTokenEndpoint();
const KEY = 'token/user-1/ticktick/default';
const OTHER = 'token/user-2/ticktick/default';
const places: SharedPlace[] = [];

afterEach(async () => {
  for (const place of places.splice(0)) await place.remove();
});

function tokens(accessToken: string): TokenSet {
  return { accessToken, obtainedAt: Date.now(), expiresAt: Date.now() + 3_600_000, scopes: [] };
}

/** Each time as a process of its own would see it. */
function managerOf(store: RecordStore, key = KEY): TokenManager {
  return new TokenManager({ client: makeClient(), store: { ...viewOf(store) }, key });
}

function viewOf(store: RecordStore): RecordStore {
  return {
    get: (key) => store.get(key),
    compareAndSet: (...parameters) => store.compareAndSet(...parameters),
    delete: (...parameters) => store.delete(...parameters),
    list: (...parameters) => store.list(...parameters),
  };
}

/** Ways in which a record can be something else than what was written. */
const DAMAGES: Record<string, (value: string) => string> = {
  empty: () => '',
  'cut short': (value) => value.slice(0, value.length / 2),
  'not JSON': () => 'what',
  'other JSON': () => '{"data":{}}',
  'without a token set': () => '{"data":{"grantId":"a","jitter":0}}',
  'with scopes that are no list': (value) => value.replace('"scopes":[]', '"scopes":"a b"'),
  'with a time that is none': (value) => value.replace(/"obtainedAt":\d+/, '"obtainedAt":"yesterday"'),
  'of a newer version': (value) => value.replace('"v":1', '"v":2'),
};

async function damage(store: RecordStore, change: (value: string) => string): Promise<void> {
  const record = await store.get(KEY);
  await store.compareAndSet(KEY, record?.version, change(record?.value ?? ''));
}

const KINDS = [
  { kind: 'memory', isThere: true, note: '', open: async (): Promise<RecordStore> => memoryStore() },
  ...SHARED_STORES.map(({ kind, service }) => ({
    kind,
    ...service,
    open: async (): Promise<RecordStore> => {
      const place = await newPlace(kind);
      places.push(place);
      return await place.open();
    },
  })),
];

describe.each(KINDS)('$kind$note', ({ open, isThere }) => {
  describe.skipIf(!isThere).each(Object.entries(DAMAGES))('16.15: a record that is %s', (_, change) => {
    test('is told as corrupt, until the user signs in again; others notice nothing', async () => {
      const store = await open();
      await managerOf(store).save(tokens('before'));
      await managerOf(store, OTHER).save(tokens('of-another'));
      await damage(store, change);
      const corrupt = { name: 'StoreError', reason: 'corrupt' };
      expect(await failure(managerOf(store).getAccessToken())).toMatchObject(corrupt);
      expect(await failure(managerOf(store).status())).toMatchObject(corrupt);
      expect(await managerOf(store, OTHER).getAccessToken()).toBe('of-another');
      await managerOf(store).save(tokens('after'));
      expect(await managerOf(store).getAccessToken()).toBe('after');
    });

    test('can be ended', async () => {
      const store = await open();
      await managerOf(store).save(tokens('before'));
      await damage(store, change);
      await managerOf(store).revoke();
      expect(await store.get(KEY)).toBeUndefined();
    });
  });
});

const KEYS = { old: new Uint8Array(32).fill(1), new: new Uint8Array(32).fill(2) };

test('16.15: a record whose key is gone is replaced by a sign-in, and deleted by an end', async () => {
  const inner = memoryStore();
  const before = encryptedStore(inner, { current: 'old', keys: { old: KEYS.old } });
  const after = encryptedStore(inner, { current: 'new', keys: { new: KEYS.new } });
  await managerOf(before).save(tokens('before'));
  expect(await failure(managerOf(after).getAccessToken())).toMatchObject({ reason: 'key-missing' });
  await managerOf(after).save(tokens('after'));
  expect(await managerOf(after).getAccessToken()).toBe('after');
  await managerOf(before).revoke();
  expect(await inner.get(KEY)).toBeUndefined();
});

test('16.15: a file that is not one of ours costs no other record, and can be deleted', async () => {
  const place = await newPlace('file');
  places.push(place);
  const skipped: StoreError[] = [];
  const store = fileStore(place.location, { onUnreadable: (error) => skipped.push(error) });
  await store.compareAndSet('good', undefined, 'value');
  for (const [key, text] of [
    ['empty', ''],
    ['odd', '{"key":"another"}'],
  ] as const) {
    const folders = new Set(await readdir(place.location));
    await store.compareAndSet(key, undefined, 'secret-value');
    const folder =
      (await readdir(place.location)).find((name) => !folders.has(name) && name !== '.tmp') ?? '';
    await writeFile(join(place.location, folder, '1.json'), text);
    expect(await failure(store.get(key))).toMatchObject({ reason: 'corrupt' });
  }
  expect(await store.list('')).toEqual(['good']);
  expect(skipped).toHaveLength(2);
  expect(await failure(store.compareAndSet('empty', undefined, 'x'))).toMatchObject({ reason: 'corrupt' });
  expect(await store.delete('empty')).toBe(true);
  expect(await store.compareAndSet('empty', undefined, 'again')).toBeDefined();
  expect(await store.list('')).toEqual(['empty', 'good']);
  await managerOf(store, 'odd').save(tokens('after'));
  expect(await managerOf(store, 'odd').getAccessToken()).toBe('after');
});

test.each([
  ['scopes', { scopes: 'a b' }],
  ['scopes', { scopes: undefined }],
  ['obtainedAt', { obtainedAt: '2026-01-01' }],
  ['expiresAt', { expiresAt: Number.NaN }],
  ['refreshToken', { refreshToken: '' }],
  ['accessToken', { accessToken: 'two words' }],
])('16.38: a token set whose %s can’t be right is refused by name', async (name, fields) => {
  const store = memoryStore();
  const wrong = { ...tokens('access'), ...fields } as unknown as TokenSet;
  expect(await failure(managerOf(store).save(wrong))).toMatchObject({
    code: 'configuration',
    message: expect.stringContaining(`tokenSet.${name}`),
  });
  expect(await store.get(KEY)).toBeUndefined();
});
