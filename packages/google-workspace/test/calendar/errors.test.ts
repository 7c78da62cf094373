import {
  ConfigurationError,
  ConflictError,
  InvalidRequestError,
  MissingScopeError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ReauthorizationRequiredError,
  ServiceUnavailableError,
} from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';
import { googleFailure } from '../support/answering.ts';
import { fixtureText, hasFixtures, skipped } from '../support/fixtures.ts';
import { useSandbox } from '../support/use-sandbox.ts';
import { clientOf } from './client-of.ts';
import { EMPTY, hour, QUIET } from './times.ts';

const server = useSandbox();
const ONCE = { retry: { attempts: 1 } };

describe.skipIf(!hasFixtures)(`Google's own failures${skipped}`, () => {
  const classes: [name: string, error: abstract new (...input: never[]) => Error][] = [
    ['400-timeRangeEmpty', InvalidRequestError],
    ['401-authError', ReauthorizationRequiredError],
    ['403-forbiddenForNonOrganizer', PermissionError],
    ['403-quotaExceeded', RateLimitError],
    ['403-rateLimitExceeded', RateLimitError],
    ['403-userRateLimitExceeded', RateLimitError],
    ['404-notFound', NotFoundError],
    ['409-duplicate', ConflictError],
    ['410-deleted', NotFoundError],
    ['410-fullSyncRequired', NotFoundError],
    ['412-conditionNotMet', ConflictError],
    ['429-rateLimitExceeded', RateLimitError],
    ['500-backendError', ServiceUnavailableError],
  ];

  test.each(classes)('%s', async (name, errorClass) => {
    const body = fixtureText(`calendar-error-${name}.json`);
    const [status, reason] = name.split('-');
    const { client, requests } = clientOf([new Response(body, { status: Number(status) })], ONCE);
    const error = await failure(client.events.get('a1b2c'));
    expect(error).toBeInstanceOf(errorClass);
    if (status !== '401') {
      expect(error).toMatchObject({
        service: 'google-calendar',
        status: Number(status),
        serviceCode: reason,
      });
    }
    // Another route is asked whether the token is good.
    expect(requests).toHaveLength(status === '401' ? 2 : 1);
  });
});

test.each([
  ['rateLimitExceeded', RateLimitError],
  ['userRateLimitExceeded', RateLimitError],
  ['tooManyRequests', RateLimitError],
  ['quotaExceeded', RateLimitError],
  ['dailyLimitExceeded', RateLimitError],
  ['calendarLimitsExceeded', RateLimitError],
  ['updatedMinTooLongAgo', InvalidRequestError],
  ['forbidden', PermissionError],
  ['insufficientPermissions', MissingScopeError],
  ['accessNotConfigured', ConfigurationError],
  ['backendError', ServiceUnavailableError],
] as const)('the sandbox refuses with %s, too', async (reason, errorClass) => {
  const { calendar, sandbox } = await server.start({ ...EMPTY, client: ONCE });
  sandbox.google.failNext({ reason });
  expect(await failure(calendar.events.get('a1b2c'))).toBeInstanceOf(errorClass);
});

test.each([
  ...[403, 429].flatMap((status) =>
    ['concurrentLimitExceeded', 'rateLimitExceededUnreg', 'servingLimitExceeded', 'RESOURCE_EXHAUSTED'].map(
      (reason) => [status, reason, true] as const,
    ),
  ),
  [403, 'userRateLimitExceededUnreg', true],
  [403, 'calendarUsageLimitsExceeded', false],
  [403, 'dailyLimitExceededUnreg', false],
  [403, 'limitExceeded', false],
  [403, 'variableTermLimitExceeded', false],
] as const)('19.7: %i %s is a quota, not a permission', async (status, reason, retryable) => {
  const { client } = clientOf([googleFailure(status, reason)], ONCE);
  expect(await failure(client.events.get('a1b2c'))).toMatchObject({ name: 'RateLimitError', retryable });
});

