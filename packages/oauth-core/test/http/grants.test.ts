import {
  type AccessTokenSource,
  GrantChangedError,
  memoryRateLimiter,
  memoryStore,
  OAuthClient,
  type RateLimiter,
  ReauthorizationRequiredError,
  type RecordStore,
  staticToken,
  TokenManager,
  type TokenSet,
} from '@context-sdk/oauth-core';
import {
  type Call,
  classifyByStatus,
  createPipeline,
  defineService,
  jsonWire,
} from '@context-sdk/oauth-core/client-kit';
import { google } from '@context-sdk/oauth-core/providers';
import { failure, IMPATIENT } from '@context-sdk/test-support';
import { useServer } from '@context-sdk/test-support/msw';
import { http, HttpResponse, type HttpResponseResolver } from 'msw';
import { beforeEach, expect, test } from 'vitest';

const API = 'https://www.googleapis.com/calendar/v3/things';
const KEY = 'user-1/google/default';
const server = useServer();
const sent: string[] = [];
let answer: HttpResponseResolver = () => HttpResponse.json({});
let issued = 0;

beforeEach(() => {
  sent.length = 0;
  issued = 0;
  answer = () => HttpResponse.json({});
  server.use(
    http.all(API, async (info) => {
      sent.push(info.request.headers.get('authorization') ?? '');
      return await answer(info);
    }),
    http.post('https://oauth2.googleapis.com/token', () =>
      HttpResponse.json({
        access_token: `refreshed-${(issued += 1)}`,
        expires_in: 3600,
        token_type: 'Bearer',
      }),
    ),
    http.post('https://oauth2.googleapis.com/revoke', () => new HttpResponse(null)),
  );
});

function tokensOf(person: string, more: Partial<TokenSet> = {}): TokenSet {
  const now = Date.now();
  return {
    accessToken: `access-${person}`,
    refreshToken: `refresh-${person}`,
    obtainedAt: now,
    expiresAt: now + 3_600_000,
    scopes: [],
    ...more,
  };
}

const endedTokensOf = (person: string): TokenSet =>
  tokensOf(person, { obtainedAt: Date.now() - 7_200_000, expiresAt: Date.now() - 3_600_000 });

function client(): OAuthClient {
  return new OAuthClient({
    provider: google,
    clientId: 'client-1',
    clientSecret: 'secret-1',
    redirectUri: 'https://example.com/callback',
  });
}

const managerOf = (store: RecordStore): TokenManager =>
  new TokenManager({ client: client(), store, key: KEY });

/** What another process would see: the same records behind an object of its own. */
function anotherProcess(store: RecordStore): TokenManager {
  return managerOf({
    get: (key) => store.get(key),
    compareAndSet: (...parameters) => store.compareAndSet(...parameters),
    delete: (...parameters) => store.delete(...parameters),
    list: (...parameters) => store.list(...parameters),
  });
}

async function connected(tokenSet = tokensOf('ada')): Promise<{ store: RecordStore; manager: TokenManager }> {
  const store = memoryStore();
  const manager = managerOf(store);
  await manager.save(tokenSet);
  return { store, manager };
}

/** A limiter that holds requests back until it is opened. */
function gate(): { limiter: RateLimiter; open: () => void; isReached: Promise<void> } {
  const opened = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  const limiter: RateLimiter = {
    async run(_key, dispatch) {
      reached.resolve();
      await opened.promise;
      return await dispatch();
    },
    pause: async () => undefined,
  };
  return { limiter, open: opened.resolve, isReached: reached.promise };
}

function fetchWith(
  auth: AccessTokenSource,
  rateLimiter: RateLimiter = memoryRateLimiter(),
  call: Partial<Call> = {},
): typeof fetch {
  return createPipeline({
    service: 'google-calendar',
    auth,
    origins: ['https://www.googleapis.com'],
    rateLimiter,
    limits: [],
    retry: IMPATIENT,
    classify: classifyByStatus('google-calendar'),
  }).fetchFor({ operation: 'things.create', safety: 'safe', ...call });
}

