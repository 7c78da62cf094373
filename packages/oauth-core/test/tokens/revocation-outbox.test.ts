import {
  memoryStore,
  OAuthClient,
  type RecordStore,
  type RevocationAttempt,
  revocationOutbox,
  StoreError,
  TokenManager,
  type TokenSet,
} from '@context-sdk/oauth-core';
import { google, microsoftEntra, ticktick } from '@context-sdk/oauth-core/providers';
import { failure } from '@context-sdk/test-support';
import { useServer } from '@context-sdk/test-support/msw';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { expectNoSecretIn } from '../support/canaries.ts';

const KEY = 'token/user-1/google/default';
const server = useServer();
const revoked: string[] = [];
let answer = (): Response => new HttpResponse(null);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  revoked.length = 0;
  answer = () => new HttpResponse(null);
  const handler = async ({ request }: { request: Request }): Promise<Response> => {
    revoked.push(new URLSearchParams(await request.text()).get('token') ?? '');
    return answer();
  };
  server.use(
    http.post('https://oauth2.googleapis.com/revoke', handler),
    http.post('https://api.ticktick.com/oauth/revoke', handler),
  );
});
afterEach(() => void vi.useRealTimers());

const down = (): Response => new HttpResponse(null, { status: 503 });
const later = (minutes: number): unknown => vi.setSystemTime(Date.now() + minutes * 60_000);

function clientOf(provider: string): OAuthClient | undefined {
  const known = [google, ticktick, microsoftEntra()].find(({ id }) => id === provider);
  if (known === undefined) return undefined;
  const redirectUri = 'https://example.com/callback';
  return new OAuthClient({
    provider: known,
    clientId: 'client-1',
    clientSecret: 'canary-secret-1a2b',
    redirectUri,
  });
}

function tokensOf(accountId: string, more: Partial<TokenSet> = {}): TokenSet {
  const refreshToken = `refresh-of-${accountId}`;
  return {
    accessToken: `access-of-${accountId}`,
    refreshToken,
    obtainedAt: Date.now(),
    scopes: [],
    accountId,
    ...more,
  };
}

function setUp(store: RecordStore = memoryStore()) {
  const attempts: RevocationAttempt[] = [];
  const outbox = revocationOutbox({ store, clientOf, onAttempt: (attempt) => attempts.push(attempt) });
  const client = clientOf('google');
  if (client === undefined) throw new Error('no client');
  const manager = new TokenManager({ client, store, key: KEY, revocations: outbox });
  return { store, outbox, manager, attempts };
}

test('16.12: a disconnect succeeds while the revocation endpoint is down, and the grant is revoked later', async () => {
  const { store, outbox, manager } = setUp();
  await manager.save(tokensOf('ada'));
  answer = down;
  expect(await manager.revoke()).toBe('pending');
  expect(await store.get(KEY)).toBeUndefined();
  expect(await outbox.list()).toMatchObject([{ provider: 'google', accountId: 'ada', attempts: 1 }]);
  answer = () => new HttpResponse(null);
  later(3);
  expect(await outbox.work()).toMatchObject({
    attempts: [{ outcome: 'revoked' }],
    waiting: 0,
    unreadable: [],
  });
  expect(revoked).toEqual(['refresh-of-ada', 'refresh-of-ada']);
  expect(await store.list('revocation')).toEqual([]);
});

test('16.12: attempts back off, up to six hours', async () => {
  const { outbox } = setUp();
  answer = down;
  await outbox.add({ provider: 'google', tokenSet: tokensOf('ada') });
  const at: number[] = [];
  for (let minute = 0; minute < 3 * 24 * 60; minute += 1) {
    if ((await outbox.work()).attempts.length > 0) at.push(minute);
    later(1);
  }
  expect(at.slice(0, 9)).toEqual([1, 3, 7, 15, 31, 63, 127, 255, 511]);
  expect(at.slice(-3).map((minute, index, all) => minute - (all[index - 1] ?? minute - 360))).toEqual([
    360, 360, 360,
  ]);
});

test.each([
  ['this version', (value: string) => value],
  ['the one before', (value: string) => (value.startsWith('{"at"') ? 'failed' : value)],
])(
  '16.12: a grant is revoked also in a store of %s that was copied without its TTLs',
  async (_name, written) => {
    const { store, outbox } = setUp();
    answer = down;
    await outbox.add({ provider: 'google', tokenSet: tokensOf('ada') });
    for (let pass = 0; pass < 4; pass += 1, later(1)) await outbox.work();
    const copy = memoryStore();
    for (const key of await store.list(''))
      await copy.compareAndSet(key, undefined, written((await store.get(key))?.value ?? ''));
    expect(await copy.list('revocation-pause/')).toHaveLength(1);
    answer = () => new HttpResponse(null);
    const other = setUp(copy).outbox;
    for (let hour = 0; hour < 3; hour += 1, later(60)) await other.work();
    expect(await copy.list('revocation')).toEqual([]);
  },
);

