import { GmailClient } from '@context-sdk/google-workspace';
import {
  ConfigurationError,
  InvalidRequestError,
  memoryRateLimiter,
  MissingScopeError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ReauthorizationRequiredError,
  ServiceUnavailableError,
} from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { googleFailure } from '../support/answering.ts';
import { fixtureText, hasFixtures, skipped } from '../support/fixtures.ts';
import { IMPATIENT, useSandbox } from '../support/use-sandbox.ts';
import { clientOf } from './client-of.ts';

const server = useSandbox();
const ONCE = { retry: { attempts: 1 } };
const MAIL = { to: 'grace@example.com', subject: 'x' };

afterEach(() => void vi.useRealTimers());

describe.skipIf(!hasFixtures)(`Google's own failures${skipped}`, () => {
  const classes: [name: string, error: abstract new (...input: never[]) => Error][] = [
    ['400-badRequest', InvalidRequestError],
    ['401-authError', ReauthorizationRequiredError],
    ['403-dailyLimitExceeded', RateLimitError],
    ['403-insufficientPermissions-legacy', MissingScopeError],
    ['403-user-rate-retry-after', RateLimitError],
    ['429-too-many-concurrent', RateLimitError],
  ];

  test.each(classes)('%s', async (name, errorClass) => {
    const status = Number(name.split('-')[0]);
    const { client, requests } = clientOf(
      [new Response(fixtureText(`gmail-error-${name}.json`), { status })],
      ONCE,
    );
    expect(await failure(client.messages.get('a'))).toBeInstanceOf(errorClass);
    // Another route is asked whether the token is good.
    expect(requests).toHaveLength(status === 401 ? 2 : 1);
  });
});

test.each([0, -30, 30])(
  '16.22: the time that Gmail names in a text is by its clock, %d days off',
  async (days) => {
    const date = Date.UTC(2026, 8, 11, 19, 59);
    vi.useFakeTimers({ toFake: ['Date'], now: date + days * 86_400_000 });
    const message = 'User-rate limit exceeded.  Retry after 2026-09-11T20:00:00.000Z';
    const refusal = googleFailure(403, 'rateLimitExceeded', message);
    refusal.headers.set('date', new Date(date).toUTCString());
    const { client } = clientOf([refusal], ONCE);
    expect(await failure(client.messages.send(MAIL))).toMatchObject({
      name: 'RateLimitError',
      status: 403,
      retryAfterMs: 60_000,
    });
  },
);

test('a send that was refused for its rate was not done, so it is sent again', async () => {
  const past = 'User-rate limit exceeded.  Retry after 2020-01-01T00:00:00.000Z';
  const { client, requests } = clientOf([
    googleFailure(403, 'rateLimitExceeded', past),
    { id: 'a', threadId: 't' },
  ]);
  await client.messages.send(MAIL);
  expect(requests[1]?.json).toEqual(requests[0]?.json);
});

test.each(['quotaExceeded', 'dailyLimitExceeded'] as const)('%s is not tried again', async (reason) => {
  const { gmail, sandbox } = await server.start();
  sandbox.google.failNext({ reason });
  expect(await failure(gmail.profile.get())).toMatchObject({ name: 'RateLimitError', retryable: false });
  expect(sandbox.requests).toHaveLength(1);
});

test.each([
  ['failedPrecondition', InvalidRequestError],
  ['domainPolicy', PermissionError],
  ['accessNotConfigured', ConfigurationError],
  ['notFound', NotFoundError],
  ['backendError', ServiceUnavailableError],
] as const)('the sandbox refuses with %s', async (reason, errorClass) => {
  const { gmail, sandbox } = await server.start({ client: ONCE });
  sandbox.google.failNext({ reason });
  expect(await failure(gmail.drafts.create(MAIL))).toBeInstanceOf(errorClass);
});

test('failedPrecondition is tried again for reads, and for no write', async () => {
  const { gmail, sandbox } = await server.start();
  sandbox.google.failNext({ reason: 'failedPrecondition', times: 2 });
  expect(await gmail.profile.get()).toMatchObject({ emailAddress: 'ada@example.com' });
  expect(sandbox.requests.map(({ status }) => status)).toEqual([400, 400, 200]);
  sandbox.clearRequests();
  sandbox.google.failNext({ reason: 'failedPrecondition' });
  const refused = { name: 'InvalidRequestError', serviceCode: 'failedPrecondition' };
  expect(await failure(gmail.drafts.create(MAIL))).toMatchObject(refused);
  expect(sandbox.requests).toHaveLength(1);
});

