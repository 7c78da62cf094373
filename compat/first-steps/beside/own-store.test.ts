// openid-client leaves it to its user to keep tokens, so nothing of it is imported: the port, a store, and a test for each promise of
// the port are the user's. The promises are those that storeConformance of @context-sdk/oauth-core/testing tries.
import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';

interface Stored {
  value: string;
  version: string;
}

interface TokenStore {
  get(key: string): Promise<Stored | undefined>;
  /** Writes if the record has this version (`undefined`: if there is none), and returns the new version. */
  compareAndSet(
    key: string,
    expected: string | undefined,
    value: string,
    ttlMs?: number,
  ): Promise<string | undefined>;
  delete(key: string, expected?: string): Promise<boolean>;
  /** Keys in the order of code points. */
  list(prefix: string, options?: { after?: string; limit?: number }): Promise<string[]>;
}

function checkKey(key: string): void {
  if (key === '' || Buffer.byteLength(key) > 512 || !key.isWellFormed()) throw new RangeError('Not a key.');
}

/** UTF-8 has the order of code points, which JavaScript's strings don't have. */
const byCodePoints = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other));

function mapStore(): TokenStore {
  const rows = new Map<string, Stored & { expiresAt: number }>();
  const read = (key: string) => {
    const row = rows.get(key);
    return row !== undefined && row.expiresAt > Date.now() ? row : undefined;
  };
  return {
    async get(key) {
      checkKey(key);
      const row = read(key);
      return row && { value: row.value, version: row.version };
    },
    async compareAndSet(key, expected, value, ttlMs) {
      checkKey(key);
      if (ttlMs !== undefined && !(ttlMs > 0 && Number.isFinite(ttlMs))) throw new RangeError('Not a ttlMs.');
      if (read(key)?.version !== expected) return undefined;
      const version = crypto.randomUUID();
      rows.set(key, { value, version, expiresAt: Date.now() + (ttlMs ?? Number.POSITIVE_INFINITY) });
      return version;
    },
    async delete(key, expected) {
      checkKey(key);
      const row = read(key);
      if (row === undefined || (expected ?? row.version) !== row.version) return false;
      return rows.delete(key);
    },
    async list(prefix, { after = '', limit = Number.MAX_SAFE_INTEGER } = {}) {
      if (!Number.isInteger(limit) || limit < 1) throw new RangeError('Not a limit.');
      const keys = [...rows.keys()].filter((key) => key.startsWith(prefix) && read(key));
      return keys
        .filter((key) => byCodePoints(key, after) > 0)
        .toSorted(byCodePoints)
        .slice(0, limit);
    },
  };
}

let store: TokenStore;
beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['Date'], now: Date.now() });
  store = mapStore();
});

async function write(key: string, expected: string | undefined, value: string, ttlMs?: number) {
  const version = await store.compareAndSet(key, expected, value, ttlMs);
  assert.ok(version !== undefined, 'The write lost.');
  return version;
}
const create = (key: string, value = 'value', ttlMs?: number) => write(key, undefined, value, ttlMs);

