import {
  ConfigurationError,
  memoryStore,
  ReauthorizationRequiredError,
  type RecordStore,
  ServiceUnavailableError,
  StoreError,
  TokenManager,
  type TokenManagerOptions,
  type TokenRefreshEvent,
  type TokenSet,
} from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CANARY, expectNoSecretIn } from '../support/canaries.ts';
import { freshTokens, makeClient, useTokenEndpoint } from '../support/token-endpoint.ts';

const endpoint = useTokenEndpoint();
const unhandled: unknown[] = [];
const note = (reason: unknown): number => unhandled.push(reason);
const HOUR = 3_600_000;
const KEY = 'user-1/ticktick/default';

beforeEach(() => {
  process.on('unhandledRejection', note);
  vi.useFakeTimers({ toFake: ['Date'] });
});

afterEach(async () => {
  vi.useRealTimers();
  await new Promise((resolve) => setTimeout(resolve, 5));
  process.off('unhandledRejection', note);
  expect(unhandled.splice(0)).toEqual([]);
});

function tokens(fields: Partial<TokenSet> = {}): TokenSet {
  return {
    accessToken: CANARY.accessToken,
    refreshToken: CANARY.refreshToken,
    obtainedAt: Date.now(),
    expiresAt: Date.now() + HOUR,
    scopes: ['tasks:read'],
    ...fields,
  };
}

function withoutRefresh(fields: Partial<TokenSet> = {}): TokenSet {
  const { refreshToken: _, ...rest } = tokens(fields);
  return rest;
}

function manager(store: RecordStore, options: Partial<TokenManagerOptions> = {}): TokenManager {
  return new TokenManager({ client: makeClient(), store, key: KEY, ...options });
}

async function connected(tokenSet: TokenSet, options: Partial<TokenManagerOptions> = {}) {
  const store = options.store ?? memoryStore();
  const one = manager(store, options);
  await one.save(tokenSet);
  return { store, one, another: (more = {}) => manager(store, { ...options, ...more }) };
}

const expired = (): TokenSet => tokens({ obtainedAt: Date.now() - 2 * HOUR, expiresAt: Date.now() - HOUR });
const later = (ms: number): unknown => vi.setSystemTime(Date.now() + ms);

test('I-2: 1,000 callers with an expired token, through several objects, cause one token request', async () => {
  const { another } = await connected(expired());
  endpoint.answer = () => freshTokens();
  const managers = Array.from({ length: 5 }, () => another());
  const got = await Promise.all(
    Array.from({ length: 1000 }, (_, index) => managers[index % 5]?.getAccessToken() ?? Promise.resolve('')),
  );
  expect(new Set(got)).toEqual(new Set([CANARY.newAccessToken]));
  expect(endpoint.requests).toHaveLength(1);
});

test('I-2: so does failing, for all of them, and the next call may try again', async () => {
  const { another } = await connected(expired());
  endpoint.answer = () => Response.json({ error: 'invalid_scope' }, { status: 400 });
  const managers = Array.from({ length: 5 }, () => another());
  const errors = await Promise.all(
    Array.from({ length: 1000 }, (_, index) =>
      failure(managers[index % 5]?.getAccessToken() ?? Promise.resolve()),
    ),
  );
  expect(
    errors.every((error) => error instanceof ConfigurationError || error instanceof ServiceUnavailableError),
  ).toBe(true);
  expect(endpoint.requests).toHaveLength(1);
  endpoint.answer = () => freshTokens();
  later(60_000);
  await expect(another().getAccessToken()).resolves.toBe(CANARY.newAccessToken);
});

test('I-3: what another process has refreshed is used without a token request', async () => {
  const { one, another } = await connected(tokens());
  await one.getAccessToken();
  later(2 * HOUR);
  await another().save(tokens({ accessToken: 'from-elsewhere' }));
  await expect(one.getAccessToken()).resolves.toBe('from-elsewhere');
  expect(endpoint.requests).toHaveLength(0);
});

test('I-4: a lease that could end before the token request does is refused', () => {
  const store = memoryStore();
  expect(() => manager(store, { leaseTtlMs: 10_000, refreshTimeoutMs: 10_000 })).toThrow(ConfigurationError);
  expect(() => manager(store, { leaseTtlMs: 14_999 })).toThrow('leaseTtlMs');
  expect(() => manager(store, { refreshTimeoutMs: 0 })).toThrow('refreshTimeoutMs');
});

