import {
  ApiError,
  ConfigurationError,
  type ContextSdkError,
  NetworkError,
  OAuthClient,
  RateLimitError,
  ReauthorizationRequiredError,
  ServiceUnavailableError,
  TimeoutError,
  type TokenSet,
  UnexpectedResponseError,
} from '@context-sdk/oauth-core';
import { ticktick } from '@context-sdk/oauth-core/providers';
import { http, HttpResponse, passthrough } from 'msw';
import { expect, test } from 'vitest';
import { CANARY, expectNoSecretIn } from '../support/canaries.ts';
import { freshTokens, makeClient, type TokenAnswer, useTokenEndpoint } from '../support/token-endpoint.ts';

const endpoint = useTokenEndpoint();

const held: TokenSet = {
  accessToken: CANARY.accessToken,
  refreshToken: CANARY.refreshToken,
  obtainedAt: 0,
  scopes: ['tasks:read'],
};

const echo = `${CANARY.refreshToken} ${CANARY.clientSecret}`;
const json =
  (body: unknown, init?: ResponseInit): TokenAnswer =>
  () =>
    Response.json(body, init);
const text =
  (body: string, init: ResponseInit): TokenAnswer =>
  () =>
    new Response(body, init);

const accepted: [name: string, answer: TokenAnswer, expected: Partial<TokenSet>][] = [
  ['no token_type', () => freshTokens({ token_type: undefined }), {}],
  ['an empty token_type', () => freshTokens({ token_type: '' }), {}],
  ['token_type "BEARER"', () => freshTokens({ token_type: 'BEARER' }), {}],
  ['the provider’s own name for bearer', () => freshTokens({ token_type: 'user' }), {}],
  ['expires_in as a text', () => freshTokens({ expires_in: '3600' }), {}],
  [
    'a missing refresh_token: the old one stays',
    () => freshTokens({ refresh_token: undefined }),
    { refreshToken: CANARY.refreshToken },
  ],
  [
    'refresh_token null: the old one stays',
    () => freshTokens({ refresh_token: null }),
    { refreshToken: CANARY.refreshToken },
  ],
  [
    'an empty refresh_token: the old one stays',
    () => freshTokens({ refresh_token: '' }),
    { refreshToken: CANARY.refreshToken },
  ],
  ['scope as a list', () => freshTokens({ scope: ['a', 'b'] }), { scopes: ['a', 'b'] }],
  ['scope null: the old ones stay', () => freshTokens({ scope: null }), { scopes: ['tasks:read'] }],
  ['an id_token that is none', () => freshTokens({ id_token: 'x.y' }), {}],
  [
    'JSON that calls itself HTML',
    text(JSON.stringify({ access_token: CANARY.newAccessToken }), {
      headers: { 'content-type': 'text/html' },
    }),
    {},
  ],
  [
    'a form-encoded answer',
    text(`access_token=${CANARY.newAccessToken}&token_type=bearer&scope=a`, {}),
    { scopes: ['a'] },
  ],
  ['201', json({ access_token: CANARY.newAccessToken }, { status: 201 }), {}],
];

test.each(accepted)('accepts %s', async (_name, answer, expected) => {
  endpoint.answer = answer;
  const tokenSet = await makeClient({ bearerTokenTypes: ['user'] }).refresh(held);
  expect(tokenSet).toMatchObject({ accessToken: CANARY.newAccessToken, ...expected });
  expectNoSecretIn({ logged: String(tokenSet) });
});

test.each([null, 'soon', 0, -1, undefined])(
  'expires_in %j means that the lifetime is not known',
  async (expires_in) => {
    endpoint.answer = () => freshTokens({ expires_in });
    const tokenSet = await makeClient().refresh(held);
    expect(tokenSet.expiresAt).toBeUndefined();
    expect(tokenSet.refreshToken).toBe(CANARY.newRefreshToken);
  },
);

type ErrorClass = new (...parameters: never[]) => ContextSdkError;
const refused: [name: string, answer: TokenAnswer, kind: ErrorClass, facts: object][] = [
  [
    '400 invalid_grant',
    json({ error: 'invalid_grant', error_description: echo }, { status: 400 }),
    ReauthorizationRequiredError,
    { reason: 'revoked' },
  ],
  [
    '200 with an error',
    json({ error: 'invalid_grant', error_description: echo }),
    ReauthorizationRequiredError,
    { reason: 'revoked' },
  ],
  [
    '400 as text/plain',
    text('{"error":"invalid_grant"}', { status: 400, headers: { 'content-type': 'text/plain' } }),
    ReauthorizationRequiredError,
    {},
  ],
  [
    '401 with WWW-Authenticate',
    json({ error: 'invalid_grant' }, { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } }),
    ReauthorizationRequiredError,
    {},
  ],
  [
    '401 invalid_client',
    json({ error: 'invalid_client', error_description: echo }, { status: 401 }),
    ConfigurationError,
    {},
  ],
  [
    '400 unauthorized_client',
    json({ error: 'unauthorized_client' }, { status: 400 }),
    ConfigurationError,
    {},
  ],
  ['400 with an error object', json({ error: { code: echo } }, { status: 400 }), ApiError, { status: 400 }],
  ['400 without content', text('', { status: 400 }), ApiError, { status: 400 }],
  ['400 as HTML', text(`<html>${echo}</html>`, { status: 400 }), ApiError, { status: 400 }],
  [
    '400 with an unknown code',
    json({ error: 'odd', error_description: echo }, { status: 400 }),
    ApiError,
    { serviceCode: 'odd' },
  ],
  [
    '429 with Retry-After',
    json({ error: 'x' }, { status: 429, headers: { 'retry-after': '7' } }),
    RateLimitError,
    { retryAfterMs: 7000 },
  ],
  [
    '503',
    text(echo, { status: 503, headers: { 'retry-after': '2' } }),
    ServiceUnavailableError,
    { retryAfterMs: 2000 },
  ],
  ['500 as JSON', json({ error: 'temporarily_unavailable' }, { status: 500 }), ServiceUnavailableError, {}],
  [
    'a redirect',
    text('', { status: 302, headers: { location: `https://evil.example/?${CANARY.refreshToken}` } }),
    ApiError,
    { status: 302 },
  ],
  [
    'no access_token',
    json({ refresh_token: CANARY.newRefreshToken }),
    UnexpectedResponseError,
    { field: 'access_token' },
  ],
  [
    'a token_type that is not bearer',
    () => freshTokens({ token_type: 'mac' }),
    UnexpectedResponseError,
    { field: 'token_type' },
  ],
  ['a list', json([CANARY.newAccessToken]), UnexpectedResponseError, { field: 'access_token' }],
  ['a dropped connection', () => HttpResponse.error(), NetworkError, { sent: true }],
];

