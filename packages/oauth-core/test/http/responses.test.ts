import { gzipSync } from 'node:zlib';
import {
  InvalidRequestError,
  OAuthClient,
  RateLimitError,
  staticToken,
  UnexpectedResponseError,
} from '@context-sdk/oauth-core';
import { classifyByStatus, createPipeline, type PipelineOptions } from '@context-sdk/oauth-core/client-kit';
import { ticktick } from '@context-sdk/oauth-core/providers';
import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';

const THINGS = 'https://things.example/things';

function fetchWith(
  options: Partial<PipelineOptions>,
  call: { maxResponseBytes?: number } = {},
): typeof fetch {
  return createPipeline({
    service: 'things',
    auth: staticToken('a-token'),
    origins: ['https://things.example'],
    limits: [],
    retry: { attempts: 1 },
    classify: classifyByStatus('things'),
    ...options,
  }).fetchFor({ operation: 'things.list', safety: 'safe', ...call });
}

/** A response whose length nobody tells, and how much of it was taken. */
function endless(): { response: Response; sent: () => number; isCanceled: () => boolean } {
  let sent = 0;
  let isCanceled = false;
  const body = new ReadableStream({
    pull(controller) {
      sent += 65_536;
      controller.enqueue(new Uint8Array(65_536));
    },
    cancel: () => void (isCanceled = true),
  });
  return { response: new Response(body), sent: () => sent, isCanceled: () => isCanceled };
}

test('16.25: a response without an end is given up at maxResponseBytes', async () => {
  const { response, sent, isCanceled } = endless();
  const call = fetchWith({ maxResponseBytes: 1_000_000, fetch: async () => response })(THINGS);
  const error = await failure(call);
  expect(error).toBeInstanceOf(UnexpectedResponseError);
  expect(error).toMatchObject({ message: expect.stringContaining('maxResponseBytes'), status: 200 });
  expect(sent()).toBeLessThan(1_300_000);
  expect(isCanceled()).toBe(true);
});

test('16.25: one that says how large it is is not read at all', async () => {
  const { response, sent } = endless();
  response.headers.set('content-length', String(65 * 2 ** 20));
  expect(await failure(fetchWith({ fetch: async () => response })(THINGS))).toBeInstanceOf(
    UnexpectedResponseError,
  );
  expect(sent()).toBeLessThan(200_000);
});

test('16.25: what counts is what was unpacked', async () => {
  const { response } = endless();
  response.headers.set('content-length', String(gzipSync('small').length));
  response.headers.set('content-encoding', 'gzip');
  const call = fetchWith({ maxResponseBytes: 100_000, fetch: async () => response })(THINGS);
  expect(await failure(call)).toBeInstanceOf(UnexpectedResponseError);
});

test('16.25: a call may take more, and what is told of a HEAD is no body', async () => {
  const large = (): Response => new Response(new Uint8Array(200_000));
  const options = { maxResponseBytes: 1_000, fetch: async () => large() };
  expect(await failure(fetchWith(options)(THINGS))).toBeInstanceOf(UnexpectedResponseError);
  const whole = await fetchWith(options, { maxResponseBytes: Number.POSITIVE_INFINITY })(THINGS);
  expect((await whole.arrayBuffer()).byteLength).toBe(200_000);
  const head = async (): Promise<Response> => new Response(null, { headers: { 'content-length': '200000' } });
  expect((await fetchWith({ ...options, fetch: head })(THINGS, { method: 'HEAD' })).status).toBe(200);
});

test('16.25: a token endpoint without an end is given up', async () => {
  const { response, sent } = endless();
  const client = new OAuthClient({
    provider: ticktick,
    clientId: 'client-1',
    redirectUri: 'https://example.com/callback',
    fetch: async () => response,
  });
  const held = { accessToken: 'a', refreshToken: 'refresh', obtainedAt: 0, scopes: [] };
  expect(await failure(client.refresh(held))).toBeInstanceOf(UnexpectedResponseError);
  expect(sent()).toBeLessThan(2_000_000);
});

test('16.24: what came is classified, and what is shown is redacted', async () => {
  const fetch = fetchWith({
    auth: staticToken('Limit'),
    limits: [],
    classify: (response) => {
      const { reason = '', message = '' } = JSON.parse(response.text()) as Record<string, string>;
      if (reason !== 'rateLimitExceeded') return new InvalidRequestError('not read');
      return new RateLimitError(`${reason}: ${message}`, {
        retryAfterMs: 1,
        serviceCode: reason,
        retryable: false,
      });
    },
    fetch: async () =>
      Response.json({ reason: 'rateLimitExceeded', message: 'for token Limit' }, { status: 403 }),
  });
  const error = await failure(fetch(THINGS));
  expect(error).toMatchObject({
    serviceCode: 'rateLimitExceeded',
    message: 'rateLimitExceeded: for token [redacted]',
  });
});

test('16.23: an error that quotes a megabyte of backslashes is made in one go', async () => {
  const said = `token: ${'\\'.repeat(1_000_000)}Limit\\\\`;
  const fetch = fetchWith({
    auth: staticToken('Limit'),
    limits: [],
    classify: () => new InvalidRequestError('not read', { details: { said } }),
    fetch: async () => new Response('', { status: 400 }),
  });
  const error = (await failure(fetch(THINGS))) as InvalidRequestError;
  expect(error.details).toEqual({ said: 'token: [redacted]\\\\' });
});

test('16.23: half a secret at the end of a long sentence is not shown', async () => {
  const token = 'secret-0123456789-0123456789-0123456789';
  const said = `${'x '.repeat(140)}${token}`;
  const fetch = fetchWith({
    auth: staticToken(token),
    classify: classifyByStatus('things', (body) => ({ said: body })),
    fetch: async () => new Response(said, { status: 400 }),
  });
  expect(String(await failure(fetch(THINGS)))).not.toContain('secret-');
});

test.each([
  ['a header', THINGS, { headers: { 'if-match': 'secret-\netag' } }],
  ['a method', THINGS, { method: 'TRACE' }],
  ['an address', 'https://user:secret-password@things.example/things', {}],
])('16.23: %s that can’t be sent is an error of ours, which does not quote it', async (_, url, init) => {
  const error = await failure(fetchWith({ fetch: async () => new Response() })(url, init));
  expect(error).toBeInstanceOf(InvalidRequestError);
  expect(String(error)).not.toContain('secret-');
});