/** A store whose writes fail as the test says. */
function faulty(store: RecordStore, isDown: () => boolean): RecordStore {
  const check = (): void => {
    if (isDown()) throw new StoreError('unavailable', 'The store is down.');
  };
  return {
    get: async (key) => (check(), await store.get(key)),
    compareAndSet: async (...parameters) => (check(), await store.compareAndSet(...parameters)),
    delete: async (...parameters) => (check(), await store.delete(...parameters)),
    list: (...parameters) => store.list(...parameters),
  };
}

test('I-10: an omitted refresh token is kept, a new one replaces it, narrower scopes are seen', async () => {
  const { one } = await connected(expired());
  endpoint.answer = () => freshTokens({ refresh_token: undefined, scope: 'tasks:read', expires_in: 3600 });
  await one.getAccessToken();
  later(2 * HOUR);
  endpoint.answer = () => freshTokens({ scope: 'other' });
  await one.getAccessToken();
  later(2 * HOUR);
  await one.getAccessToken();
  expect(endpoint.requests.map(({ body }) => body.get('refresh_token'))).toEqual([
    CANARY.refreshToken,
    CANARY.refreshToken,
    CANARY.newRefreshToken,
  ]);
  expect((await one.status()).scopes).toEqual(['other']);
  // A scope that is asked for could only narrow the grant further.
  expect(endpoint.requests.map(({ body }) => body.get('scope'))).toEqual([null, null, null]);
});

test('I-11: a refused refresh token is remembered, in the store, without another request', async () => {
  const { one, another } = await connected(expired());
  endpoint.answer = () => Response.json({ error: 'invalid_grant' }, { status: 400 });
  for (const each of [one, one, another()]) {
    const error = await failure(each.getAccessToken());
    expect(error).toMatchObject({ code: 'reauthorization_required', reason: 'revoked', service: 'ticktick' });
    expectNoSecretIn(error);
  }
  expect(endpoint.requests).toHaveLength(1);
  expect(await one.status()).toMatchObject({ state: 'needs-reauthorization', reason: 'revoked' });
});

test('I-12: a lost answer is repeated once at once; what is refused then was lost', async () => {
  const { one } = await connected(expired());
  endpoint.answer = () =>
    endpoint.requests.length === 1
      ? Response.error()
      : Response.json({ error: 'invalid_grant' }, { status: 400 });
  expect(await failure(one.getAccessToken())).toMatchObject({ reason: 'refresh-lost' });
  expect(endpoint.requests).toHaveLength(2);
});

test('I-12: a server that forgives the repetition heals the loss', async () => {
  const { one } = await connected(expired());
  endpoint.answer = () => (endpoint.requests.length === 1 ? Response.error() : freshTokens());
  await expect(one.getAccessToken()).resolves.toBe(CANARY.newAccessToken);
});

test('I-12: with ambiguousRefresh defer, nothing is repeated', async () => {
  const { one } = await connected(expired(), { ambiguousRefresh: 'defer' });
  endpoint.answer = () => Response.error();
  expect(await failure(one.getAccessToken())).toMatchObject({ code: 'network' });
  expect(endpoint.requests).toHaveLength(1);
});

test('I-12: an answered failure is retried after a pause', async () => {
  const { one } = await connected(expired());
  endpoint.answer = () => (endpoint.requests.length < 3 ? new Response('', { status: 503 }) : freshTokens());
  await expect(one.getAccessToken()).resolves.toBe(CANARY.newAccessToken);
  expect(endpoint.requests).toHaveLength(3);
});

test('I-13, I-14: while the token is good, an outage of the provider is not the caller’s, nor hammered', async () => {
  const events: TokenRefreshEvent[] = [];
  const { one } = await connected(tokens(), { hooks: { onTokenRefresh: (event) => events.push(event) } });
  endpoint.answer = () => Response.json({ error: 'unauthorized_client' }, { status: 400 });
  later(HOUR - 80_000);
  for (let second = 0; second < 60; second += 1) {
    await expect(one.getAccessToken()).resolves.toBe(CANARY.accessToken);
    await new Promise((resolve) => setTimeout(resolve, 1));
    later(1_000);
  }
  expect(endpoint.requests.length).toBeGreaterThanOrEqual(1);
  expect(endpoint.requests.length).toBeLessThanOrEqual(4);
  expect(events).toHaveLength(endpoint.requests.length);
  expectNoSecretIn(events);
  later(HOUR);
  expect(await failure(one.getAccessToken())).toBeInstanceOf(Error);
});

test('I-13, I-14: early refreshes run behind the caller’s back', async () => {
  const { one } = await connected(tokens());
  endpoint.answer = () => freshTokens();
  later(HOUR - 60_000);
  await expect(one.getAccessToken()).resolves.toBe(CANARY.accessToken);
  await vi.waitFor(async () => expect(await one.getAccessToken()).toBe(CANARY.newAccessToken));
  expect(endpoint.requests).toHaveLength(1);
});

