import { inspect } from 'node:util';
import { GoogleCalendarClient } from '@context-sdk/google-workspace';
import {
  type Hooks,
  memoryRateLimiter,
  memoryStore,
  MissingScopeError,
  OAuthClient,
  RateLimitError,
  ReauthorizationRequiredError,
  TimeoutError,
  TokenManager,
} from '@context-sdk/oauth-core';
import { google } from '@context-sdk/oauth-core/providers';
import { createSandbox, type Sandbox } from '@context-sdk/sandbox';
import { failure, type SentRequest } from '@context-sdk/test-support';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { echoingAnswers } from '../support/echoing-answers.ts';
import { clientOf } from './client-of.ts';
import { EMPTY, hour, QUIET } from './times.ts';

const CALENDAR = 'https://www.googleapis.com/auth/calendar';

afterEach(() => void vi.useRealTimers());

/** A client with a connection of the sandbox, its access token already obtained. */
async function connected(
  scopes: string[] = [CALENDAR],
): Promise<{ client: GoogleCalendarClient; sandbox: Sandbox }> {
  const sandbox = createSandbox({ ...EMPTY.sandbox, google: { quotas: { calendar: [] } } });
  const { clientId, clientSecret, redirectUris } = sandbox.google.app;
  const oauth = new OAuthClient({
    provider: google,
    clientId,
    clientSecret,
    redirectUri: String(redirectUris[0]),
    fetch: sandbox.fetch,
  });
  const auth = new TokenManager({ client: oauth, store: memoryStore(), key: 'user-1/google/default' });
  const obtainedAt = Date.now();
  const tokens = sandbox.google.issueToken({ scopes });
  await auth.save({ ...tokens, scopes, obtainedAt, expiresAt: obtainedAt + 3_599_000 });
  const limits = { limits: [], rateLimiter: memoryRateLimiter() };
  return { sandbox, client: new GoogleCalendarClient({ auth, fetch: sandbox.fetch, ...limits }) };
}

describe('tokens', () => {
  test('10 calls at once with a token that ended: one refresh, one replay each, ten events', async () => {
    const { client, sandbox } = await connected();
    sandbox.google.expireAccessTokens();
    const created = await Promise.all(Array.from({ length: 10 }, () => client.events.create(hour(9))));
    expect(new Set(created.map(({ id }) => id)).size).toBe(10);
    expect(sandbox.google.stats).toMatchObject({ refreshes: 1, tokenRequests: 1 });
    const statuses = sandbox.requests
      .filter(({ operation }) => operation === 'calendar.events.insert')
      .map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 200)).toHaveLength(10);
    expect(statuses).toHaveLength(20);
    expect(sandbox.google.testUser().calendar.events()).toHaveLength(10);
  });

  test('a 403 never refreshes', async () => {
    const { client, sandbox } = await connected();
    for (const reason of [
      'forbidden',
      'insufficientPermissions',
      'accessNotConfigured',
      'quotaExceeded',
    ] as const) {
      sandbox.clearRequests();
      sandbox.google.failNext({ reason });
      expect(await failure(client.calendars.get())).toBeInstanceOf(Error);
      expect(sandbox.requests.map(({ status }) => status)).toEqual([403]);
    }
    expect(sandbox.google.stats.tokenRequests).toBe(0);
  });

  test('a consent that was taken back is an error that asks for a new sign-in', async () => {
    const { client, sandbox } = await connected();
    sandbox.google.revokeGrants();
    const error = await failure(client.calendars.get());
    expect(error).toBeInstanceOf(ReauthorizationRequiredError);
  });

  test('a grant that is known to lack the scope is not even tried', async () => {
    const { client, sandbox } = await connected([`${CALENDAR}.freebusy`]);
    const error = await failure(client.events.create(hour(9)));
    expect(error).toBeInstanceOf(MissingScopeError);
    expect(error).toMatchObject({ missing: [CALENDAR] });
    expect(sandbox.requests).toEqual([]);
    const range = { from: '2026-11-23T00:00:00Z', to: '2026-11-24T00:00:00Z' };
    expect(await client.freeBusy.query(range)).toEqual({ primary: { busy: [] } });
  });
});

