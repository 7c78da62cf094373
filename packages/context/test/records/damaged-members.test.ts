import { browserSessions } from '@context-sdk/context';
import {
  ContextSdkError,
  InvalidRequestError,
  memoryStore,
  NotFoundError,
  StoreError,
} from '@context-sdk/oauth-core';
import { expect, test, vi } from 'vitest';
import { Browser } from '../support/browser.ts';
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

const having =
  (name: string, value: unknown) =>
  (record: Json): Json => ({ ...record, [name]: value });
const inside = (name: string, change: (member: Json) => Json) => (record: Json) => ({
  ...record,
  [name]: change(record[name] as Json),
});

/** Damages of one kind of record each, one after the other, and the prefix of their key. */
const ONE_BY_ONE: readonly [prefix: string, change: (record: Json) => Json][] = [
  ['tool-approval/ada/', having('arguments', { title: 'x' })],
  ['tool-approval/ada/', inside('arguments', having('input', null))],
  ['tool-approval/ada/', inside('arguments', having('input', { title: 7 }))],
  ['tool-approval/ada/', having('timeZone', 'Nowhere/At_All')],
  ['dead-letter/ada/', inside('event', without('data'))],
  ['dead-letter/ada/', inside('event', inside('data', without('id')))],
  ['dead-letter/ada/', inside('event', having('verified', 'no'))],
  ['dead-letter/ada/', inside('event', having('userId', 7))],
  ['oauth-transaction/', inside('transaction', having('scopes', [7]))],
  ['oauth-transaction/', inside('transaction', having('returnTo', 7))],
  ['oauth-transaction/', inside('transaction', having('remember', 'ada'))],
  ['oauth-transaction/', inside('transaction', having('remember', { userId: { is: 'ada' } }))],
  ['oauth-transaction/', inside('transaction', without('codeVerifier'))],
  ['session/', having('userId', 7)],
  ['session/', having('endsAt', 'tomorrow')],
  ['token/ada/google/', inside('data', inside('tokenSet', having('scopes', 'all')))],
  ['token/ada/google/', inside('data', having('jitter', null))],
  ['pending-grant/ada/google/', inside('tokenSet', without('obtainedAt'))],
  ['pending-grant/ada/google/', having('account', { email: 7 })],
];

const PENDING_GRANT = {
  tokenSet: { accessToken: 'a', obtainedAt: 1, scopes: [] },
  account: {},
  returnTo: '/',
};

test('16.15: what runs later is checked in full: approvals, events, sign-ins, sessions and tokens', async () => {
  const store = memoryStore();
  const { context, sandbox } = await startWithRecords(store);
  const errors: unknown[] = [];
  const handler = context.createHandler({ getUserId: () => 'ada', onError: (error) => errors.push(error) });
  const browser = new Browser(handler, sandbox);
  /** Begins a sign-in, and returns the address by which the provider says that the user refused. */
  const begin = async (): Promise<string> => {
    for (const key of await store.list('oauth-transaction/')) await store.delete(key);
    const { headers } = await browser.ask('/auth/ticktick/authorize');
    const state = new URL(headers.get('location') ?? '').searchParams.get('state');
    return `/auth/ticktick/callback?error=access_denied&state=${state}`;
  };
  const sessions = browserSessions({ store, baseUrl: handler.baseUrl });
  for (const key of await store.list('session/')) await store.delete(key);
  const cookie = (await sessions.begin('ada')).split(';')[0];
  await store.compareAndSet('pending-grant/ada/google/x', undefined, JSON.stringify(PENDING_GRANT));
  let callback = await begin();
  const [approval] = await context.actions.pending('ada');
  const letters = await context.deadLetters.list().toArray();

  /** What becomes of the damaged record where it is used. */
  const consequences: Record<string, () => Promise<void>> = {
    'tool-approval': async () => {
      expect(await context.actions.pending('ada')).toEqual([]);
      const approve = context.actions.approve('ada', approval?.token ?? '');
      await expect(approve).rejects.toBeInstanceOf(InvalidRequestError);
    },
    'dead-letter': async () => {
      expect(await context.deadLetters.list().toArray()).toHaveLength(letters.length - 1);
      const [id = ''] = (await store.list('dead-letter/')).map((key) => key.replace('dead-letter/', ''));
      await expect(context.deadLetters.replay(id)).rejects.toBeInstanceOf(NotFoundError);
    },
    'oauth-transaction': async () => {
      expect((await browser.ask(callback)).headers.get('location')).toBe(null);
      expect(errors.splice(0)).toEqual([expect.any(StoreError)]);
    },
    session: async () => expect(await sessions.userOf(cookie)).toBe(undefined),
  };
  for (const [prefix, change] of ONE_BY_ONE) {
    // A browser forgets a sign-in that failed.
    if (prefix === 'oauth-transaction/') callback = await begin();
    const [key = ''] = await store.list(prefix);
    const whole = await store.get(key);
    const text = JSON.stringify(change(JSON.parse(whole?.value ?? '') as Json));
    const version = await store.compareAndSet(key, whole?.version, text);
    const { findings } = await context.doctor();
    const corrupt = findings.filter(({ problem }) => problem === 'corrupt');
    expect([text, corrupt.map((finding) => finding.key)]).toEqual([text, [key]]);
    await consequences[prefix.split('/')[0] ?? '']?.();
    expect(await store.compareAndSet(key, version, whole?.value ?? '')).toEqual(expect.any(String));
  }
  expect(await context.actions.pending('ada')).toHaveLength(1);
  expect((await browser.ask(await begin())).headers.get('location')).toContain('ticktick=denied');
  expect((await context.doctor()).findings).toEqual([]);
}, 60_000);

/** These can be told by nothing but their source. */
const NOT_FOUND = new Set(['feed/ada/gmail']);

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
