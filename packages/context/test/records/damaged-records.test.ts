import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryStore } from '@context-sdk/oauth-core';
import { describe, expect, test } from 'vitest';
import { damage, DAMAGES, expectDisconnect, expectHealing, noteOn, plain, STORES } from './damage.ts';
import { BRIEF_KINDS, LASTING_KINDS, OTHER_KINDS, startWithRecords } from './every-record.ts';

const WAYS = Object.keys(DAMAGES);
const KINDS = [...BRIEF_KINDS, ...LASTING_KINDS].toSorted();

describe('16.15: kinds of records', () => {
  test('each kind in the sources is in the table, so that the tests below damage it', () => {
    const files = ['../../src/records/keys.ts', '../../../oauth-core/src/tokens/outbox/outbox-records.ts'];
    const text = files.map((file) => readFileSync(join(import.meta.dirname, file), 'utf8')).join('\n');
    const kinds = [...text.matchAll(/['`]([a-z]+(?:-[a-z]+)*)\//g)].map(([, kind = '']) => kind);
    expect([...new Set(kinds)].toSorted()).toEqual([...KINDS, ...Object.keys(OTHER_KINDS)].toSorted());
  });

  test('each is made by the tests below, and doctor finds each of them if it is damaged', async () => {
    const store = memoryStore();
    const { context } = await startWithRecords(store);
    const keys = await store.list('');
    const made = new Set(keys.map((key) => key.split('/')[0] ?? ''));
    expect([...made].toSorted().filter((kind) => !(kind in OTHER_KINDS))).toEqual(KINDS);
    for (const key of keys) await damage(plain(store), key, 'replaced by other JSON');
    const { findings } = await context.doctor();
    // A pause is its TTL: what it holds is of no use to anybody.
    const found = new Set(findings.map(({ kind }) => kind));
    expect(KINDS.filter((kind) => !found.has(kind))).toEqual(['revocation-pause']);
  });
});

describe('16.15: damaged records', () => {
  // All stores × all ways × each kind alone are in damaged-records.soak.ts.
  test('each kind in another way: others go on, and the user heals by signing in again', async () => {
    await expectHealing('memory', WAYS, { atOnce: 4 });
  });

  test.each([
    ['file', 'emptied'],
    ['sqlite', 'cut in half'],
    ['encrypted', 'encrypted with a key that is gone'],
  ])('in the store %s, %s', async (name, how) => {
    await expectHealing(name, [how], { only: ['connection'] });
  });

  test.skipIf(noteOn('redis') !== '')(`in Redis, replaced by other JSON${noteOn('redis')}`, async () => {
    await expectHealing('redis', ['replaced by other JSON'], { only: ['connection', 'token'], atOnce: 2 });
  });

  test.skipIf(noteOn('postgres') !== '')(`in PostgreSQL, cut in half${noteOn('postgres')}`, async () => {
    await expectHealing('postgres', ['cut in half'], { only: ['connection', 'token'], atOnce: 2 });
  });

  test.each(WAYS)('%s: the user can disconnect', async (how) => {
    await expectDisconnect('memory', how);
  });

  test('encrypted with a key that is gone, of a store with encryption: the user can disconnect', async () => {
    await expectDisconnect('encrypted', 'encrypted with a key that is gone');
  });
});

describe('16.15: doctor', () => {
  test('finds nothing where nothing is wrong', async () => {
    const { context } = await startWithRecords(memoryStore());
    const { checked, findings } = await context.doctor();
    expect(findings).toEqual([]);
    expect(checked).toBeGreaterThan(20);
  });

  test('lists what is corrupt, orphaned and undecryptable, and mends the first two', async () => {
    const damageable = (await STORES['encrypted']?.()) ?? plain(memoryStore());
    const { store } = damageable;
    const { context, sandbox } = await startWithRecords(store);
    await damage(damageable, 'feed/ada/gmail', 'cut in half');
    await damage(damageable, 'feed/ada/ticktick', 'encrypted with a key that is gone');
    await store.delete('connection/grace/google/default');
    const listed = await context.doctor();
    const about = (kind: string) => listed.findings.filter((finding) => finding.kind === kind);
    expect(about('feed')).toMatchObject([
      { key: 'feed/ada/gmail', userId: 'ada', problem: 'corrupt', mended: false },
      { key: 'feed/ada/ticktick', userId: 'ada', problem: 'undecryptable', mended: false },
      { key: 'feed/grace/gmail', userId: 'grace', problem: 'orphaned' },
      { key: 'feed/grace/google-calendar', problem: 'orphaned' },
    ]);
    expect(about('token')).toMatchObject([{ userId: 'grace', problem: 'orphaned' }]);
    expect(about('channel')).toMatchObject([{ problem: 'orphaned' }]);
    await context.doctor({ mend: true });
    const after = await context.doctor();
    expect(after.findings.map(({ key, problem }) => `${key} ${problem}`)).toEqual([
      'feed/ada/ticktick undecryptable',
    ]);
    expect(await store.list('token/grace/google')).toEqual([]);
    expect(sandbox.requests.some(({ path }) => path === '/revoke')).toBe(true);
  });
});