test('16.12: another account over an old one: the old grant is revoked', async () => {
  const { manager, attempts } = setUp();
  await manager.save(tokensOf('ada'));
  await manager.save(tokensOf('bob'));
  await vi.waitFor(() => expect(attempts).toMatchObject([{ outcome: 'revoked', accountId: 'ada' }]));
  expect(revoked).toEqual(['refresh-of-ada']);
  expect(await manager.getAccessToken()).toBe('access-of-bob');
});

test('16.12: and it is in the outbox before it is replaced, should the process end there', async () => {
  const store = memoryStore();
  let isDead = false;
  const dying: RecordStore = {
    ...store,
    compareAndSet: async (key, expected, value, options) => {
      const isSave = key === KEY && value.includes('"held":false') && value.includes('access-of-bob');
      if (isSave || isDead) {
        isDead = true;
        throw new StoreError('unavailable', 'The process is gone.');
      }
      return await store.compareAndSet(key, expected, value, options);
    },
  };
  const { manager } = setUp(store);
  await manager.save(tokensOf('ada'));
  expect(await failure(setUp(dying).manager.save(tokensOf('bob')))).toBeInstanceOf(StoreError);
  const { outbox } = setUp(store);
  expect(await outbox.list()).toMatchObject([{ accountId: 'ada' }]);
  later(3);
  // The connection still has that grant, so nothing is revoked.
  expect(await outbox.work()).toMatchObject({ attempts: [{ outcome: 'in-use' }] });
  expect(revoked).toEqual([]);
});

test('16.12: the same account that signs in again keeps its grant', async () => {
  const { manager, outbox } = setUp();
  await manager.save(tokensOf('ada'));
  await manager.save(tokensOf('ada', { accessToken: 'access-2', refreshToken: 'refresh-2' }));
  expect(await outbox.list()).toEqual([]);
  expect(revoked).toEqual([]);
});

test('16.12: where one revocation ends all of an account, an account that came back is left alone', async () => {
  const { manager, outbox } = setUp();
  await manager.save(tokensOf('ada'));
  answer = down;
  await manager.revoke();
  await manager.save(tokensOf('ada', { accessToken: 'access-2', refreshToken: 'refresh-2' }));
  answer = () => new HttpResponse(null);
  later(3);
  expect(await outbox.work()).toMatchObject({ attempts: [{ outcome: 'in-use' }] });
  expect(revoked).toEqual(['refresh-of-ada']);
});

test.each([
  ['400 invalid_token', () => HttpResponse.json({ error: 'invalid_token' }, { status: 400 }), 'revoked'],
  ['400 invalid_grant', () => HttpResponse.json({ error: 'invalid_grant' }, { status: 400 }), 'revoked'],
  ['403 by a proxy', () => new HttpResponse('<html>', { status: 403 }), 'pending'],
  ['401 invalid_client', () => HttpResponse.json({ error: 'invalid_client' }, { status: 401 }), 'pending'],
  ['500', () => new HttpResponse(null, { status: 500 }), 'pending'],
  ['a broken connection', () => HttpResponse.error(), 'pending'],
])('16.12: an endpoint that answers %s leaves no grant behind', async (_, response, outcome) => {
  const { outbox, attempts } = setUp();
  answer = response;
  const id = await outbox.add({ provider: 'google', tokenSet: tokensOf('ada'), userId: 'user-1' });
  expect(await outbox.attempt(id)).toBe(outcome);
  expect(await outbox.list({ userId: 'user-1' })).toHaveLength(outcome === 'pending' ? 1 : 0);
  expectNoSecretIn([attempts, await outbox.list()], 'refresh-of-ada', 'access-of-ada');
});

test('16.12: a provider that is down is asked once per run, and costs the others nothing', async () => {
  const { outbox } = setUp();
  for (const account of ['a', 'b', 'c'])
    await outbox.add({ provider: 'google', tokenSet: tokensOf(account) });
  await outbox.add({ provider: 'ticktick', tokenSet: tokensOf('d') });
  later(2);
  answer = () => (revoked.at(-1) === 'refresh-of-d' ? new HttpResponse(null) : down());
  const report = await outbox.work();
  expect(report.attempts.map(({ provider, outcome }) => `${provider} ${outcome}`).toSorted()).toEqual([
    'google pending',
    'ticktick revoked',
  ]);
  expect(report.waiting).toBe(2);
});