test('an account without Gmail is told apart, and not asked again', async () => {
  const { gmail, sandbox } = await server.start();
  sandbox.google.failNext({ reason: 'mailServiceNotEnabled' });
  expect(await failure(gmail.profile.get())).toMatchObject({
    name: 'PermissionError',
    serviceCode: 'mailServiceNotEnabled',
    retryable: false,
  });
  expect(sandbox.requests).toHaveLength(1);
});

test('a request that is too large for Gmail has a name', async () => {
  const { gmail, sandbox } = await server.start();
  sandbox.google.failNext({ reason: 'uploadTooLarge' });
  const tooLarge = { name: 'InvalidRequestError', status: 413, serviceCode: 'uploadTooLarge' };
  expect(await failure(gmail.drafts.create(MAIL))).toMatchObject(tooLarge);
  const { client } = clientOf([new Response('<html>', { status: 413 })]);
  expect(await failure(client.messages.send(MAIL))).toMatchObject({
    name: 'InvalidRequestError',
    serviceCode: 'requestTooLarge',
  });
});

test("a mail that Gmail refuses is Gmail's word", async () => {
  const { client } = clientOf([googleFailure(400, 'invalidArgument', 'Invalid To header')]);
  expect(await failure(client.messages.send(MAIL))).toMatchObject({
    name: 'InvalidRequestError',
    status: 400,
    message: expect.stringContaining('Invalid To header') as string,
  });
});

test('a scope that is known to be lacking is missed before a request', async () => {
  const { gmail, sandbox } = await server.start({
    client: { auth: { getAccessToken: async () => 'token', lacks: async () => true } },
  });
  const errors = [
    await failure(gmail.messages.send(MAIL)),
    await failure(gmail.mailbox.changes('1')),
    await failure(
      gmail.drafts.create({ ...MAIL, attachments: [{ filename: 'a', content: new Uint8Array(4_000_000) }] }),
    ),
  ];
  expect(errors).toMatchObject([
    { name: 'MissingScopeError', missing: ['https://www.googleapis.com/auth/gmail.compose'] },
    { name: 'MissingScopeError', missing: ['https://www.googleapis.com/auth/gmail.readonly'] },
    { name: 'MissingScopeError' },
  ]);
  expect(sandbox.requests).toEqual([]);
});

test('gmail.compose alone reads no mail and watches nothing: Google says so, and no token is refreshed', async () => {
  const { gmail, sandbox } = await server.start({
    scopes: ['https://www.googleapis.com/auth/gmail.compose'],
  });
  const topicName = 'projects/p/topics/t';
  const calls = [
    gmail.messages.list().toArray(),
    gmail.threads.get('a'),
    gmail.mailbox.watch({ topicName }),
    gmail.mailbox.stop(),
    gmail.mailbox.changes('1'),
  ].map(failure);
  for (const error of await Promise.all(calls)) expect(error).toBeInstanceOf(MissingScopeError);
  expect(sandbox.google.stats.tokenRequests).toBe(0);
});

describe('6,000 units a minute', () => {
  const answer = { id: 'a', threadId: 't', emailAddress: 'a@b.c', historyId: '1' };
  const never = { maxWaitMs: 0 };

  test('are 60 mails, or 300 that are read', async () => {
    const sending = clientOf([answer], { limits: undefined });
    await Promise.all(Array.from({ length: 60 }, () => sending.client.messages.send(MAIL)));
    expect(await failure(sending.client.messages.send(MAIL, never))).toBeInstanceOf(RateLimitError);
    const reading = clientOf([answer], { limits: undefined });
    await Promise.all(Array.from({ length: 300 }, () => reading.client.messages.get('a')));
    expect(await failure(reading.client.profile.get(never))).toBeInstanceOf(RateLimitError);
    expect([sending.requests.length, reading.requests.length]).toEqual([60, 300]);
  });

  test('count otherwise where the host says so', async () => {
    const limits = [{ limit: 100, intervalMs: 60_000 }];
    const { client } = clientOf([answer], { limits, costs: { 'messages.send': 50 } });
    await client.messages.send(MAIL);
    await client.messages.send(MAIL);
    expect(await failure(client.messages.send(MAIL, never))).toBeInstanceOf(RateLimitError);
    const costs = { 'messages.sent': 1 } as object;
    expect(() => clientOf([answer], { costs })).toThrow(ConfigurationError);
  });

  test("are kept: what the client lets through, Google's own count lets through", async () => {
    const { gmail, sandbox } = await server.start({
      sandbox: { google: { quotas: {} } },
      client: { limits: undefined },
    });
    await Promise.all(Array.from({ length: 60 }, () => gmail.messages.send(MAIL)));
    expect(await failure(gmail.profile.get({ maxWaitMs: 0 }))).toMatchObject({ name: 'RateLimitError' });
    expect(sandbox.requests.every(({ status }) => status === 200)).toBe(true);
  });

  test('that others have used up end the call with the time that Gmail names', async () => {
    const { gmail } = await server.start({
      sandbox: { google: { quotas: { gmail: [{ limit: 100, intervalMs: 60_000 }] } } },
      client: ONCE,
    });
    await gmail.messages.send(MAIL);
    const error = await failure(gmail.messages.send(MAIL));
    expect(error).toMatchObject({ name: 'RateLimitError', status: 403 });
    expect((error as RateLimitError).retryAfterMs).toBeGreaterThan(50_000);
  });
});