test('I-15: a rejection costs one refresh, and none if somebody else has refreshed', async () => {
  const { one, another } = await connected(tokens());
  endpoint.answer = () => freshTokens();
  const other = another();
  await other.getAccessToken();
  await expect(one.getAccessToken({ rejected: CANARY.accessToken })).resolves.toBe(CANARY.newAccessToken);
  await expect(other.getAccessToken({ rejected: CANARY.accessToken })).resolves.toBe(CANARY.newAccessToken);
  expect(endpoint.requests).toHaveLength(1);
});

test('I-16: a service that rejects everything causes two token requests, not a storm', async () => {
  const { one } = await connected(tokens());
  let issued = 0;
  endpoint.answer = () => freshTokens({ access_token: `token-${(issued += 1)}` });
  let token = await one.getAccessToken();
  const errors: unknown[] = [];
  for (let call = 0; call < 100; call += 1) {
    try {
      token = await one.getAccessToken({ rejected: token });
    } catch (error) {
      errors.push(error);
    }
  }
  expect(endpoint.requests).toHaveLength(2);
  expect(errors).toHaveLength(98);
  expect(errors[0]).toMatchObject({ reason: 'rejected' });
  later(11_000);
  await expect(one.getAccessToken({ rejected: token })).resolves.toBe('token-3');
});

test.each([5, 60, 3600])(
  'I-17: tokens of %i s are refreshed early, each record at its own time',
  async (seconds) => {
    const due: number[] = [];
    for (let record = 0; record < 50; record += 1) {
      const { one } = await connected(tokens({ expiresAt: Date.now() + seconds * 1000 }));
      const start = Date.now();
      const before = endpoint.requests.length;
      endpoint.answer = () => freshTokens({ expires_in: seconds });
      const early = Math.min(120, seconds * 0.2);
      for (let step = 0; step <= 12 && endpoint.requests.length === before; step += 1) {
        vi.setSystemTime(start + (seconds - early * (1.3 - step * 0.05)) * 1000);
        await one.getAccessToken();
        await new Promise((resolve) => setImmediate(resolve));
        await new Promise((resolve) => setTimeout(resolve, 1));
        if (endpoint.requests.length > before) due.push(step);
      }
      vi.setSystemTime(start);
    }
    expect(due).toHaveLength(50);
    expect(Math.min(...due)).toBeGreaterThanOrEqual(2);
    expect(new Set(due).size).toBeGreaterThan(2);
  },
);

test('I-17: a token of no lifetime at all does not loop', async () => {
  const { one } = await connected(expired());
  endpoint.answer = () => freshTokens({ expires_in: 0 });
  await expect(one.getAccessToken()).resolves.toBe(CANARY.newAccessToken);
  expect(endpoint.requests).toHaveLength(1);
});

test.each([-1, 1])('I-18: a clock that was moved by %i h costs a refresh', async (hours) => {
  const { one } = await connected(tokens());
  endpoint.answer = () => freshTokens();
  later(hours * HOUR);
  await expect(one.getAccessToken()).resolves.toBe(CANARY.newAccessToken);
  expect(endpoint.requests).toHaveLength(1);
});

test('I-18: a lifetime counts from before the request', async () => {
  const { one } = await connected(expired());
  const askedAt = Date.now();
  endpoint.answer = () => {
    later(10_000);
    return freshTokens({ expires_in: 3600 });
  };
  await one.getAccessToken();
  expect((await one.status()).expiresAt).toBe(askedAt + HOUR);
});

test('I-19: a token without a lifetime is refreshed when it is rejected, never by time', async () => {
  const { expiresAt: _, ...endless } = tokens();
  const { one } = await connected(endless);
  endpoint.answer = () => freshTokens();
  later(1000 * HOUR);
  await expect(one.getAccessToken()).resolves.toBe(CANARY.accessToken);
  await expect(one.getAccessToken({ rejected: CANARY.accessToken })).resolves.toBe(CANARY.newAccessToken);
});

test('I-20: without a refresh token there is no request: good to the last second, then expired', async () => {
  const { one } = await connected(withoutRefresh());
  later(HOUR - 1000);
  await expect(one.getAccessToken()).resolves.toBe(CANARY.accessToken);
  later(1000);
  expect(await failure(one.getAccessToken())).toMatchObject({ reason: 'expired' });
  expect(await one.status()).toMatchObject({ state: 'needs-reauthorization', reason: 'expired' });
  expect(endpoint.requests).toHaveLength(0);
});

