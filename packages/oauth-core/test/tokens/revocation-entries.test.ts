import {
  ConfigurationError,
  memoryStore,
  OAuthClient,
  type RecordStore,
  type RevocationAttempt,
  revocationOutbox,
  type RevocationOutboxOptions,
  StoreError,
  TokenManager,
  type TokenSet,
} from '@context-sdk/oauth-core';
import { ticktick } from '@context-sdk/oauth-core/providers';
import { failure } from '@context-sdk/test-support';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

const KEY = 'token/user-1/ticktick/default';
const later = (minutes: number): unknown => vi.setSystemTime(Date.now() + minutes * 60_000);

function tokens(name: string, more: Partial<TokenSet> = {}): TokenSet {
  const [accessToken, refreshToken] = [`access-${name}`, `refresh-${name}`];
  return { accessToken, refreshToken, obtainedAt: Date.now(), scopes: [], ...more };
}

/** An outbox, and a connection beside it, of a provider that answers revocations with one status. */
function setUp({ store = memoryStore(), ...options }: Partial<RevocationOutboxOptions> = {}) {
  const revoked: string[] = [];
  const endpoint = { status: 200 };
  const fetch = async (_input: unknown, init?: RequestInit): Promise<Response> => {
    revoked.push(new URLSearchParams(String(init?.body)).get('token') ?? '');
    return new Response(null, { status: endpoint.status });
  };
  const redirectUri = 'https://example.com/callback';
  const client = new OAuthClient({ provider: ticktick, clientId: 'client-1', redirectUri, fetch });
  const outbox = revocationOutbox({ store, clientOf: () => client, ...options });
  const add = (tokenSet: TokenSet, more: object = {}): Promise<string> =>
    outbox.add({ provider: 'ticktick', tokenSet, ...more });
  return { store, endpoint, revoked, outbox, add, manager: new TokenManager({ client, store, key: KEY }) };
}

test.each<{ what: string; old: Partial<TokenSet>; now: Partial<TokenSet>; outcome: string }>([
  { what: 'the grant', old: { grantId: 'g' }, now: { grantId: 'g' }, outcome: 'in-use' },
  { what: 'the access token', old: { accessToken: 'same' }, now: { accessToken: 'same' }, outcome: 'in-use' },
  { what: 'the refresh token', old: { refreshToken: 'r' }, now: { refreshToken: 'r' }, outcome: 'in-use' },
  { what: 'the account alone', old: { accountId: 'ada' }, now: { accountId: 'ada' }, outcome: 'revoked' },
  { what: 'nothing', old: { grantId: 'g' }, now: { grantId: 'h' }, outcome: 'revoked' },
])('14: a connection that shares $what with an entry: $outcome', async ({ old, now, outcome }) => {
  const { outbox, manager, revoked, add } = setUp();
  await manager.save(tokens('new', now));
  expect(await outbox.attempt(await add(tokens('old', old), { key: KEY }))).toBe(outcome);
  expect(revoked).toHaveLength(outcome === 'revoked' ? 1 : 0);
  expect(await outbox.list()).toEqual([]);
});

test('14: of two tokens without a refresh token, none is in use because both have none', async () => {
  const { outbox, manager, add } = setUp();
  const { refreshToken: _, ...now } = tokens('new');
  const { refreshToken: __, ...old } = tokens('old');
  await manager.save(now);
  expect(await outbox.attempt(await add(old, { key: KEY }))).toBe('revoked');
});

test.each(['{', JSON.stringify({ v: 1, value: {} })])(
  '14: a connection whose record is %s has nothing in use',
  async (text) => {
    const { store, outbox, add } = setUp();
    await store.compareAndSet(KEY, undefined, text);
    expect(await outbox.attempt(await add(tokens('old'), { key: KEY }))).toBe('revoked');
  },
);

test('14: an entry says what is known of it, and how often it was tried', async () => {
  const { outbox, endpoint, add } = setUp();
  const since = Date.now();
  const facts = { grantId: 'g', accountId: 'ada' };
  const id = await add(tokens('old', facts), { userId: 'user-1' });
  const other = await add(tokens('other'));
  const entry = { id, provider: 'ticktick', userId: 'user-1', ...facts, attempts: 0, since };
  expect(await outbox.list({ userId: 'user-1' })).toEqual([entry]);
  expect(await outbox.list({ userId: 'user-2' })).toEqual([]);
  expect((await outbox.list()).map((one) => one.id).toSorted()).toEqual([id, other].toSorted());
  endpoint.status = 503;
  later(2);
  const report = await outbox.work();
  expect(report.attempts.find((one) => one.id === id) ?? report.attempts[0]).toMatchObject({ attempts: 1 });
  expect(await outbox.attempt('of no entry')).toBe('revoked');
});

test('14: an entry that was tried before keeps its count and what it says', async () => {
  const { outbox, endpoint, add } = setUp();
  endpoint.status = 503;
  const id = await add(tokens('old'));
  await outbox.attempt(id);
  expect(await add(tokens('old'), { userId: 'user-1' })).toBe(id);
  const [entry] = await outbox.list();
  expect(entry).toMatchObject({ id, attempts: 1 });
  expect(entry).not.toHaveProperty('userId');
});