test.each(refused)('I-25: %s becomes a typed error without a secret', async (_name, answer, kind, facts) => {
  endpoint.answer = answer;
  const error: unknown = await makeClient()
    .refresh(held)
    .catch((failure: unknown) => failure);
  expect(error).toBeInstanceOf(kind);
  expect(error).toMatchObject({ service: 'ticktick', ...facts });
  expectNoSecretIn(error);
});

test('a token endpoint that does not answer is given up after timeoutMs', async () => {
  endpoint.answer = () => new Promise(() => undefined);
  const refresh = makeClient().refresh(held, { timeoutMs: 20 });
  await expect(refresh).rejects.toBeInstanceOf(TimeoutError);
  await expect(refresh).rejects.toMatchObject({ timeoutMs: 20 });
});

test('the caller can abort with a reason of its own', async () => {
  endpoint.answer = () => new Promise(() => undefined);
  const reason = new Error('enough');
  const controller = new AbortController();
  const refresh = makeClient().refresh(held, { signal: controller.signal });
  controller.abort(reason);
  await expect(refresh).rejects.toBe(reason);
});

test('a refresh without a refresh token makes no request', async () => {
  const { refreshToken: _, ...without } = held;
  await expect(makeClient().refresh(without)).rejects.toMatchObject({ reason: 'expired' });
  expect(endpoint.requests).toHaveLength(0);
});

const authentication: [string, string | null, Record<string, string>][] = [
  ['basic', `Basic ${btoa('client%2D1:canary%2Dsecret%2D1a2b')}`, {}],
  ['basic-raw', `Basic ${btoa(`client-1:${CANARY.clientSecret}`)}`, {}],
  ['post', null, { client_id: 'client-1', client_secret: CANARY.clientSecret }],
  ['none', null, { client_id: 'client-1' }],
];

test.each(authentication)('the client proves itself by %s', async (method, header, fields) => {
  endpoint.answer = () => freshTokens();
  await makeClient({ clientAuthentication: method as 'basic' }).refresh(held);
  const [request] = endpoint.requests;
  expect(request?.headers.get('authorization')).toBe(header);
  expect(Object.fromEntries(request?.body ?? [])).toEqual({
    grant_type: 'refresh_token',
    refresh_token: CANARY.refreshToken,
    ...fields,
  });
});

test('revoking sends the refresh token, and failures are typed', async () => {
  const client = makeClient();
  await client.revoke(held);
  expect(endpoint.revoked).toEqual([CANARY.refreshToken]);
  endpoint.answerRevocation = () => new Response(echo, { status: 503 });
  const error: unknown = await client.revoke(held).catch((failure: unknown) => failure);
  expect(error).toBeInstanceOf(ServiceUnavailableError);
  expectNoSecretIn(error);
});

test('a provider without a revocation endpoint is not asked', async () => {
  const client = makeClient({ revocationEndpoint: '' });
  await client.revoke(held);
  expect(endpoint.revoked).toEqual([]);
});

test('a server that is not there is a definite failure to send', async () => {
  endpoint.server.use(http.post('http://127.0.0.1:9999/token', () => passthrough()));
  const provider = {
    tokenEndpoint: 'http://127.0.0.1:9999/token',
    endpointHosts: ['127.0.0.1', 'ticktick.com', 'api.ticktick.com'],
  };
  const error: unknown = await makeClient(provider)
    .refresh(held)
    .catch((failure: unknown) => failure);
  expect(error).toMatchObject({ code: 'network', sent: false, systemCode: 'ECONNREFUSED' });
});

test("17: a test's `fetch` needs no web stream: `text()` is enough", async () => {
  const body = JSON.stringify({ access_token: 'access-1', token_type: 'bearer', expires_in: 3600 });
  const response = { ok: true, status: 200, headers: new Headers(), text: async () => body };
  const client = new OAuthClient({
    provider: ticktick,
    clientId: 'client-1',
    redirectUri: 'https://example.com/callback',
    fetch: async () => response as Response,
  });
  expect(await client.refresh(held)).toMatchObject({ accessToken: 'access-1' });
});