describe('limits and time', () => {
  test('600 requests a minute are the default, and a call need not wait', async () => {
    const { client, requests } = clientOf([{ id: 'a1b2c' }], { limits: undefined });
    await Promise.all(Array.from({ length: 600 }, () => client.events.get('a1b2c')));
    expect(await failure(client.events.get('a1b2c', { maxWaitMs: 0 }))).toBeInstanceOf(RateLimitError);
    expect(requests).toHaveLength(600);
  });

  test('the host can count otherwise', async () => {
    const limits = [{ limit: 10, intervalMs: 60_000 }];
    const { client } = clientOf([{ items: [] }], { limits, costs: { 'events.list': 10 } });
    await client.events.list().toArray();
    expect(await failure(client.events.list({ maxWaitMs: 0 }).toArray())).toBeInstanceOf(RateLimitError);
  });

  const silence = (): Promise<Response> => new Promise(() => undefined);

  test('an abort ends a call with its reason', async () => {
    const { client } = clientOf([silence]);
    const controller = new AbortController();
    const calls = [
      client.events.create(hour(9), { signal: controller.signal }),
      client.events.patch('a1b2c', { summary: 'x' }, { ...QUIET, signal: controller.signal }),
      client.events.sync(undefined, { signal: controller.signal }),
      client.calendars.get('primary', { signal: controller.signal }),
    ].map(failure);
    controller.abort('enough');
    expect(await Promise.all(calls)).toEqual(['enough', 'enough', 'enough', 'enough']);
  });

  test('a deadline counts for all requests of a call together', async () => {
    const first = { id: 'x', items: [{ id: 'a' }], nextPageToken: '2' };
    const later = ({ query }: SentRequest): object => {
      // The first page takes 4 s, the second for ever.
      vi.advanceTimersByTime(4_000);
      return query['pageToken'] === undefined ? first : silence();
    };
    const { client, requests } = clientOf([first, later]);
    await client.events.get('x');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const options = { deadlineMs: 6_000 };
    const calls = [() => client.events.sync(undefined, options), () => client.events.list(options).toArray()];
    for (const call of calls) {
      expect(await failure(call())).toBeInstanceOf(TimeoutError);
      expect(requests.at(-1)?.query).toMatchObject({ pageToken: '2' });
    }
  });
});

const TOKEN = 'canary-token-5e8d';
const answers = echoingAnswers(TOKEN, [400, 401, 403, 404, 409, 410, 412, 429, 500, 503]);

test.each(answers)('after %s nothing that can be seen shows the token', async (_name, fetch) => {
  const events: unknown[] = [];
  const record = (event: unknown): void => void events.push(event);
  const hooks: Hooks = { onRequest: record, onResponse: record, onRetry: record, onRateLimit: record };
  const client = new GoogleCalendarClient({
    auth: TOKEN,
    fetch,
    hooks,
    rateLimiter: memoryRateLimiter(),
    limits: [],
    retry: { attempts: 2, minDelayMs: 0, maxDelayMs: 0 },
    timeoutMs: 10,
  });
  const errors = [
    await failure(client.events.get('a1b2c')),
    await failure(client.events.create(hour(9), { key: 'k' })),
    await failure(client.events.patch('a1b2c', { summary: 'x' }, QUIET)),
    await failure(client.events.sync()),
    await failure(client.events.watch({ address: 'https://host.example' })),
    await failure(client.freeBusy.query({ from: '2026-11-23T00:00:00Z', to: '2026-11-24T00:00:00Z' })),
    await failure(client.fetch(`/calendars?token=${TOKEN}`)),
  ];
  for (const error of errors.slice(0, -1)) expect(error).toBeInstanceOf(Error);
  for (const seen of [...errors, events, client]) {
    const shown = [inspect(seen, { depth: 12, showHidden: true }), JSON.stringify(seen), String(seen)];
    if (seen instanceof Error) shown.push(seen.message, seen.stack ?? '');
    expect(shown.join('\n')).not.toContain(TOKEN);
  }
});