const SHAPES: Readonly<Record<string, (reason: string) => object>> = {
  'errors[].reason': (reason) => ({ errors: [{ domain: 'usageLimits', reason }] }),
  'details[].reason': (reason) => ({ details: [{ '@type': 'google.rpc.ErrorInfo', reason }] }),
  'status alone': (status) => ({ status }),
  'a reason beside a status': (reason) => ({ status: 'PERMISSION_DENIED', errors: [{ reason }] }),
};
const QUOTA_REASONS: [reason: string, retryable: boolean][] = [
  ['rateLimitExceeded', true],
  ['userRateLimitExceeded', true],
  ['RATE_LIMIT_EXCEEDED', true],
  ['RESOURCE_EXHAUSTED', true],
  ['quotaExceeded', false],
  ['dailyLimitExceeded', false],
  ['calendarLimitsExceeded', false],
  ['RESOURCE_QUOTA_EXCEEDED', false],
];

describe.each(Object.entries(SHAPES))('19.7: a quota by %s', (_shape, errorOf) => {
  test.each(QUOTA_REASONS)('%s', async (reason, retryable) => {
    for (const status of [403, 429]) {
      const body = { error: { code: status, message: 'No more.', ...errorOf(reason) } };
      const { client } = clientOf([Response.json(body, { status })], ONCE);
      expect(await failure(client.events.get('a1b2c'))).toMatchObject({ name: 'RateLimitError', retryable });
    }
  });

  test('updatedMinTooLongAgo is its own', async () => {
    const body = { error: { code: 410, ...errorOf('updatedMinTooLongAgo') } };
    const { client } = clientOf([Response.json(body, { status: 410 })], ONCE);
    const error = await failure(client.events.list({ updatedMin: new Date(0) }).toArray());
    expect(error).toMatchObject({ name: 'InvalidRequestError', field: 'updatedMin', retryable: false });
  });
});

test('19.7: a quota of days is not tried again and holds nothing back, a failure of the service is', async () => {
  const { calendar, sandbox } = await server.start(EMPTY);
  sandbox.google.failNext({ reason: 'quotaExceeded' });
  const quota = { name: 'RateLimitError', retryable: false, serviceCode: 'quotaExceeded' };
  expect(await failure(calendar.calendars.get())).toMatchObject(quota);
  expect(sandbox.requests).toHaveLength(1);
  expect(await calendar.calendars.get('primary', { maxWaitMs: 0 })).toMatchObject({ primary: true });
  sandbox.clearRequests();
  sandbox.google.failNext({ reason: 'backendError', times: 2 });
  expect(await calendar.calendars.get()).toMatchObject({ primary: true });
  expect(sandbox.requests.map(({ status }) => status)).toEqual([500, 500, 200]);
});

test('PATCH is sent again after a 503 and after 403 rateLimitExceeded, as it was', async () => {
  const pause = { 'retry-after': '0' };
  const limited = new Response(await googleFailure(403, 'rateLimitExceeded').text(), {
    status: 403,
    headers: pause,
  });
  const { client, requests } = clientOf([new Response(null, { status: 503 }), limited, { id: 'a1b2c' }]);
  await client.events.patch('a1b2c', { summary: 'x' }, QUIET);
  expect(requests.map(({ method, json }) => [method, json])).toEqual(
    Array.from({ length: 3 }, () => ['PATCH', { summary: 'x' }]),
  );
});

test('creating is sent again with the same id', async () => {
  const { client, requests } = clientOf([new Response(null, { status: 503 }), { id: 'a1b2c' }]);
  await client.events.create(hour(9));
  expect(requests[1]?.json).toEqual(requests[0]?.json);
});

test.each([
  ['text', new Response('<html>', { status: 200 })],
  ['nothing', new Response(null, { status: 204 })],
  ['a list', Response.json([])],
])('an event that is %s is an unexpected answer', async (_name, answer) => {
  const { client } = clientOf([answer]);
  expect(await failure(client.events.get('a1b2c'))).toMatchObject({ code: 'unexpected_response' });
});