test('14: an entry that is added again counts from when it was first', async () => {
  const { outbox, add } = setUp();
  const since = Date.now();
  await add(tokens('old'));
  later(0.5);
  await add(tokens('old'), { userId: 'user-1' });
  expect(await outbox.list()).toMatchObject([{ since, userId: 'user-1' }]);
});

test('14: a refusal of one entry stops none of the others, unlike an outage', async () => {
  const { outbox, endpoint, add } = setUp();
  for (const name of ['a', 'b', 'c']) await add(tokens(name));
  later(2);
  endpoint.status = 403;
  expect(await outbox.work()).toMatchObject({
    attempts: [1, 2, 3].map(() => ({ outcome: 'pending', attempts: 1 })),
    waiting: 0,
  });
  endpoint.status = 503;
  later(3);
  const report = await outbox.work();
  expect(report).toMatchObject({ attempts: [{ outcome: 'pending', attempts: 2 }], waiting: 2 });
  expect(report.attempts[0]?.error).toMatchObject({ code: 'service_unavailable' });
});

const ENTRY = {
  v: 1,
  provider: 'ticktick',
  tokenSet: { accessToken: 'access-old', obtainedAt: 0, scopes: [] },
  attempts: 0,
  since: 0,
};

test.each<object>([
  { v: 2 },
  { provider: 7 },
  { tokenSet: null },
  { tokenSet: { accessToken: '' } },
  { attempts: 0.5 },
  { since: 'yesterday' },
])('14: an entry with %o can’t be read', async (damage) => {
  const { store, outbox } = setUp();
  await store.compareAndSet('revocation/pending/one', undefined, JSON.stringify({ ...ENTRY, ...damage }));
  expect(await outbox.list()).toEqual([]);
  expect(await failure(outbox.attempt('one'))).toMatchObject({ code: 'store', reason: 'corrupt' });
  expect(await outbox.work()).toMatchObject({
    attempts: [],
    unreadable: [{ key: 'revocation/pending/one' }],
  });
});

test('14: an entry as it is stored can be read', async () => {
  const { store, outbox } = setUp();
  await store.compareAndSet('revocation/pending/one', undefined, JSON.stringify(ENTRY));
  expect(await outbox.attempt('one')).toBe('revoked');
});

test('14: whoever is told of attempts may fail', async () => {
  const told: RevocationAttempt[] = [];
  for (const onAttempt of [
    (attempt: RevocationAttempt) => {
      told.push(attempt);
      throw new Error('of the host');
    },
    async (attempt: RevocationAttempt) => {
      told.push(attempt);
      throw new Error('of the host');
    },
    undefined,
  ]) {
    const { outbox, add } = setUp({ onAttempt });
    expect(await outbox.attempt(await add(tokens('old')))).toBe('revoked');
  }
  expect(told).toMatchObject([1, 2].map(() => ({ outcome: 'revoked', attempts: 1, provider: 'ticktick' })));
});

test('14: a store that throws what is no error of ours is told as one', async () => {
  const memory = memoryStore();
  const broken: RecordStore = { ...memory, get: () => Promise.reject(new Error('ECONNRESET')) };
  expect(await failure(setUp({ store: broken }).outbox.attempt('one'))).toBeInstanceOf(StoreError);
});

test('14: an attempt whose pause could not be stored is told', async () => {
  const memory = memoryStore();
  const compareAndSet: RecordStore['compareAndSet'] = async (key, version, value, options) => {
    if (key.startsWith('revocation-pause/') && version !== undefined)
      throw new StoreError('unavailable', 'The store is away.');
    return await memory.compareAndSet(key, version, value, options);
  };
  const { outbox, endpoint, add } = setUp({ store: { ...memory, compareAndSet } });
  endpoint.status = 503;
  expect(await failure(outbox.attempt(await add(tokens('old'))))).toBeInstanceOf(StoreError);
});

test('14: what can’t be an entry is refused before anything is stored', async () => {
  const { store, outbox } = setUp();
  const grant = { provider: 'ticktick', tokenSet: tokens('old') };
  const wrong: [unknown, unknown?][] = [
    [undefined],
    [{ ...grant, user: 'user-1' }],
    [{ ...grant, tokenSet: {} }],
    ...[0, -1, Number.NaN, Number.POSITIVE_INFINITY].map((afterMs): [unknown, unknown] => [
      grant,
      { afterMs },
    ]),
    [grant, { after: 1 }],
  ];
  for (const [given, options] of wrong) {
    const adding = outbox.add(given as never, options as never);
    expect(await failure(adding), JSON.stringify([given, options])).toBeInstanceOf(ConfigurationError);
  }
  expect(await store.list('revocation')).toEqual([]);
  expect(await failure(outbox.work({ abort: true } as never))).toBeInstanceOf(ConfigurationError);
  expect(await failure(outbox.list({ user: 'user-1' } as never))).toBeInstanceOf(ConfigurationError);
  for (const options of [undefined, { store }, { store, clientOf: () => undefined, attempted: () => 1 }]) {
    expect(() => revocationOutbox(options as never)).toThrow(ConfigurationError);
  }
});