test('16.1: a queued request does not leave with the token of the next connection', async () => {
  const { manager } = await connected();
  const { limiter, open, isReached } = gate();
  const call = fetchWith(manager, limiter)(API);
  await isReached;
  await manager.save(tokensOf('bob'));
  open();
  const error = await failure(call);
  expect(error).toBeInstanceOf(GrantChangedError);
  expect(error).toMatchObject({ code: 'grant_changed', service: 'google', retryable: false });
  expect(sent).toEqual([]);
  await fetchWith(manager)(API);
  expect(sent).toEqual(['Bearer access-bob']);
});

test('16.1: nor with that of the same person who signed in again', async () => {
  const { manager } = await connected();
  const { limiter, open, isReached } = gate();
  const call = fetchWith(manager, limiter)(API);
  await isReached;
  await manager.save(tokensOf('ada', { accessToken: 'access-ada-2' }));
  open();
  expect(await failure(call)).toBeInstanceOf(GrantChangedError);
});

test('16.1: a queued request whose token was refreshed meanwhile leaves with the new one', async () => {
  const { manager, store } = await connected(tokensOf('ada', { expiresAt: Date.now() + 3_600_000 }));
  const { limiter, open, isReached } = gate();
  const call = fetchWith(manager, limiter)(API);
  await isReached;
  const token = await anotherProcess(store).getAccessToken({ rejected: 'access-ada' });
  await manager.getAccessToken({ rejected: 'access-ada' });
  open();
  await call;
  expect(sent).toEqual([`Bearer ${token}`]);
});

test('16.1: a retried request does not leave with the token of the next connection', async () => {
  const { manager } = await connected();
  answer = async () => {
    await manager.save(tokensOf('bob'));
    return new HttpResponse(null, { status: 503 });
  };
  expect(await failure(fetchWith(manager)(API))).toBeInstanceOf(GrantChangedError);
  expect(sent).toEqual(['Bearer access-ada']);
});

test.each(['here', 'in another process'])(
  '16.1: a rejected request is not replayed with a connection that was made %s',
  async (place) => {
    const { manager, store } = await connected();
    answer = async () => {
      await (place === 'here' ? manager : anotherProcess(store)).save(tokensOf('bob'));
      return new HttpResponse(null, { status: 401 });
    };
    expect(await failure(fetchWith(manager)(API))).toBeInstanceOf(GrantChangedError);
    expect(sent).toEqual(['Bearer access-ada']);
  },
);

test('16.1: a call that waits for a refresh does not go on with another grant', async () => {
  const { manager } = await connected(endedTokensOf('ada'));
  const { limiter, open, isReached } = gate();
  let saved = Promise.resolve();
  server.use(
    http.post('https://oauth2.googleapis.com/token', () => {
      saved = manager.save(tokensOf('bob'));
      return HttpResponse.json({ access_token: 'of-ada', expires_in: 3600, token_type: 'Bearer' });
    }),
  );
  const call = failure(fetchWith(manager, limiter)(API));
  await Promise.race([isReached, call]);
  await saved;
  open();
  expect(await call).toBeInstanceOf(GrantChangedError);
  expect(sent).toEqual([]);
});

test('16.1: all requests of one method are pinned together', async () => {
  const { manager } = await connected();
  const service = defineService(
    {
      name: 'google-calendar',
      baseUrl: 'https://www.googleapis.com/calendar/v3',
      operations: { 'things.list': { method: 'GET', path: '/things', safety: 'safe' } },
      limits: [],
      classify: classifyByStatus('google-calendar'),
      wire: jsonWire,
    },
    { auth: manager, retry: IMPATIENT },
  );
  const call = service.call();
  await call.send('things.list', {});
  expect(call.grantId).toBe((await manager.getCredential()).grantId);
  await manager.save(tokensOf('bob'));
  expect(await failure(call.send('things.list', {}))).toBeInstanceOf(GrantChangedError);
  await service.call().send('things.list', {});
  expect(sent).toEqual(['Bearer access-ada', 'Bearer access-bob']);
});

