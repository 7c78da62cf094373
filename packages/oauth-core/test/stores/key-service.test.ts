import { ConfigurationError, memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { encryptedStore, type EncryptionKeys } from '@context-sdk/oauth-core/encrypted';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { storeFailure } from '../support/store-failure.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

afterEach(() => void vi.restoreAllMocks());

/** A key service with keys by name: what it wraps is the data key in disguise, with the name of the key. */
class Kms {
  readonly calls: string[] = [];
  readonly lost = new Set<string>();
  isAway = false;
  key = 'k1';

  readonly wrap = async (dataKey: Uint8Array): Promise<Uint8Array> => {
    this.#ask('wrap');
    return new TextEncoder().encode(`${this.key} ${[...dataKey].map((byte) => byte ^ 0x5a).join(' ')}`);
  };

  readonly unwrap = async (wrapped: Uint8Array | string): Promise<Uint8Array | undefined> => {
    this.#ask('unwrap');
    const [key = '', ...bytes] = new TextDecoder().decode(wrapped as Uint8Array).split(' ');
    return this.lost.has(key) ? undefined : Uint8Array.from(bytes, (byte) => Number(byte) ^ 0x5a);
  };

  #ask(what: string): void {
    this.calls.push(what);
    if (!this.isAway) return;
    throw Object.assign(new Error('arn:aws:kms:eu-west-1:123456789012:key/secret'), {
      name: 'ThrottlingException',
    });
  }
}

function open(inner: RecordStore, kms: Kms, options: Partial<EncryptionKeys> = {}) {
  const { wrap, unwrap } = kms;
  return encryptedStore(inner, { current: 'kms-2026', wrap, unwrap, ...options });
}

/** Lets time pass on the monotonic clock. */
function passing(): (ms: number) => void {
  let now = performance.now();
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  return (ms) => void (now += ms);
}

async function write(store: RecordStore, ...names: string[]): Promise<void> {
  for (const name of names) await store.compareAndSet(name, undefined, `value of ${name}`);
}

test('16.27: values are encrypted with data keys that the key service wraps once a day', async () => {
  const [inner, kms, pass] = [memoryStore(), new Kms(), passing()];
  const store = open(inner, kms);
  await Promise.all(['a', 'b', 'c'].map((name) => write(store, name)));
  expect(kms.calls).toEqual(['wrap']);
  const texts = await Promise.all(['a', 'b', 'c'].map(async (name) => (await inner.get(name))?.value ?? ''));
  for (const text of texts) expect(text).toMatch(/^cs2\.kms-2026\.\.[^.]+\.[^.]+\.[^.]+$/);
  expect(texts.join()).not.toContain('value');
  pass(DAY - 1);
  await write(store, 'd');
  expect(kms.calls).toEqual(['wrap']);
  pass(1);
  await write(store, 'e');
  expect(kms.calls).toEqual(['wrap', 'wrap']);
});

test('16.27: another process asks once for each data key, and once more after an hour', async () => {
  const [inner, kms, pass] = [memoryStore(), new Kms(), passing()];
  await write(open(inner, kms), 'a', 'b');
  await write(open(inner, kms), 'c');
  kms.calls.length = 0;
  const reader = open(inner, kms);
  const read = async (): Promise<(string | undefined)[]> =>
    await Promise.all(['a', 'b', 'c'].map(async (name) => (await reader.get(name))?.value));
  expect(await read()).toEqual(['value of a', 'value of b', 'value of c']);
  await read();
  expect(kms.calls).toEqual(['unwrap', 'unwrap']);
  pass(HOUR);
  await read();
  expect(kms.calls).toHaveLength(4);
});

test('16.27: the cache is bounded', async () => {
  const [inner, kms] = [memoryStore(), new Kms()];
  for (const name of ['a', 'b', 'c']) await write(open(inner, kms), name);
  const reader = open(inner, kms, { maxCachedKeys: 2 });
  kms.calls.length = 0;
  for (const name of ['a', 'b', 'c', 'c', 'b', 'a']) await reader.get(name);
  expect(kms.calls).toHaveLength(4);
});

describe('16.27: while the key service is away', () => {
  test('what is in memory is read and written; the rest fails as unavailable, and shows nothing', async () => {
    const [inner, kms, pass] = [memoryStore(), new Kms(), passing()];
    const [store, other] = [open(inner, kms), open(inner, kms)];
    await write(store, 'a');
    await write(other, 'b');
    await store.get('a');
    kms.isAway = true;
    await write(store, 'c');
    expect((await store.get('a'))?.value).toBe('value of a');
    const failures = [
      await storeFailure(store.get('b')),
      await storeFailure(open(inner, kms).compareAndSet('d', undefined, 'x')),
    ];
    for (const error of failures) {
      expect(error).toMatchObject({ reason: 'unavailable', retryable: true });
      expect(error.message).toContain('(ThrottlingException)');
      expect(String(error.stack)).not.toContain('arn:');
      expect(error.cause).toBeUndefined();
    }
    kms.calls.length = 0;
    for (let again = 0; again < 5; again += 1) await storeFailure(store.get('b'));
    expect(kms.calls).toEqual([]);
    kms.isAway = false;
    pass(5_000);
    expect((await store.get('b'))?.value).toBe('value of b');
  });

  test('one that never answers is given up after ten seconds', async () => {
    vi.useFakeTimers();
    const never = (): Promise<never> => new Promise(() => undefined);
    const store = encryptedStore(memoryStore(), { current: 'kms', wrap: never, unwrap: never });
    const failed = storeFailure(store.compareAndSet('a', undefined, 'x'));
    await vi.advanceTimersByTimeAsync(10_100);
    expect(await failed).toMatchObject({ reason: 'unavailable' });
    vi.useRealTimers();
  });
});

