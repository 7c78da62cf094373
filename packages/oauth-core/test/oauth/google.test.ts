import { inspect } from 'node:util';
import {
  ConfigurationError,
  identityOf,
  memoryStore,
  OAuthClient,
  ReauthorizationRequiredError,
  TokenManager,
  type TokenSet,
} from '@context-sdk/oauth-core';
import { google, parseGoogleClientSecret } from '@context-sdk/oauth-core/providers';
import { failure } from '@context-sdk/test-support';
import { useServer } from '@context-sdk/test-support/msw';
import { hasRecordings, recorded, skipped } from '@context-sdk/test-support/recordings';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { CANARY, expectNoSecretIn } from '../support/canaries.ts';

const CALENDAR = 'https://www.googleapis.com/auth/calendar';
const CALLBACK = 'http://localhost:8000/auth/google/callback';

const server = useServer();

function answerTokens(answer: (form: URLSearchParams) => Response): void {
  server.use(
    http.post(google.tokenEndpoint, async ({ request }) => answer(new URLSearchParams(await request.text()))),
  );
}

function makeClient(): OAuthClient {
  const { clientSecret } = CANARY;
  return new OAuthClient({ provider: google, clientId: 'app-1', clientSecret, redirectUri: CALLBACK });
}

function idToken(claims: Record<string, unknown>): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return [part({ alg: 'RS256' }), part(claims), 'signature'].join('.');
}

/** Signs in with an id_token of these claims besides the usual ones. */
async function signIn(claims: Record<string, unknown>, fields: object = {}): Promise<TokenSet> {
  const client = makeClient();
  const { url, transaction } = await client.beginAuthorization();
  const now = Math.floor(Date.now() / 1000);
  const nonce = url.searchParams.get('nonce');
  const usual = { iss: google.issuer, aud: 'app-1', sub: '1', nonce, iat: now, exp: now + 3600 };
  answerTokens(() =>
    HttpResponse.json({
      access_token: CANARY.newAccessToken,
      refresh_token: CANARY.newRefreshToken,
      expires_in: 3599,
      scope: `${CALENDAR} openid https://www.googleapis.com/auth/userinfo.email`,
      token_type: 'Bearer',
      id_token: idToken({ ...usual, ...claims }),
      ...fields,
    }),
  );
  const callback = new URL(CALLBACK);
  callback.search = String(new URLSearchParams({ code: 'c', state: transaction.state, iss: google.issuer }));
  return client.completeAuthorization(callback, transaction);
}

test('15: the guide’s own scopes are enough: without openid no id_token is expected', async () => {
  const client = makeClient();
  const scopes = [CALENDAR, 'https://www.googleapis.com/auth/gmail.compose'];
  const { url, transaction } = await client.beginAuthorization({ scopes });
  expect(url.searchParams.get('nonce')).toBeNull();
  answerTokens(() =>
    HttpResponse.json({ access_token: CANARY.newAccessToken, expires_in: 3599, token_type: 'Bearer' }),
  );
  const callback = new URL(CALLBACK);
  callback.search = String(new URLSearchParams({ code: 'c', state: transaction.state, iss: google.issuer }));
  const tokenSet = await client.completeAuthorization(callback, transaction);
  expect(tokenSet).toMatchObject({ accessToken: CANARY.newAccessToken, scopes });
});

test('15: a server without id_token is told so, with the way out', async () => {
  const error = await failure(signIn({}, { id_token: undefined }));
  expect(String(error)).toContain('id_token of google is missing or not valid');
  expect(String(error)).toContain('without the scope openid');
});

test('a first sign-in asks for offline access, earlier scopes and consent, with PKCE and a nonce', async () => {
  const { url } = await makeClient().beginAuthorization({ loginHint: 'ada@example.com' });
  expect(url.origin + url.pathname).toBe('https://accounts.google.com/o/oauth2/v2/auth');
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    access_type: 'offline',
    include_granted_scopes: 'true',
    prompt: 'consent',
    code_challenge_method: 'S256',
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
    login_hint: 'ada@example.com',
    scope: `${CALENDAR} https://www.googleapis.com/auth/gmail.compose openid email`,
  });
});

test('where a refresh token is held, no consent is asked for', async () => {
  const { url } = await makeClient().beginAuthorization({ holdsRefreshToken: true });
  expect(url.searchParams.has('prompt')).toBe(false);
  expect(url.searchParams.get('access_type')).toBe('offline');
});