test('10 mails at once with a token that ended: one refresh, one replay each, ten mails', async () => {
  const { sandbox } = await server.start();
  const stale = sandbox.google.issueToken().accessToken;
  sandbox.google.expireAccessTokens();
  let refresh: Promise<string> | undefined;
  let refreshes = 0;
  const renew = async (): Promise<string> => {
    refreshes += 1;
    return sandbox.google.issueToken().accessToken;
  };
  const auth = {
    account: 'ada',
    getAccessToken: async ({ rejected }: { rejected?: string | undefined } = {}) =>
      rejected === undefined ? ((await refresh) ?? stale) : await (refresh ??= renew()),
  };
  const gmail = new GmailClient({ auth, limits: [], rateLimiter: memoryRateLimiter(), retry: IMPATIENT });
  const before = sandbox.google.testUser('grace@example.com').gmail.messages().length;
  await Promise.all(Array.from({ length: 10 }, () => gmail.messages.send(MAIL)));
  expect(refreshes).toBe(1);
  expect(sandbox.requests.map(({ status }) => String(status)).toSorted()).toEqual([
    ...Array<string>(10).fill('200'),
    ...Array<string>(10).fill('401'),
  ]);
  expect(sandbox.google.testUser('grace@example.com').gmail.messages()).toHaveLength(before + 10);
});

const misfits: [field: string, answer: object, call: (client: GmailClient) => Promise<unknown>][] = [
  ['id', {}, (client) => client.drafts.create(MAIL)],
  ['threadId', { id: 'a' }, (client) => client.messages.send(MAIL)],
  ['messages', { messages: 'none' }, (client) => client.messages.list().toArray()],
  ['drafts', { drafts: {} }, (client) => client.drafts.list().toArray()],
  [
    'expiration',
    { historyId: '1', expiration: 'soon' },
    (client) => client.mailbox.watch({ topicName: 'projects/p/topics/t' }),
  ],
  ['historyId', { history: [] }, (client) => client.mailbox.changes('1')],
  ['emailAddress', {}, (client) => client.profile.get()],
  ['data', { size: 3 }, (client) => client.messages.attachment('m', 'a')],
  ['the response', new Response('<html>'), (client) => client.profile.get()],
];

test.each(misfits)('an answer without %s is unexpected', async (field, answer, call) => {
  const { client } = clientOf([answer]);
  expect(await failure(call(client))).toMatchObject({ code: 'unexpected_response', field });
});

test('an upload that is answered with something else is unexpected too', async () => {
  const attachments = [{ filename: 'a', content: new Uint8Array(4_000_000) }];
  for (const body of ['<html>', '[]', '{}']) {
    const client = new GmailClient({ auth: 'token', limits: [], fetch: async () => new Response(body) });
    expect(await failure(client.drafts.create({ ...MAIL, attachments }))).toMatchObject({
      code: 'unexpected_response',
    });
  }
});

test('an abort ends a call with its reason, on its way and before', async () => {
  const { client } = clientOf([() => new Promise<Response>(() => undefined)]);
  const controller = new AbortController();
  const { signal } = controller;
  const attachments = [{ filename: 'a', content: new Uint8Array(4_000_000) }];
  const hanging = new GmailClient({ auth: 'token', limits: [], fetch: () => new Promise(() => undefined) });
  const calls = [
    client.messages.send(MAIL, { signal }),
    client.drafts.list({ signal }).toArray(),
    client.mailbox.changes('1', { signal }),
    hanging.drafts.create({ ...MAIL, attachments }, { signal }),
  ].map(failure);
  setImmediate(() => controller.abort('enough'));
  expect(await Promise.all(calls)).toEqual(Array<string>(4).fill('enough'));
});
