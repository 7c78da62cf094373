import { ConfigurationError, memoryStore, type RecordStore, StoreError } from '@context-sdk/oauth-core';
import { encryptedStore } from '@context-sdk/oauth-core/encrypted';
import { withLease } from '@context-sdk/oauth-core/store-kit';
import { expect, test } from 'vitest';
import { CANARY, expectNoSecretIn } from '../support/canaries.ts';
import { storeFailure } from '../support/store-failure.ts';

const KEYS = { old: new Uint8Array(32).fill(1), new: new Uint8Array(32).fill(2) };
const HOUR_MS = 3_600_000;

/** What the store under the encryption holds. */
async function raw(store: RecordStore, key: string): Promise<string> {
  return (await store.get(key))?.value ?? expect.fail(`no record ${key}`);
}

async function overwrite(store: RecordStore, key: string, value: string): Promise<void> {
  await store.compareAndSet(key, (await store.get(key))?.version, value);
}

function stores(): { inner: RecordStore; before: RecordStore; after: ReturnType<typeof encryptedStore> } {
  const inner = memoryStore();
  return {
    inner,
    before: encryptedStore(inner, { current: 'old', keys: { old: KEYS.old } }),
    after: encryptedStore(inner, { current: 'new', keys: KEYS }),
  };
}

test('what lies in the store shows the id of the key and nothing of the value', async () => {
  const { inner, before } = stores();
  await before.compareAndSet('key', undefined, CANARY.accessToken);
  const text = await raw(inner, 'key');
  expect(text).toMatch(/^cs1\.old\.\./);
  expectNoSecretIn(text);
  expect(await before.list('')).toEqual(['key']);
});

test('the same value looks different in every record and every write', async () => {
  const { inner, before } = stores();
  const version = await before.compareAndSet('one', undefined, 'value');
  const first = await raw(inner, 'one');
  await before.compareAndSet('one', version, 'value');
  await before.compareAndSet('two', undefined, 'value');
  expect(new Set([first, await raw(inner, 'one'), await raw(inner, 'two')]).size).toBe(3);
});

test('a key may come as bytes, in base64 or in base64url', async () => {
  const bytes = Uint8Array.from({ length: 32 }, (_, index) => 255 - index);
  const base64 = Buffer.from(bytes).toString('base64');
  const inner = memoryStore();
  const open = (key: string | Uint8Array): RecordStore =>
    encryptedStore(inner, { current: 'k', keys: { k: key } });
  await open(bytes).compareAndSet('key', undefined, 'value');
  for (const key of [base64, Buffer.from(bytes).toString('base64url')])
    expect((await open(key).get('key'))?.value).toBe('value');
});

test('a ciphertext that was moved to another record does not decrypt', async () => {
  const { inner, before } = stores();
  await before.compareAndSet('user-1', undefined, CANARY.accessToken);
  await before.compareAndSet('user-2', undefined, CANARY.newAccessToken);
  await overwrite(inner, 'user-2', await raw(inner, 'user-1'));
  const error = await storeFailure(before.get('user-2'));
  expect(error).toMatchObject({ reason: 'corrupt', retryable: false });
  expect(error.message).toContain('user-2');
});

test('no character can be changed, left out or added', async () => {
  const { inner, before } = stores();
  await before.compareAndSet('key', undefined, CANARY.accessToken, { ttlMs: HOUR_MS });
  const text = await raw(inner, 'key');
  for (let index = 0; index < text.length; index++) {
    const other = text[index] === 'A' ? 'B' : 'A';
    for (const changed of [text.slice(0, index) + other + text.slice(index + 1), text.slice(0, index)]) {
      await overwrite(inner, 'key', changed);
      expect(['corrupt', 'key-missing']).toContain((await storeFailure(before.get('key'))).reason);
    }
  }
  await overwrite(inner, 'key', `${text}AAAA`);
  expect((await storeFailure(before.get('key'))).reason).toBe('corrupt');
});

test('plain text is never taken for a value', async () => {
  const { inner, before } = stores();
  await inner.compareAndSet('key', undefined, `{"data":"${CANARY.accessToken}"}`);
  const error = await storeFailure(before.get('key'));
  expect(error).toMatchObject({ reason: 'corrupt', retryable: false });
  expect(error.message).toContain('not encrypted');
});