test('16.27: a key that is lost takes only its own records, which can be deleted and replaced', async () => {
  const [inner, kms] = [memoryStore(), new Kms()];
  await write(open(inner, kms), 'a');
  kms.key = 'k2';
  const store = open(inner, kms);
  await write(store, 'b');
  kms.lost.add('k1');
  const reader = open(inner, kms);
  expect(await storeFailure(reader.get('a'))).toMatchObject({ reason: 'key-missing', retryable: false });
  expect((await reader.get('b'))?.value).toBe('value of b');
  const { rewritten, failed } = await open(inner, kms, { current: 'kms-2027' }).rekey();
  expect({ rewritten, failed: failed.map(({ key, error }) => [key, error.reason]) }).toEqual({
    rewritten: 1,
    failed: [['a', 'key-missing']],
  });
  expect(await reader.delete('a')).toBe(true);
  await write(reader, 'a');
});

test('16.27: from keys of the host’s own to a key service, and back', async () => {
  const [inner, kms] = [memoryStore(), new Kms()];
  const keys = { own: new Uint8Array(32).fill(7) };
  await write(encryptedStore(inner, { current: 'own', keys }), 'a');
  const wrapped = open(inner, kms, { keys });
  expect((await wrapped.get('a'))?.value).toBe('value of a');
  expect(await wrapped.rekey()).toMatchObject({ rewritten: 1, failed: [] });
  expect((await inner.get('a'))?.value).toMatch(/^cs2\.kms-2026\./);
  const back = encryptedStore(inner, { current: 'own', keys, unwrap: kms.unwrap });
  expect(await back.rekey()).toMatchObject({ rewritten: 1, failed: [] });
  expect((await encryptedStore(inner, { current: 'own', keys }).get('a'))?.value).toBe('value of a');
});

test('16.27: a wrapped key of another record, or a changed one, opens nothing', async () => {
  const [inner, kms] = [memoryStore(), new Kms()];
  await write(open(inner, kms), 'a');
  await write(open(inner, kms), 'b');
  const [a, b] = [(await inner.get('a'))?.value ?? '', (await inner.get('b'))?.value ?? ''];
  const [parts, others] = [a.split('.'), b.split('.')];
  const forged = [...parts.slice(0, 3), others[3], ...parts.slice(4)].join('.');
  await inner.compareAndSet('a', (await inner.get('a'))?.version, forged);
  await inner.compareAndSet('c', undefined, b);
  const reader = open(inner, kms);
  expect((await storeFailure(reader.get('a'))).reason).toBe('corrupt');
  expect((await storeFailure(reader.get('c'))).reason).toBe('corrupt');
});

test('16.27: wrapped keys may be texts, as Vault gives them', async () => {
  const inner = memoryStore();
  const seen: unknown[] = [];
  const service = {
    wrap: async (dataKey: Uint8Array) => `vault:v1:${Buffer.from(dataKey).toString('base64')}`,
    unwrap: async (wrapped: Uint8Array | string, keyId: string) => {
      seen.push([wrapped, keyId]);
      return Buffer.from(String(wrapped).slice('vault:v1:'.length), 'base64');
    },
  };
  await write(encryptedStore(inner, { current: 'vault', ...service }), 'a');
  expect((await encryptedStore(inner, { current: 'vault', ...service }).get('a'))?.value).toBe('value of a');
  expect(seen).toEqual([[expect.stringMatching(/^vault:v1:/), 'vault']]);
});

test.each<[string, Record<string, unknown>, string]>([
  ['wrap without unwrap', { unwrap: undefined }, 'unwrap'],
  ['a key of keys as current', { keys: { 'kms-2026': new Uint8Array(32) } }, 'current'],
  ['a name with spaces', { current: 'my key' }, 'current'],
  ['no time at all', { dataKeyMs: 0 }, 'dataKeyMs'],
  ['a misspelt option', { unwarp: () => undefined }, 'unwrap'],
  ['wrap that is no function', { wrap: 'kms' }, 'wrap'],
])('16.27: %s is refused by name', (_case, options, name) => {
  const build = (): unknown => open(memoryStore(), new Kms(), options);
  expect(build).toThrow(ConfigurationError);
  expect(build).toThrow(name);
});

test('16.27: a service that wraps into nothing is the host’s fault, and is told so', async () => {
  const kms = new Kms();
  const store = open(memoryStore(), kms, { wrap: async () => new Uint8Array() });
  await expect(store.compareAndSet('a', undefined, 'x')).rejects.toThrow(ConfigurationError);
  const odd = open(memoryStore(), kms, { unwrap: async () => new Uint8Array(3) });
  await write(odd, 'a');
  await expect(odd.get('a')).rejects.toMatchObject({ reason: 'key-missing' });
});
