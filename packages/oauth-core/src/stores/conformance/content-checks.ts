import assert from 'node:assert/strict';
import { type Check, create, write } from './check.ts';

const LONGEST_KEY = 'k'.repeat(512);
const LONGEST_EMOJI_KEY = '😀'.repeat(128);
const ODD_KEYS: readonly string[] = [
  LONGEST_KEY,
  `${'k'.repeat(511)}K`,
  LONGEST_EMOJI_KEY,
  '__proto__',
  'constructor',
  '..',
  '../../etc/passwd',
  '/',
  '/absolute',
  'a/../b',
  'a/b',
  'a//b',
  'A/B',
  '.',
  ' ',
  ' a/b',
  'CON',
  'a:b*c?d|e<f>g',
  `quotes ' " \` and \\`,
  "'; DROP TABLE records; --",
  '{tag}key',
  'NUL \0 inside',
  'NUL \0 inside too',
  'line\nbreak\r\ttab',
  '\uFEFFmark',
  'mark',
  'é',
  'e\u0301',
  '%2e%2e%2f',
  '한국어 日本語 עברית',
];
const MEGABYTE = 1024 * 1024;

/** What keys and values may be. */
export const contentChecks: readonly Check[] = [
  {
    name: 'keys are any text up to 512 bytes, and no two of them meet',
    async run({ store, other }) {
      for (const key of ODD_KEYS) await create(store, key, `value of ${key}`);
      for (const key of ODD_KEYS) assert.equal((await other.get(key))?.value, `value of ${key}`);
      const listed = await store.list('');
      assert.deepEqual(listed.toSorted(), ODD_KEYS.toSorted());
      for (const key of ODD_KEYS) assert.equal(await store.delete(key), true);
      assert.deepEqual(await store.list(''), []);
    },
  },
  {
    name: 'a key that is empty, too long or not well-formed is refused by name',
    async run({ store }) {
      for (const key of ['', `${LONGEST_KEY}k`, `${LONGEST_EMOJI_KEY}k`, 'half \uD83D']) {
        const refusal = { name: 'ConfigurationError', message: /key/ };
        await assert.rejects(store.get(key), refusal);
        await assert.rejects(store.compareAndSet(key, undefined, 'value'), refusal);
        await assert.rejects(store.delete(key), refusal);
      }
    },
  },
  {
    name: 'an empty value is a record',
    async run({ store }) {
      const version = await create(store, 'key', '');
      assert.deepEqual({ ...(await store.get('key')) }, { value: '', version });
      assert.equal(await store.compareAndSet('key', undefined, 'other'), undefined);
      assert.deepEqual(await store.list(''), ['key']);
      assert.equal(await store.delete('key'), true);
    },
  },
  {
    name: 'values come back character by character',
    async run({ store }) {
      const value =
        'quotes \' " \\ NUL \0 line\r\nbreak \uFEFF emoji 👩‍👩‍👧 combining e\u0301 한국어 \u2028 %s $1 {}';
      await create(store, 'key', value);
      assert.equal((await store.get('key'))?.value, value);
    },
  },
  {
    name: 'values of a megabyte are stored and replaced whole',
    async run({ store, other }) {
      const large = 'é'.repeat(MEGABYTE / 2);
      const version = await create(store, 'key', large);
      assert.ok((await other.get('key'))?.value === large, 'the large value came back changed');
      await write(store, 'key', version, 'small');
      assert.equal((await other.get('key'))?.value, 'small');
    },
  },
];