test('16.12: a provider without an endpoint, or without a client, is told apart', async () => {
  const { outbox } = setUp();
  const entra = await outbox.add({ provider: 'azure-devops', tokenSet: tokensOf('ada') });
  expect(await outbox.attempt(entra)).toBe('unsupported');
  const gone = await outbox.add({ provider: 'gone', tokenSet: tokensOf('bob') });
  expect(await outbox.attempt(gone)).toBe('pending');
  expect(await outbox.list()).toMatchObject([{ provider: 'gone' }]);
});

test('16.12, 16.15: a record that can’t be read is reported, and the rest is worked off', async () => {
  const { store, outbox } = setUp();
  await store.compareAndSet('revocation/pending/broken', undefined, '{"v":1');
  await store.compareAndSet('revocation/pending/empty', undefined, '');
  await outbox.add({ provider: 'google', tokenSet: tokensOf('ada') });
  later(2);
  const report = await outbox.work();
  expect(report.attempts).toMatchObject([{ outcome: 'revoked' }]);
  expect(report.unreadable.map(({ key }) => key)).toEqual([
    'revocation/pending/broken',
    'revocation/pending/empty',
  ]);
});

test('16.12: two processes that work at once ask the provider once', async () => {
  const { store, outbox } = setUp();
  for (const account of ['a', 'b', 'c'])
    await outbox.add({ provider: 'google', tokenSet: tokensOf(account) });
  later(2);
  await Promise.all([outbox.work(), setUp(store).outbox.work(), setUp(store).outbox.work()]);
  expect(revoked.toSorted()).toEqual(['refresh-of-a', 'refresh-of-b', 'refresh-of-c']);
});

test('16.12: a grant that is added again before its first attempt waits as long as it says, for its new record', async () => {
  const { outbox, manager } = setUp();
  const tokenSet = tokensOf('ada');
  await outbox.add({ provider: 'google', tokenSet });
  await outbox.add({ provider: 'google', tokenSet, key: KEY, userId: 'user-1' }, { afterMs: 11 * 60_000 });
  later(10);
  expect(await outbox.work()).toMatchObject({ attempts: [], waiting: 1 });
  await manager.save(tokenSet);
  later(2);
  expect(await outbox.work()).toMatchObject({ attempts: [{ outcome: 'in-use', userId: 'user-1' }] });
  expect(revoked).toEqual([]);
});

test('16.12: a damaged entry does not keep its grant from being added', async () => {
  const { store, outbox } = setUp();
  const id = await outbox.add({ provider: 'google', tokenSet: tokensOf('ada') });
  const record = await store.get(`revocation/pending/${id}`);
  await store.compareAndSet(`revocation/pending/${id}`, record?.version, '{}');
  await outbox.add({ provider: 'google', tokenSet: tokensOf('ada') });
  expect(await outbox.attempt(id)).toBe('revoked');
});

test('16.12: a run that is aborted asks for no more, and leaves the rest to the next', async () => {
  const { outbox } = setUp();
  for (const account of ['ada', 'bob']) {
    await outbox.add({ provider: 'google', tokenSet: tokensOf(account) });
  }
  later(3);
  const controller = new AbortController();
  answer = () => {
    controller.abort(new Error('enough'));
    return new HttpResponse(null);
  };
  await expect(outbox.work({ signal: controller.signal })).rejects.toThrow('enough');
  expect(revoked).toHaveLength(1);
  expect(await outbox.list()).toHaveLength(1);
});

test('16.12: a store that goes away before the last record is gone is told', async () => {
  const store = memoryStore();
  let deletions = 0;
  const leaving: RecordStore = {
    ...store,
    delete: async (key, expected) => {
      deletions += 1;
      if (deletions === 2) throw new StoreError('unavailable', 'The store is away.');
      return await store.delete(key, expected);
    },
  };
  const { outbox } = setUp(leaving);
  await outbox.add({ provider: 'google', tokenSet: tokensOf('ada') });
  later(3);
  expect(await failure(outbox.work())).toBeInstanceOf(StoreError);
  expect(await outbox.list()).toEqual([]);
});

