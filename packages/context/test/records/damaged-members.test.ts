import { ContextSdkError, memoryStore } from '@context-sdk/oauth-core';
import { expect, test, vi } from 'vitest';
import { signInAgain, startWithRecords, works } from './damage.ts';

type Json = Record<string, unknown>;

const HOUR = 3_600_000;

const without =
  (name: string) =>
  (record: Json): Json =>
    Object.fromEntries(Object.entries(record).filter(([one]) => one !== name));

/** Records that are still JSON objects, and have one member that is not what was written there. */
const DAMAGES: Record<string, (record: Json) => Json> = {
  'connection/ada/google/': (record) => ({ ...record, account: null }),
  'connection/ada/ticktick/': (record) => ({ ...record, account: 7 }),
  'feed/ada/azure-devops': (record) => ({ ...record, data: null }),
  'feed/ada/gmail': ({ data, ...rest }) => ({ ...rest, data: { ...(data as Json), push: { id: null } } }),
  'draft-email/ada/': (record) => ({ ...record, data: null }),
  'dead-letter/ada/': without('failedAt'),
  'tool-action/ada/ticktick/': without('undo'),
  'tool-approval/ada/': without('description'),
  'link/ada/': (record) => ({ ...record, sides: [null] }),
  'mailbox/': (record) => ({ ...record, members: [null, ...(record['members'] as unknown[])] }),
};

/** These can be told by nothing but their source, or are read around. */
const NOT_FOUND = new Set(['feed/ada/gmail', 'mailbox/']);

test('16.15: one damaged member of a record costs its user nothing but that record, and others nothing', async () => {
  const store = memoryStore();
  const started = await startWithRecords(store);
  const { context } = started;
  const damaged: string[] = [];
  for (const [prefix, change] of Object.entries(DAMAGES)) {
    const [key = ''] = await store.list(prefix);
    const record = await store.get(key);
    const text = JSON.stringify(change(JSON.parse(record?.value ?? '') as Json));
    expect([prefix, await store.compareAndSet(key, record?.version, text)]).toEqual([
      prefix,
      expect.any(String),
    ]);
    if (!NOT_FOUND.has(prefix)) damaged.push(key);
  }
  const { findings } = await context.doctor();
  const corrupt = findings.filter(({ problem }) => problem === 'corrupt').map(({ key }) => key);
  expect(corrupt.toSorted()).toEqual(damaged.toSorted());

  const user = context.user('ada');
  for (const { undo, at } of await context.actions.list('ada'))
    expect([typeof undo.kind, new Date(at).toISOString()]).toEqual(['string', expect.any(String)]);
  expect(await context.actions.pending('ada')).toEqual([]);
  for (const { failedAt } of await context.deadLetters.list().toArray())
    expect(new Date(failedAt).toISOString()).toEqual(expect.any(String));
  expect(await user.links.list()).toEqual([]);
  await user.export();
  for (const index of started.delivered.keys()) expect(await started.redeliver(index)).not.toBe(500);
  expect(started.errors.filter((error) => !(error instanceof ContextSdkError))).toEqual([]);

  vi.setSystemTime(Date.now() + 2 * HOUR);
  const { failures } = await context.runMaintenance();
  expect(failures.filter(({ userId }) => userId !== 'ada')).toEqual([]);
  await signInAgain(started, 'ada');
  const connected = ['connected', 'connected', 'connected'];
  expect(await works(started, 'ada')).toEqual(connected);
  expect(await works(started, 'grace')).toEqual(connected);
  vi.setSystemTime(Date.now() + 2 * HOUR);
  expect((await context.runMaintenance()).failures).toEqual([]);
  await context.doctor({ mend: true });
  expect((await context.doctor()).findings.filter(({ problem }) => problem === 'corrupt')).toEqual([]);
}, 60_000);