test('I-20: a rejection without a refresh token stands for every process, until the user signs in', async () => {
  const { one, another } = await connected(withoutRefresh());
  expect(await failure(one.getAccessToken({ rejected: CANARY.accessToken }))).toMatchObject({
    reason: 'rejected',
  });
  expect(await failure(another().getAccessToken())).toMatchObject({ reason: 'rejected' });
  expect(await one.status()).toMatchObject({ reason: 'rejected' });
  await another().save(tokens({ accessToken: 'signed-in-again' }));
  later(31_000);
  await expect(one.getAccessToken()).resolves.toBe('signed-in-again');
});

test('I-21: revoking ends the connection here first, then at the provider, then the record goes', async () => {
  const { store, one, another } = await connected(tokens());
  endpoint.answerRevocation = async () => {
    expect(await failure(another().getAccessToken())).toMatchObject({ reason: 'revoked' });
    return new Response(null);
  };
  await one.revoke();
  expect(endpoint.revoked).toEqual([CANARY.refreshToken]);
  expect(await store.get(KEY)).toBeUndefined();
  expect(await failure(one.getAccessToken())).toMatchObject({ reason: 'never-connected' });
  await one.revoke();
});

test('I-21: revoke ends no other grant than the one that is asked for', async () => {
  const { one } = await connected(tokens());
  const { grantId } = await one.getCredential();
  await one.save(tokens());
  expect(await one.revoke({ grantId })).toBe('in-use');
  expect((await one.status()).state).toBe('connected');
  expect(endpoint.revoked).toEqual([]);
});

test('I-21: a provider that can’t be reached is asked again by the next revoke', async () => {
  const { store, one } = await connected(tokens());
  endpoint.answerRevocation = () => new Response('', { status: 503 });
  expect(await failure(one.revoke())).toBeInstanceOf(ServiceUnavailableError);
  expect(await failure(one.getAccessToken())).toMatchObject({ reason: 'revoked' });
  endpoint.answerRevocation = () => new Response(null);
  await one.revoke();
  expect(await store.get(KEY)).toBeUndefined();
});

test('I-22: a new sign-in replaces everything, also what had ended', async () => {
  const { one } = await connected(expired());
  endpoint.answer = () => Response.json({ error: 'invalid_grant' }, { status: 400 });
  await failure(one.getAccessToken());
  await one.save(tokens({ accessToken: 'second-grant' }));
  await expect(one.getAccessToken()).resolves.toBe('second-grant');
});

test('I-23: an abort ends the wait of its caller, not the refresh of the others', async () => {
  const { one, another } = await connected(expired());
  let release: (() => void) | undefined;
  endpoint.answer = async () => {
    await new Promise<void>((resolve) => (release = resolve));
    return freshTokens();
  };
  const controller = new AbortController();
  const first = failure(one.getAccessToken({ signal: controller.signal }));
  const second = another().getAccessToken();
  await vi.waitFor(() => expect(release).toBeDefined());
  const reason = new Error('not interested any more');
  controller.abort(reason);
  expect(await first).toBe(reason);
  release?.();
  await expect(second).resolves.toBe(CANARY.newAccessToken);
  expect(endpoint.requests).toHaveLength(1);
});

test('I-26: while the store is down a good token in memory is served, and nothing is refreshed', async () => {
  const inner = memoryStore();
  let isDown = false;
  const { one } = await connected(tokens(), { store: faulty(inner, () => isDown) });
  isDown = true;
  vi.setSystemTime(Date.now() + 60_000);
  await expect(one.getAccessToken()).resolves.toBe(CANARY.accessToken);
  later(2 * HOUR);
  const error = await failure(one.getAccessToken());
  expect(error).toBeInstanceOf(StoreError);
  expectNoSecretIn(error);
  expect(endpoint.requests).toHaveLength(0);
});

test('I-26: nor does a store that never answers hold a good token back, and it is asked again only seconds later', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'] });
  const inner = memoryStore();
  let asked = 0;
  const store: RecordStore = {
    ...inner,
    get: (key) => (asked > 0 ? ((asked += 1), new Promise(() => undefined)) : inner.get(key)),
  };
  const { one } = await connected(tokens(), { store });
  asked = 1;
  await vi.advanceTimersByTimeAsync(31_000);
  const slow = one.getAccessToken();
  await vi.advanceTimersByTimeAsync(1000);
  expect(await slow).toBe(CANARY.accessToken);
  expect(await one.getAccessToken()).toBe(CANARY.accessToken);
  expect(asked).toBe(2);
  await vi.advanceTimersByTimeAsync(5000);
  const again = one.getAccessToken();
  await vi.advanceTimersByTimeAsync(1000);
  expect(await again).toBe(CANARY.accessToken);
  expect(asked).toBe(3);
  const aborted = failure(
    one.getAccessToken({ rejected: CANARY.accessToken, signal: AbortSignal.abort('enough') }),
  );
  expect(await aborted).toBe('enough');
});