test('16.12: work that goes with a revocation and throws at once fails that attempt, and no other', async () => {
  const outbox = revocationOutbox({
    store: memoryStore(),
    clientOf,
    around(grant, revoke) {
      if (grant.tokenSet.accountId === 'ada') throw new Error('Of the host');
      return revoke();
    },
  });
  await outbox.add({ provider: 'google', tokenSet: tokensOf('ada') });
  await outbox.add({ provider: 'ticktick', tokenSet: tokensOf('grace') });
  later(60);
  const { attempts } = await outbox.work();
  expect(new Set(attempts.map(({ provider, outcome }) => `${provider} ${outcome}`))).toEqual(
    new Set(['google pending', 'ticktick revoked']),
  );
  expect(revoked).toEqual(['refresh-of-grace']);
});

test('16.12: what a user has in the outbox is found without reading what others have', async () => {
  const inner = memoryStore();
  const read: string[] = [];
  const store: RecordStore = {
    ...inner,
    async get(key) {
      read.push(key);
      return await inner.get(key);
    },
  };
  const { outbox } = setUp(store);
  for (const userId of ['ada', 'grace', 'alan'])
    await outbox.add({ provider: 'google', tokenSet: tokensOf(userId), userId });
  read.length = 0;
  expect(await outbox.list({ userId: 'ada' })).toMatchObject([{ userId: 'ada' }]);
  expect(read).toHaveLength(1);
  expect(await outbox.list({ userId: 'nobody' })).toEqual([]);
  expect(await outbox.list()).toHaveLength(3);
});

test('16.12: marks of entries that were never stored, or that are another user’s, don’t stay', async () => {
  const { store, outbox } = setUp();
  const own = async (): Promise<number> => (await store.list('own-revocation/')).length;
  const id = await outbox.add({ provider: 'google', tokenSet: tokensOf('ada'), userId: 'ada' });
  await store.delete(`revocation/pending/${id}`);
  expect([await outbox.list({ userId: 'ada' }), await own()]).toEqual([[], 1]);
  later(2);
  expect([await outbox.list({ userId: 'ada' }), await own()]).toEqual([[], 0]);
  await outbox.add({ provider: 'google', tokenSet: tokensOf('ada'), userId: 'ada' });
  await outbox.add({ provider: 'google', tokenSet: tokensOf('ada'), userId: 'grace' });
  expect(await outbox.list({ userId: 'ada' })).toEqual([]);
  expect(await outbox.list({ userId: 'grace' })).toMatchObject([{ id, userId: 'grace' }]);
  expect(await own()).toBe(1);
  expect(await outbox.attempt(id)).toBe('revoked');
  expect(await store.list('')).toEqual([]);
});

test('16.12: a store that fails for a moment does not make a grant count as one that is not in use', async () => {
  const store = memoryStore();
  let isAway = false;
  const failing: RecordStore = {
    ...store,
    get: async (key) => {
      if (isAway && key === KEY) throw new StoreError('unavailable', 'The Redis store failed (ECONNRESET).');
      return await store.get(key);
    },
  };
  const { outbox, manager, attempts } = setUp(failing);
  const tokenSet = { ...tokensOf('ada'), grantId: 'grant-1' };
  await manager.save(tokenSet);
  const id = await outbox.add({ provider: 'google', tokenSet, key: KEY });
  isAway = true;
  expect(await outbox.attempt(id)).toBe('pending');
  later(2);
  expect(await outbox.work()).toMatchObject({ attempts: [{ outcome: 'pending' }] });
  expect(attempts.map(({ error }) => error?.code)).toEqual(['store', 'store']);
  expect(revoked).toEqual([]);
  isAway = false;
  expect(await outbox.attempt(id)).toBe('in-use');
  expect(await outbox.list()).toEqual([]);
  expect(revoked).toEqual([]);
});

test('16.12: what is in the outbox is not told from a store that fails for a moment', async () => {
  const store = memoryStore();
  let isAway = false;
  const failing: RecordStore = {
    ...store,
    get: async (key) => {
      if (isAway) throw new StoreError('unavailable', 'The Redis store failed (ECONNRESET).');
      return await store.get(key);
    },
  };
  const { outbox } = setUp(failing);
  await outbox.add({ provider: 'google', tokenSet: tokensOf('ada'), key: KEY, userId: 'ada' });
  isAway = true;
  await expect(outbox.list()).rejects.toBeInstanceOf(StoreError);
  await expect(outbox.list({ userId: 'ada' })).rejects.toBeInstanceOf(StoreError);
  isAway = false;
  expect(await outbox.list({ userId: 'ada' })).toHaveLength(1);
});