test('a key that is missing is named, and another key under its id is told from it', async () => {
  const { inner, before } = stores();
  await before.compareAndSet('key', undefined, CANARY.accessToken);
  const without = encryptedStore(inner, { current: 'new', keys: { new: KEYS.new } });
  const error = await storeFailure(without.get('key'));
  expect(error).toMatchObject({ reason: 'key-missing', retryable: false });
  expect(error.message).toContain('"old"');
  const impostor = encryptedStore(inner, { current: 'old', keys: { old: KEYS.new } });
  expect((await storeFailure(impostor.get('key'))).reason).toBe('corrupt');
});

test('two processes with different current keys read each other, and writes bring the newer one in', async () => {
  const { inner, after } = stores();
  const late = encryptedStore(inner, { current: 'old', keys: KEYS });
  const first = await late.compareAndSet('key', undefined, 'by the late one');
  expect((await after.get('key'))?.value).toBe('by the late one');
  await after.compareAndSet('key', first, 'by the new one');
  expect(await raw(inner, 'key')).toMatch(/^cs1\.new\./);
  expect((await late.get('key'))?.value).toBe('by the new one');
});

test('rekey encrypts every record anew, after which the old key is not needed', async () => {
  const { inner, before, after } = stores();
  for (let user = 0; user < 25; user++)
    await before.compareAndSet(`user-${user}`, undefined, `value ${user}`);
  await after.compareAndSet('user-new', undefined, 'value');
  expect(await after.rekey()).toEqual({ rewritten: 25, current: 1, failed: [] });
  expect(await after.rekey()).toEqual({ rewritten: 0, current: 26, failed: [] });
  const without = encryptedStore(inner, { current: 'new', keys: { new: KEYS.new } });
  for (let user = 0; user < 25; user++)
    expect((await without.get(`user-${user}`))?.value).toBe(`value ${user}`);
});

test('rekey goes on where it was interrupted', async () => {
  const { before, after } = stores();
  for (let user = 0; user < 6; user++) await before.compareAndSet(`user-${user}`, undefined, 'value');
  const controller = new AbortController();
  let last = '';
  const interrupted = after.rekey({
    signal: controller.signal,
    onProgress({ key, done }) {
      last = key;
      if (done === 2) controller.abort(new Error('deployment'));
    },
  });
  await expect(interrupted).rejects.toThrow('deployment');
  expect(await after.rekey({ after: last, prefix: 'user-' })).toEqual({
    rewritten: 4,
    current: 0,
    failed: [],
  });
  expect(await after.rekey()).toMatchObject({ rewritten: 0, current: 6 });
});

test('16.36: rekey is not ended by a listener that throws or rejects', async () => {
  const fails = (): never => {
    throw new Error('the log is full');
  };
  for (const onProgress of [fails, async () => fails()] as (() => unknown)[]) {
    const { before, after } = stores();
    await before.compareAndSet('user', undefined, 'value');
    expect(await after.rekey({ onProgress })).toMatchObject({ rewritten: 1, failed: [] });
  }
});

test('rekey passes over what it can not read, and tells it', async () => {
  const { inner, before, after } = stores();
  await before.compareAndSet('a', undefined, 'value');
  await inner.compareAndSet('b', undefined, CANARY.accessToken);
  await encryptedStore(inner, { current: 'lost', keys: { lost: KEYS.old } }).compareAndSet(
    'c',
    undefined,
    'value',
  );
  const { rewritten, failed } = await after.rekey();
  expect(rewritten).toBe(1);
  expect(failed.map(({ key, error }) => [key, error.reason])).toEqual([
    ['b', 'corrupt'],
    ['c', 'key-missing'],
  ]);
  expectNoSecretIn(failed);
  expect(await raw(inner, 'b')).toBe(CANARY.accessToken);
});

test('rekey rejects with what the store throws', async () => {
  const { inner, before } = stores();
  await before.compareAndSet('key', undefined, 'value');
  const broken: RecordStore = {
    ...inner,
    get: async () => {
      throw new StoreError('unavailable', 'The store is down.');
    },
  };
  const store = encryptedStore(broken, { current: 'new', keys: KEYS });
  expect((await storeFailure(store.rekey())).reason).toBe('unavailable');
});