test('the id_token tells who signed in, and the scopes what was granted', async () => {
  const tokens = await signIn({ sub: '110', email: 'ada@example.com', email_verified: true, name: 'Adä' });
  expect(identityOf(tokens)).toEqual({
    subject: '110',
    email: 'ada@example.com',
    emailVerified: true,
    name: 'Adä',
  });
  expect(tokens.scopes).toContain(CALENDAR);
  expect(tokens.scopes).not.toContain('https://www.googleapis.com/auth/gmail.compose');
});

test('both names that Google gives itself are good, another is not', async () => {
  await expect(signIn({ iss: 'accounts.google.com' })).resolves.toMatchObject({
    scopes: [CALENDAR, 'openid', expect.any(String)],
  });
  const error: unknown = await signIn({ iss: 'https://accounts.google.example' }).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ code: 'unexpected_response', field: 'id_token' });
  expectNoSecretIn(error);
});

test.each([
  ['for another app', { aud: 'app-2' }],
  ['of another sign-in', { nonce: 'n' }],
  ['that has ended', { exp: 1 }],
])('an id_token %s ends the sign-in', async (_what, claims) => {
  await expect(signIn(claims)).rejects.toMatchObject({ field: 'id_token' });
});

test('without an id_token nobody is identified, and one that is garbage names nobody', () => {
  expect(identityOf({})).toBeUndefined();
  expect(identityOf({ idToken: 'x' })).toBeUndefined();
  expect(identityOf({ idToken: 'a.%%%.c' })).toBeUndefined();
  expect(identityOf({ idToken: idToken({ sub: 7 }) })).toBeUndefined();
});

test('a second sign-in of the same person keeps the refresh token, which Google does not send again', async () => {
  const store = memoryStore();
  const manager = new TokenManager({ client: makeClient(), store, key: 'user-1/google/default' });
  await manager.save(await signIn({ sub: '110' }));
  expect(await manager.status()).toMatchObject({ state: 'connected', refreshable: true });
  await manager.save(await signIn({ sub: '110' }, { access_token: 'second', refresh_token: undefined }));
  expect(await manager.status()).toMatchObject({ state: 'connected', refreshable: true });
  let sent: string | null = null;
  answerTokens((form) => {
    sent = form.get('refresh_token');
    return HttpResponse.json({ access_token: 'third', expires_in: 3599, token_type: 'Bearer' });
  });
  expect(await manager.getAccessToken({ rejected: 'second' })).toBe('third');
  expect(sent).toBe(CANARY.newRefreshToken);
});

test.each([
  ['another person', { sub: '111' }, {}],
  ['somebody unknown', {}, { id_token: undefined }],
])('a sign-in of %s does not get the refresh token that is held', async (_who, claims, fields) => {
  const manager = new TokenManager({
    client: makeClient(),
    store: memoryStore(),
    key: 'user-1/google/default',
  });
  await manager.save(await signIn({ sub: '110' }));
  const next = await signIn({ sub: '110', ...claims }, { refresh_token: undefined });
  const { idToken: known, ...rest } = next;
  await manager.save('id_token' in fields ? rest : { ...rest, idToken: known ?? '' });
  expect(await manager.status()).toMatchObject({ refreshable: false });
});

test('a refresh token is not carried over between sign-ins that do not say whose they are', async () => {
  const manager = new TokenManager({ client: makeClient(), store: memoryStore(), key: 'k' });
  const { idToken: _first, ...anonymous } = await signIn({});
  await manager.save(anonymous);
  expect(await manager.status()).toMatchObject({ refreshable: true });
  const { idToken: _second, ...next } = await signIn({}, { refresh_token: undefined });
  await manager.save(next);
  expect(await manager.status()).toMatchObject({ refreshable: false });
});

test('the scopes that the user left out are known without a request, until more are granted', async () => {
  const store = memoryStore();
  const key = 'user-1/google/default';
  const manager = new TokenManager({ client: makeClient(), store, key });
  await manager.save(await signIn({ sub: '110' }));
  const compose = 'https://www.googleapis.com/auth/gmail.compose';
  expect(await manager.lacks([compose])).toBe(true);
  expect(await manager.lacks([compose, CALENDAR])).toBe(false);
  const elsewhere = new TokenManager({ client: makeClient(), store, key });
  await elsewhere.save(await signIn({ sub: '110' }, { scope: `${CALENDAR} ${compose}` }));
  expect(await manager.lacks([compose])).toBe(false);
});