test('16.1: a caller can say which grant a call is meant for', async () => {
  const { manager } = await connected();
  const { grantId } = await manager.getCredential();
  await fetchWith(manager, undefined, { grantId })(API);
  await manager.save(tokensOf('bob'));
  expect(await failure(fetchWith(manager, undefined, { grantId })(API))).toBeInstanceOf(GrantChangedError);
  expect(sent).toEqual(['Bearer access-ada']);
});

test('16.1: after a disconnect, a queued request fails as one without a connection', async () => {
  const { manager } = await connected();
  const { limiter, open, isReached } = gate();
  const call = fetchWith(manager, limiter)(API);
  await isReached;
  await manager.revoke();
  open();
  expect(await failure(call)).toBeInstanceOf(ReauthorizationRequiredError);
  expect(sent).toEqual([]);
});

test('16.1: the current token is asked of one grant', async () => {
  const { manager } = await connected();
  const { grantId = '' } = await manager.getCredential();
  expect(manager.current(grantId)).toBe('access-ada');
  await manager.save(tokensOf('bob'));
  expect(manager.current(grantId)).toBeUndefined();
  expect(manager.current()).toBe('access-bob');
  expect(await failure(manager.getCredential({ grantId }))).toBeInstanceOf(GrantChangedError);
});

test('16.1: a grant is new at each sign-in, and stays through refreshes', async () => {
  const { manager } = await connected();
  const first = (await manager.getCredential()).grantId;
  await manager.getAccessToken({ rejected: 'access-ada' });
  expect(await manager.getCredential()).toMatchObject({ token: 'refreshed-1', grantId: first });
  await manager.save(tokensOf('ada'));
  expect((await manager.getCredential()).grantId).not.toBe(first);
});

test('16.1: what a token set says of its grant and account stays through a refresh', async () => {
  const facts = { grantId: 'grant-1', accountId: '1234', origin: 'https://www.googleapis.com' };
  expect(await client().refresh(tokensOf('ada', facts))).toMatchObject(facts);
  const { manager } = await connected(tokensOf('ada', facts));
  expect(await manager.getCredential()).toMatchObject({ grantId: 'grant-1', origin: facts.origin });
});

test('16.1: a token goes to the origin of its grant alone', async () => {
  for (const auth of [
    staticToken('a-token', { origin: 'https://gateway.example' }),
    (await connected(tokensOf('ada', { origin: 'https://gateway.example' }))).manager,
  ]) {
    expect(await failure(fetchWith(auth)(API))).toBeInstanceOf(GrantChangedError);
  }
  expect(sent).toEqual([]);
});

test('16.1: a source of static tokens that changes, with its scheme, is pinned as well', async () => {
  let now = staticToken('first', { grantId: 'one' });
  const auth: AccessTokenSource = {
    getAccessToken: (options) => now.getAccessToken(options),
    getCredential: async (options) => (await now.getCredential?.(options)) ?? { token: '', scheme: 'Bearer' },
    current: (grantId) => now.current?.(grantId),
  };
  const { limiter, open, isReached } = gate();
  const call = fetchWith(auth, limiter)(API);
  await isReached;
  now = staticToken('second', { grantId: 'two' });
  open();
  expect(await failure(call)).toBeInstanceOf(GrantChangedError);
  answer = () => {
    now = staticToken('third', { grantId: 'three' });
    return new HttpResponse(null, { status: 401 });
  };
  expect(await failure(fetchWith(auth)(API))).toBeInstanceOf(GrantChangedError);
  expect(sent).toEqual(['Bearer second']);
});

test('16.1: a source of the host that gives texts has one grant, and goes on as before', async () => {
  let count = 0;
  const auth: AccessTokenSource = { getAccessToken: async () => `token-${(count += 1)}` };
  answer = () => (sent.length === 1 ? new HttpResponse(null, { status: 401 }) : HttpResponse.json({}));
  await fetchWith(auth)(API);
  expect(sent).toEqual(['Bearer token-1', 'Bearer token-3']);
});