const PROMISES: Record<string, () => Promise<void>> = {
  async 'a record reads back with the version that its write gave'() {
    assert.equal(await store.get('absent'), undefined);
    const version = await create('key');
    assert.deepEqual(await store.get('key'), { value: 'value', version });
  },
  async 'a write at the current version wins, at another one or as a creation it loses'() {
    const first = await create('key', 'same');
    const second = await write('key', first, 'same');
    assert.notEqual(second, first);
    for (const version of [undefined, first, '', 'no-such-version'])
      assert.equal(await store.compareAndSet('key', version, 'late'), undefined);
    assert.deepEqual(await store.get('key'), { value: 'same', version: second });
  },
  async 'a write at a version creates nothing'() {
    const version = await create('key');
    for (const other of [version, 'no-such-version'])
      assert.equal(await store.compareAndSet('other', other, 'value'), undefined);
    assert.equal(await store.get('other'), undefined);
  },
  async 'records are independent of one another'() {
    const version = await create('one', '1');
    await create('two', '2');
    await write('one', version, '1 again');
    assert.equal((await store.get('two'))?.value, '2');
  },
  async 'of 100 that write at once, exactly one wins'() {
    for (const expected of [undefined, await create('existing')]) {
      const key = expected === undefined ? 'new' : 'existing';
      const racers = Array.from({ length: 100 }, async (_, index) => {
        const value = `racer ${index}`;
        const version = await store.compareAndSet(key, expected, value);
        return version === undefined ? [] : [{ value, version }];
      });
      const winners = (await Promise.all(racers)).flat();
      assert.equal(winners.length, 1);
      assert.deepEqual(await store.get(key), winners[0]);
    }
  },
  async 'of 20 that delete one version at once, exactly one does'() {
    const version = await create('key');
    const deletes = await Promise.all(Array.from({ length: 20 }, () => store.delete('key', version)));
    assert.equal(deletes.filter(Boolean).length, 1);
  },
  async 'a counter loses no update'() {
    await create('counter', '0');
    const increase = async () => {
      for (let done = 0; done < 10;) {
        const { value, version } = (await store.get('counter')) ?? assert.fail('The counter is gone.');
        if ((await store.compareAndSet('counter', version, String(Number(value) + 1))) !== undefined)
          done += 1;
      }
    };
    await Promise.all(Array.from({ length: 8 }, increase));
    assert.equal((await store.get('counter'))?.value, '80');
  },
  async 'whoever creates a record has it alone until it deletes it'() {
    let times = 0;
    const own = async (owner: number) => {
      for (let round = 0; round < 10; round += 1) {
        const value = `owner ${owner} in round ${round}`;
        const version = await store.compareAndSet('owned', undefined, value);
        if (version === undefined) continue;
        assert.deepEqual(await store.get('owned'), { value, version });
        assert.equal(await store.delete('owned', version), true);
        times += 1;
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, owner) => own(owner)));
    assert.ok(times > 0);
    assert.equal(await store.get('owned'), undefined);
  },
  async 'delete removes the record, at a version only that one, and says so'() {
    assert.equal(await store.delete('absent'), false);
    assert.equal(await store.delete('absent', 'no-such-version'), false);
    const first = await create('key');
    const second = await write('key', first, 'second');
    assert.equal(await store.delete('key', first), false);
    assert.equal(await store.delete('key', second), true);
    await create('key');
    assert.equal(await store.delete('key'), true);
    assert.equal(await store.delete('key'), false);
  },
  async 'versions never repeat, and an old one is of no use after a delete'() {
    const versions = new Set<string>();
    for (let round = 0; round < 12; round += 1) {
      const created = await create('key');
      const written = await write('key', created, 'value');
      for (const version of versions) {
        assert.equal(await store.compareAndSet('key', version, 'late'), undefined);
        assert.equal(await store.delete('key', version), false);
      }
      versions.add(created).add(written);
      await store.delete('key');
      assert.equal(await store.compareAndSet('key', written, 'late'), undefined);
    }
    assert.equal(versions.size, 24);
  },
  async 'a record ends with its TTL, and its version with it'() {
    const old = await create('short', 'old', 20);
    await create('long', 'value', 60_000);
    mock.timers.tick(45);
    assert.equal(await store.get('short'), undefined);
    assert.deepEqual(await store.list(''), ['long']);
    assert.equal(await store.compareAndSet('short', old, 'late'), undefined);
    assert.equal(await store.delete('short', old), false);
    assert.equal(await store.delete('short'), false);
    assert.notEqual(await create('short', 'new'), old);
    assert.equal(await store.compareAndSet('short', old, 'later'), undefined);
    assert.equal((await store.get('short'))?.value, 'new');
  },
  async 'a write replaces the TTL of the one before, or clears it'() {
    await write('cleared', await create('cleared', 'ends', 20), 'lasts');
    await write('shortened', await create('shortened', 'value', 60_000), 'value', 20);
    await write('ended', await create('ended'), 'value', 20);
    mock.timers.tick(45);
    assert.deepEqual(await store.list(''), ['cleared']);
  },
  async 'what is no TTL, no limit or no key is refused'() {
    for (const ttlMs of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      await assert.rejects(store.compareAndSet('key', undefined, 'value', ttlMs), /ttlMs/);
    for (const limit of [0, -1, 1.5, Number.NaN]) await assert.rejects(store.list('', { limit }), /limit/);
    for (const key of ['', 'k'.repeat(513), `${'😀'.repeat(128)}k`, 'half \uD83D']) {
      await assert.rejects(store.get(key), /key/);
      await assert.rejects(store.compareAndSet(key, undefined, 'value'), /key/);
      await assert.rejects(store.delete(key), /key/);
    }
    assert.deepEqual(await store.list(''), []);
  },
  async 'list gives the keys under a prefix in the order of code points, page by page'() {
    assert.deepEqual(await store.list(''), []);
    const letters = ['A', 'B', '_', 'a', 'ab', 'b', 'z', '~', 'Ä', 'é', '한', '\uFFFD', '😀'];
    for (const key of [...letters.toReversed(), 'gone']) await create(key);
    await store.delete('gone');
    assert.deepEqual(await store.list(''), letters);
    for (const key of ['k/c', 'k/a', 'k/b']) await create(key);
    assert.deepEqual(await store.list('k/', { limit: 2 }), ['k/a', 'k/b']);
    assert.deepEqual(await store.list('k/', { limit: 2, after: 'k/b' }), ['k/c']);
    assert.deepEqual(await store.list('k/', { after: 'k/bb' }), ['k/c']);
    assert.deepEqual(await store.list('k/', { after: 'a' }), ['k/a', 'k/b', 'k/c']);
    assert.deepEqual(await store.list('k/', { after: 'z' }), []);
  },
  async 'patterns of databases stand for themselves in a prefix'() {
    const special = ['%', '_', '*', '?', '[a]', '\\', "'", '"', '^', '$', '{a}', '.'];
    for (const character of [...special, 'a', 'aa']) await create(`${character}/key`);
    for (const character of special)
      assert.deepEqual(await store.list(`${character}/`), [`${character}/key`]);
  },
  async 'keys are any text up to 512 bytes'() {
    const keys = ['k'.repeat(512), `${'k'.repeat(511)}K`, '😀'.repeat(128), '__proto__', 'constructor', '..'];
    keys.push('../../etc/passwd', '/', 'a/../b', 'a/b', 'a//b', 'A/B', ' ', 'CON', '{tag}key');
    keys.push(`quotes ' " \` and \\`, "'; DROP TABLE records; --", 'NUL \0 inside', 'line\nbreak\r\ttab');
    keys.push('a:b*c?d|e<f>g', '\uFEFFmark', 'mark', 'é', 'e\u0301', '%2e%2e%2f', '한국어 日本語 עברית');
    for (const key of keys) await create(key, `value of ${key}`);
    for (const key of keys) assert.equal((await store.get(key))?.value, `value of ${key}`);
    assert.deepEqual((await store.list('')).toSorted(), keys.toSorted());
  },
  async 'values come back as they were, empty and large ones, too'() {
    const odd = 'quotes \' " \\ NUL \0 line\r\nbreak \uFEFF 👩‍👩‍👧 e\u0301 한국어 \u2028 %s $1 {}';
    for (const [index, value] of ['', 'é'.repeat(524_288), odd].entries()) {
      const version = await create(`key ${index}`, value);
      assert.deepEqual(await store.get(`key ${index}`), { value, version });
    }
    assert.equal(await store.compareAndSet('key 0', undefined, 'other'), undefined);
  },
};

for (const [name, run] of Object.entries(PROMISES)) void test(name, run);