test('rekey lets records end when they should', async () => {
  const inner = memoryStore();
  const lifetimes: (number | undefined)[] = [];
  const watched: RecordStore = {
    ...inner,
    compareAndSet: (key, expected, value, options) => {
      lifetimes.push(options?.ttlMs);
      return inner.compareAndSet(key, expected, value, options);
    },
  };
  const before = encryptedStore(watched, { current: 'old', keys: KEYS });
  await before.compareAndSet('ends', undefined, 'value', { ttlMs: 600_000 });
  await before.compareAndSet('lasts', undefined, 'value');
  await encryptedStore(watched, { current: 'new', keys: KEYS }).rekey();
  expect(lifetimes).toEqual([600_000, undefined, 600_000, undefined]);
});

test('rekey overwrites nothing that was written, and brings back nothing that was deleted, meanwhile', async () => {
  const { inner, before } = stores();
  await before.compareAndSet('written', undefined, 'earlier');
  await before.compareAndSet('deleted', undefined, 'value');
  const raced: RecordStore = {
    ...inner,
    async compareAndSet(key, expected, value, options) {
      if (key === 'deleted') await inner.delete(key);
      else if (expected === first) await before.compareAndSet(key, first, 'later');
      return inner.compareAndSet(key, expected, value, options);
    },
  };
  const first = (await inner.get('written'))?.version;
  const store = encryptedStore(raced, { current: 'new', keys: KEYS });
  expect(await store.rekey()).toEqual({ rewritten: 1, current: 0, failed: [] });
  expect((await store.get('written'))?.value).toBe('later');
  expect(await store.get('deleted')).toBeUndefined();
});

test('rekey in the middle of a lease does not disturb its holder', async () => {
  const { inner, after } = stores();
  const before = encryptedStore(inner, { current: 'old', keys: KEYS });
  await withLease<string, void>(before, 'key', { ttlMs: 10_000 }, (lease) => lease.save('earlier'));
  await withLease<string, void>(before, 'key', { ttlMs: 10_000 }, async (lease) => {
    expect((await after.rekey()).rewritten).toBe(1);
    await lease.save("the holder's");
  });
  expect(await raw(inner, 'key')).toMatch(/^cs1\.old\./);
  expect((await after.rekey()).rewritten).toBe(1);
  await withLease<string, void>(after, 'key', { ttlMs: 10_000 }, async (lease) => {
    expect(lease.value).toBe("the holder's");
    expect(lease.takenOver).toBe(false);
  });
});

test('rekey leaves the mark of a holder that died, so that the next one knows', async () => {
  const { inner, after } = stores();
  const before = encryptedStore(inner, { current: 'old', keys: KEYS });
  let isDead = false;
  const dying: RecordStore = {
    get: (key) => before.get(key),
    compareAndSet: (...all) => (isDead ? Promise.reject(new Error('dead')) : before.compareAndSet(...all)),
    delete: (...all) => before.delete(...all),
    list: (...all) => before.list(...all),
  };
  await withLease<string, void>(dying, 'key', { ttlMs: 50 }, (lease) => lease.save('value'));
  await withLease<string, void>(dying, 'key', { ttlMs: 50 }, async () => void (isDead = true));
  expect((await after.rekey()).rewritten).toBe(1);
  await withLease<string, void>(after, 'key', { ttlMs: 50 }, async (lease) => {
    expect(lease).toMatchObject({ value: 'value', takenOver: true });
  });
});

test('keys that can not work are refused at once, and not shown', () => {
  const secret = Buffer.from(CANARY.clientSecret).toString('base64');
  const inner = memoryStore();
  const wrong: [Parameters<typeof encryptedStore>[1], string][] = [
    [{ current: 'a', keys: {} }, 'current'],
    [{ current: 'b', keys: { a: KEYS.old } }, 'current'],
    [{ current: 'a', keys: { a: secret } }, '"a"'],
    [{ current: 'a', keys: { a: 'ä'.repeat(32) } }, '"a"'],
    [{ current: 'a', keys: { a: new Uint8Array(16) } }, '32 bytes'],
    [{ current: 'a.b', keys: { 'a.b': KEYS.old } }, 'id'],
  ];
  for (const [options, text] of wrong) {
    try {
      encryptedStore(inner, options);
      expect.fail('it was accepted');
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigurationError);
      expectNoSecretIn(error, secret);
      expect(String(error)).toContain(text);
    }
  }
});

test('logging an encrypted store shows no key', () => {
  const { after } = stores();
  expectNoSecretIn(after, String(KEYS.new), '2, 2, 2');
});