test.skipIf(!hasRecordings).each(['revoked', 'rapt', 'bad-code'])(
  `Google's invalid_grant (%s) ends the connection and says why${skipped}`,
  async (name) => {
    const file = `oauth-error-invalid_grant-${name}.json`;
    const body = recorded('fixtures', 'google', file) as { error_description: string };
    const manager = new TokenManager({ client: makeClient(), store: memoryStore(), key: 'k' });
    await manager.save({ ...(await signIn({})), expiresAt: 1 });
    answerTokens(() => HttpResponse.json(body, { status: 400 }));
    const error: unknown = await manager.getAccessToken().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ReauthorizationRequiredError);
    expect(String(error)).toContain(body.error_description);
    expectNoSecretIn(error);
    expect(await manager.status()).toMatchObject({ state: 'needs-reauthorization', refreshable: false });
  },
);

test('an administrator who no longer allows the access ends the connection', async () => {
  const client = makeClient();
  answerTokens(() => HttpResponse.json({ error: 'admin_policy_enforced' }, { status: 400 }));
  const held = { accessToken: 'a', refreshToken: CANARY.refreshToken, obtainedAt: 0, scopes: [] };
  await expect(client.refresh(held)).rejects.toBeInstanceOf(ReauthorizationRequiredError);
});

test('revoking sends the refresh token in the body, and a token that is dead already is no failure', async () => {
  const bodies: string[] = [];
  server.use(
    http.post('https://oauth2.googleapis.com/revoke', async ({ request }) => {
      bodies.push(new URLSearchParams(await request.text()).get('token') ?? '', new URL(request.url).search);
      return HttpResponse.json({ error: 'invalid_token' }, { status: 400 });
    }),
  );
  const manager = new TokenManager({ client: makeClient(), store: memoryStore(), key: 'k' });
  await manager.save(await signIn({}));
  await manager.revoke();
  expect(bodies).toEqual([CANARY.newRefreshToken, '']);
  expect(await manager.status()).toMatchObject({ reason: 'never-connected' });
});

const APP = { client_id: 'app-1', client_secret: CANARY.clientSecret, redirect_uris: [CALLBACK] };

test.each([
  ['a web app', JSON.stringify({ web: APP })],
  ['an installed app', { installed: APP }],
])("Google's client_secret.json of %s is taken as it is", (_kind, file) => {
  const app = parseGoogleClientSecret(file);
  expect(app).toEqual({ clientId: 'app-1', clientSecret: CANARY.clientSecret, redirectUris: [CALLBACK] });
  expect(inspect(app)).not.toContain(CANARY.clientSecret);
  const { redirectUris, ...rest } = app;
  expect(new OAuthClient({ provider: google, ...rest, redirectUri: redirectUris[0] ?? '' })).toBeInstanceOf(
    OAuthClient,
  );
});

test.each([
  ['the key of a service account', { type: 'service_account' }, 'service account'],
  ['no text, as of a variable that is not set', undefined, 'is missing'],
  ['an empty text', ' ', 'is missing'],
  ['no JSON', `{"web":{"client_secret":"${CANARY.clientSecret}"`, 'not JSON'],
  ['no id', { web: { ...APP, client_id: '' } }, 'client_id'],
  ['no secret', { web: { ...APP, client_secret: undefined } }, 'client_secret'],
])('a client_secret.json with %s is refused by name, without showing it', (_what, file, named) => {
  let error: unknown;
  try {
    parseGoogleClientSecret(file);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(ConfigurationError);
  expect(String(error)).toContain(named);
  expectNoSecretIn(error);
});

interface Discovered {
  methods?: Record<string, { scopes?: string[] }>;
  resources?: Record<string, Discovered>;
}

/** The scopes of each method, any of which it takes. */
function scopesOf({ methods = {}, resources = {} }: Discovered): string[][] {
  return [
    ...Object.values(methods).map(({ scopes = [] }) => scopes),
    ...Object.values(resources).flatMap(scopesOf),
  ];
}

test.skipIf(!hasRecordings)(
  `each method that takes a scope takes the wider ones, by Google's discovery documents${skipped}`,
  () => {
    const methods = ['calendar-v3.json', 'gmail-v1.json'].flatMap((file) =>
      scopesOf(recorded('specs', 'google', file) as Discovered),
    );
    const pairs = Object.entries(google.widerScopes ?? {}).flatMap(([scope, wider]) =>
      wider.map((other) => [scope, other] as const),
    );
    expect(pairs).not.toEqual([]);
    for (const [scope, wider] of pairs) {
      const taking = methods.filter((scopes) => scopes.includes(scope));
      expect(taking).not.toEqual([]);
      expect(taking.filter((scopes) => !scopes.includes(wider))).toEqual([]);
    }
  },
);