test('a connection that never was says so without a request', async () => {
  const error = await failure(manager(memoryStore()).getAccessToken());
  expect(error).toBeInstanceOf(ReauthorizationRequiredError);
  expect(error).toMatchObject({ reason: 'never-connected' });
  expect(await manager(memoryStore()).status()).toEqual({
    state: 'needs-reauthorization',
    reason: 'never-connected',
  });
});

test('status tells what nothing can renew two weeks ahead', async () => {
  const day = 24 * HOUR;
  const { one } = await connected(withoutRefresh({ expiresAt: Date.now() + 180 * day }));
  expect((await one.status()).state).toBe('connected');
  later(170 * day);
  expect((await one.status()).state).toBe('expiring');
});

test('I-25: logging a manager shows no token', async () => {
  const { one } = await connected(tokens());
  await one.getAccessToken();
  expectNoSecretIn(one);
});

test('what one object ends or replaces, the others of this process stop using at once', async () => {
  const { one, another } = await connected(tokens());
  const other = another();
  await other.getAccessToken();
  await one.save(tokens({ accessToken: 'new-account' }));
  await expect(other.getAccessToken()).resolves.toBe('new-account');
  await one.revoke();
  expect(await failure(other.getAccessToken())).toMatchObject({ reason: 'never-connected' });
  expect(other.current()).toBeUndefined();
});

test('a connection that ended in one call is ended for the next', async () => {
  const { one } = await connected(withoutRefresh());
  await one.getAccessToken();
  expect(await failure(one.getAccessToken({ rejected: CANARY.accessToken }))).toMatchObject({
    reason: 'rejected',
  });
  expect(await failure(one.getAccessToken())).toMatchObject({ reason: 'rejected' });
});

test('I-18: what a wrong clock noted does not hold up the right one', async () => {
  const { one } = await connected(tokens());
  endpoint.answer = () => Response.json({ error: 'unauthorized_client' }, { status: 400 });
  later(2 * HOUR);
  await failure(one.getAccessToken());
  later(-2 * HOUR + 10 * 60_000);
  endpoint.answer = () => freshTokens();
  await expect(one.getAccessToken({ rejected: CANARY.accessToken })).resolves.toBe(CANARY.newAccessToken);
  later(-50_000);
  endpoint.answer = () => freshTokens({ access_token: 'third' });
  await expect(one.getAccessToken({ rejected: CANARY.newAccessToken })).resolves.toBe('third');
});

test.each([{}, null, { accessToken: '' }, { accessToken: 'two\nlines' }])(
  '%j is not stored',
  async (tokenSet) => {
    const store = memoryStore();
    expect(await failure(manager(store).save(tokenSet as never))).toBeInstanceOf(ConfigurationError);
    expect(await store.get(KEY)).toBeUndefined();
  },
);

test('one rejection of a token that can’t be refreshed is held back for a minute, a second one ends it', async () => {
  const { one, another } = await connected(withoutRefresh({ expiresAt: Date.now() + 1000 * HOUR }));
  expect(await failure(one.getAccessToken({ rejected: CANARY.accessToken }))).toMatchObject({
    reason: 'rejected',
  });
  expect(one.current()).toBeUndefined();
  expect(await failure(another().getAccessToken())).toMatchObject({ reason: 'rejected' });
  later(61_000);
  expect((await one.status()).state).toBe('connected');
  await expect(one.getAccessToken()).resolves.toBe(CANARY.accessToken);
  expect(await failure(one.getAccessToken({ rejected: CANARY.accessToken }))).toMatchObject({
    reason: 'rejected',
  });
  later(61_000);
  expect(await failure(another().getAccessToken())).toMatchObject({ reason: 'rejected' });
  expect(await one.status()).toMatchObject({ state: 'needs-reauthorization', reason: 'rejected' });
});

test('a rejection long after another is a first one again', async () => {
  const { one } = await connected(withoutRefresh({ expiresAt: Date.now() + 1000 * HOUR }));
  for (let day = 0; day < 3; day += 1) {
    expect(await failure(one.getAccessToken({ rejected: CANARY.accessToken }))).toMatchObject({
      reason: 'rejected',
    });
    later(25 * HOUR);
    await expect(one.getAccessToken()).resolves.toBe(CANARY.accessToken);
  }
});
