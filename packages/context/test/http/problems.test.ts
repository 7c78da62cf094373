import {
  AuthorizationError,
  ConfigurationError,
  type FailureDetails,
  GrantChangedError,
  httpStatusOf,
  memoryStore,
  NoFreeSlotError,
  PermissionError,
  publicMessageOf,
  RateLimitError,
  type RecordStore,
  ServiceUnavailableError,
  StoreError,
} from '@context-sdk/context';
import { describe, expect, test } from 'vitest';
import { startContext } from '../support/start-context.ts';
import { HOST } from '../support/start-host.ts';

interface Failure {
  response: Response;
  page: string;
  json: { code: string; message: string; reference: string };
  references: string[];
}

/** What a browser and a program see of a failure, and the references in the host's log. */
async function fail(error: unknown, store: RecordStore = memoryStore()): Promise<Failure> {
  const references: string[] = [];
  const { context } = startContext({ baseUrl: HOST, store });
  const handler = context.createHandler({
    getUserId: () => {
      if (error !== undefined) throw error;
      return 'ada';
    },
    onError: (_error, _request, { reference }: FailureDetails) => references.push(reference),
  });
  const ask = (accept: string): Promise<Response> =>
    handler(new Request(`${HOST}/auth/google/authorize`, { headers: { accept } }));
  const response = await ask('text/html');
  const json = (await (await ask('application/json')).json()) as Failure['json'];
  return { response, page: await response.text(), json, references };
}

test.for([
  () => {
    throw new Error('the log is full');
  },
  () => Promise.reject(new Error('the log is down')),
])('16.19: an onError that fails changes no answer (%#)', async (onError) => {
  const { context } = startContext({ baseUrl: HOST });
  const handler = context.createHandler({ getUserId: () => undefined, onError });
  expect((await handler(new Request(`${HOST}/auth/google/authorize`))).status).toBe(403);
  expect((await handler(new Request(`${HOST}/auth/google/callback?state=x`))).status).toBe(400);
});

test('16.16: each class of error that a caller can do something about has its status', () => {
  expect(httpStatusOf(new GrantChangedError({ service: 'ticktick' }))).toBe(409);
  expect(httpStatusOf(new NoFreeSlotError(60, undefined))).toBe(409);
});

describe('15.6: a limit that is used up', () => {
  test.for([
    [new RateLimitError('x', { retryAfterMs: 61_001 }), 429, '62'],
    [new RateLimitError('x', { retryAfterMs: 1 }), 429, '1'],
    [new RateLimitError('x', { retryAfterMs: 5_000 }), 429, '5'],
    [new ServiceUnavailableError('x', { retryAfterMs: 7_500 }), 503, '8'],
    [new ServiceUnavailableError('x'), 503, '30'],
  ] as const)('%s becomes %i with its own Retry-After', async ([error, status, seconds]) => {
    const { response } = await fail(error);
    expect([response.status, response.headers.get('retry-after')]).toEqual([status, seconds]);
    expect(httpStatusOf(error)).toBe(status);
  });
});

describe('16.16: a response shows no record keys, key ids and email addresses', () => {
  const CANARIES = ['token/ada@example.com/google/default', 'key-2027', 'grace@example.com'];
  const text = CANARIES.join(' ');

  test.for([
    [new StoreError('key-missing', text), 503, 'store'],
    [new StoreError('corrupt', text), 503, 'store'],
    [new ConfigurationError(text), 500, 'configuration'],
    [new PermissionError(text, { service: 'google' }), 403, 'permission_denied'],
    [new RateLimitError(text, { retryAfterMs: 1 }), 429, 'rate_limited'],
    [new Error(text), 500, 'internal'],
  ] as const)('of %s', async ([error, status, code]) => {
    const { response, page, json, references } = await fail(error);
    expect([response.status, json.code]).toEqual([status, code]);
    for (const canary of CANARIES) expect(page + JSON.stringify(json)).not.toContain(canary);
    expect(references).toEqual([expect.stringMatching(/^[\da-f]{8}$/), json.reference]);
    expect(page).toContain(`Reference: ${references[0]}`);
    expect(references[0]).not.toBe(references[1]);
    expect(publicMessageOf(error)).toBe(json.message);
  });

  test('of a code that the provider refused, which names the host’s options', async () => {
    const error = new AuthorizationError('exchange-refused', `google says no: ${text} Check redirectUri.`, {
      service: 'google',
    });
    const { response, page, json } = await fail(error);
    expect([response.status, json.code]).toEqual([400, 'authorization_failed']);
    for (const canary of [...CANARIES, 'redirectUri']) expect(page + json.message).not.toContain(canary);
    expect(publicMessageOf(error)).toBe(json.message);
  });

  test('of a store that fails under a route', async () => {
    const store: RecordStore = {
      ...memoryStore(),
      get: (key) => Promise.reject(new StoreError('key-missing', `${key} has the key ${text}`)),
    };
    const { response, page, json } = await fail(undefined, store);
    expect(response.status).toBe(503);
    for (const canary of [...CANARIES, 'connection/ada']) expect(page + json.message).not.toContain(canary);
  });

  test('what the user can mend is still said', async () => {
    const { json } = await fail(new PermissionError('Nobody is signed in here.'));
    expect(json.message).toBe('Nobody is signed in here.');
    expect(publicMessageOf(new PermissionError('Nobody is signed in here.'))).toBe(json.message);
  });
});
