import { contextTools } from '@context-sdk/context/tools';
import { memoryStore } from '@context-sdk/oauth-core';
import { describe, expect, test } from 'vitest';
import {
  damage,
  DAMAGES,
  expectDisconnect,
  expectHealing,
  noteOn,
  plain,
  startWithRecords,
  STORES,
} from './damage.ts';

const WAYS = Object.keys(DAMAGES);

describe('16.15: damaged records', () => {
  // All stores × all ways × all kinds are in damaged-records.soak.ts.
  test('each kind in another way: others go on, and the user heals by signing in again', async () => {
    await expectHealing('memory', WAYS);
  }, 180_000);

  test.each([
    ['file', 'emptied'],
    ['sqlite', 'cut in half'],
    ['encrypted', 'encrypted with a key that is gone'],
  ])(
    'in the store %s, %s',
    async (name, how) => {
      await expectHealing(name, how, ['connection']);
    },
    180_000,
  );

  test.skipIf(noteOn('redis') !== '')(`in Redis, replaced by other JSON${noteOn('redis')}`, async () => {
    await expectHealing('redis', 'replaced by other JSON', ['connection', 'token']);
  });

  test.skipIf(noteOn('postgres') !== '')(`in PostgreSQL, cut in half${noteOn('postgres')}`, async () => {
    await expectHealing('postgres', 'cut in half', ['connection', 'token']);
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
    expect(about('channel')).toMatchObject([{ problem: 'orphaned' }, { problem: 'orphaned' }]);
    await context.doctor({ mend: true });
    const after = await context.doctor();
    expect(after.findings.map(({ key, problem }) => `${key} ${problem}`)).toEqual([
      'feed/ada/ticktick undecryptable',
    ]);
    expect(await store.list('token/grace/google')).toEqual([]);
    expect(sandbox.requests.some(({ path }) => path === '/revoke')).toBe(true);
  });

  test.each(WAYS)('%s: that a user has links, or made a work item, is not forgotten', async (how) => {
    const damageable = plain(memoryStore());
    const { store } = damageable;
    const { context } = await startWithRecords(store);
    const marks = [...(await store.list('has-links/ada')), ...(await store.list('own-work-item/ada'))];
    expect(new Set(marks.map((mark) => mark.split('/')[0]))).toEqual(new Set(['has-links', 'own-work-item']));
    for (const mark of marks) await damage(damageable, mark, how);
    await context.doctor({ mend: true });
    expect([...(await store.list('has-links/ada')), ...(await store.list('own-work-item/ada'))]).toEqual(
      marks,
    );
  });

  test.each(WAYS)('%s: handles that it makes anew name no item that an old one named', async (how) => {
    const damageable = plain(memoryStore());
    const { store } = damageable;
    const { context, sandbox } = await startWithRecords(store);
    const find = async (text: string): Promise<string> => {
      const tools = contextTools(context.user('ada'), { timeZone: 'UTC', approve: 'never' });
      return JSON.stringify(await tools['find']?.execute({ kind: 'tasks', text }));
    };
    sandbox.ticktick.testUser().createTask({ title: 'first' });
    const [old = ''] = /\bt\d+\b/.exec(await find('first')) ?? [];
    for (const text of ['second', 'third']) {
      await damage(damageable, 'tool-handles/ada/ticktick', how);
      await context.doctor({ mend: true });
      sandbox.ticktick.testUser().createTask({ title: text });
      const [made = ''] = /\bt\d+\b/.exec(await find(text)) ?? [];
      expect(Number(made.slice(1))).toBeGreaterThan(Number(old.slice(1)));
    }
    const { findings } = await context.doctor();
    expect(findings.filter(({ kind }) => kind === 'tool-handles')).toEqual([]);
  });
});
