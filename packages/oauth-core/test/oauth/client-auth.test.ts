import { generateKeyPairSync } from 'node:crypto';
import {
  clientCredentials,
  ConfigurationError,
  memoryStore,
  OAuthClient,
  type OAuthClientOptions,
  ServiceUnavailableError,
  TokenManager,
} from '@context-sdk/oauth-core';
import { dpopFetch, googleServiceAccount, privateKeyJwt } from '@context-sdk/oauth-core/client-auth';
import { failure } from '@context-sdk/test-support';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CANARY, expectNoSecretIn } from '../support/canaries.ts';
import { oidcClient, REDIRECT_URI, withoutAdvice } from '../support/oidc-client.ts';
import { type OidcServer, startOidcServer } from '../support/oidc-server.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PEM = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const CLIENT = {
  redirect_uris: [REDIRECT_URI],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code' as const],
};

async function dpopKeys() {
  return await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
}

function decoded(jwt: string, part: 0 | 1): Record<string, unknown> {
  return JSON.parse(Buffer.from(jwt.split('.')[part] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >;
}

beforeAll(withoutAdvice);

describe.each([
  ['without nonces', false],
  ['with nonces', true],
])('16.29: against oidc-provider, %s', (_name, dpopNonce) => {
  let oidc: OidcServer;
  beforeAll(async () => {
    const jwk = { ...rsa.publicKey.export({ format: 'jwk' }), kid: 'key-1', use: 'sig' };
    oidc = await startOidcServer(REDIRECT_URI, {
      dpopNonce,
      clients: [
        {
          ...CLIENT,
          client_id: 'by-key',
          token_endpoint_auth_method: 'private_key_jwt',
          jwks: { keys: [jwk] },
        },
        { ...CLIENT, client_id: 'public', token_endpoint_auth_method: 'none' },
        {
          ...CLIENT,
          client_id: 'both',
          token_endpoint_auth_method: 'private_key_jwt',
          jwks: { keys: [jwk] },
          dpop_bound_access_tokens: true,
        },
      ],
    });
  });
  afterAll(() => oidc.close());

  const byKey = (): Partial<OAuthClientOptions> => ({
    clientAssertion: privateKeyJwt({ key: PEM, keyId: 'key-1', audience: oidc.issuer }),
  });

  test('private_key_jwt: sign-in, refresh and revocation', async () => {
    const app = oidcClient(oidc, { clientId: 'by-key', ...byKey() });
    const { url, transaction } = await app.beginAuthorization();
    const tokenSet = await app.completeAuthorization(await oidc.signIn(url), transaction);
    const refreshed = await app.refresh(tokenSet);
    expect(refreshed.refreshToken).not.toBe(tokenSet.refreshToken);
    await app.revoke(refreshed);
    await expect(app.refresh(refreshed)).rejects.toMatchObject({ reason: 'revoked' });
  });

  test('private_key_jwt with another key is refused as the host’s fault', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const key = other.export({ type: 'pkcs8', format: 'pem' }).toString();
    const app = oidcClient(oidc, {
      clientId: 'by-key',
      clientAssertion: privateKeyJwt({ key, keyId: 'key-1' }),
    });
    const { url, transaction } = await app.beginAuthorization();
    const error = await failure(app.completeAuthorization(await oidc.signIn(url), transaction));
    expect(error).toBeInstanceOf(ConfigurationError);
  });

  test.each([
    ['a public client', 'public'],
    ['private_key_jwt besides', 'both'],
  ])('DPoP, %s: sign-in, refresh, revocation, and calls of the service', async (_case, clientId) => {
    const dpop = await dpopKeys();
    const app = oidcClient(oidc, { clientId, dpop, ...(clientId === 'both' && byKey()) });
    const { url, transaction } = await app.beginAuthorization();
    expect(url.searchParams.get('dpop_jkt')).toMatch(/^[\w-]{43}$/);
    const tokenSet = await app.completeAuthorization(await oidc.signIn(url), transaction);
    const userInfo = async (accessToken: string, send: typeof fetch): Promise<number> =>
      (await send(`${oidc.issuer}/me`, { headers: { authorization: `Bearer ${accessToken}` } })).status;
    const bound = dpopFetch({ keys: dpop });
    expect(await userInfo(tokenSet.accessToken, bound)).toBe(200);
    expect(await userInfo(tokenSet.accessToken, fetch)).not.toBe(200);
    expect(await userInfo(tokenSet.accessToken, dpopFetch({ keys: await dpopKeys() }))).toBe(401);
    const refreshed = await app.refresh(tokenSet);
    expect(await userInfo(refreshed.accessToken, bound)).toBe(200);
    await app.revoke(refreshed);
    expect(await userInfo(refreshed.accessToken, bound)).toBe(401);
  });

  test('DPoP: a token manager keeps bound tokens fresh', async () => {
    const dpop = await dpopKeys();
    const app = oidcClient(oidc, { clientId: 'public', dpop });
    const { url, transaction } = await app.beginAuthorization();
    const tokenSet = await app.completeAuthorization(await oidc.signIn(url), transaction);
    const manager = new TokenManager({ client: app, store: memoryStore(), key: 'one' });
    await manager.save({ ...tokenSet, expiresAt: Date.now() - 1 });
    const token = await manager.getAccessToken();
    expect(token).not.toBe(tokenSet.accessToken);
    const headers = { authorization: `Bearer ${token}` };
    expect((await dpopFetch({ keys: dpop })(`${oidc.issuer}/me`, { headers })).status).toBe(200);
  });

  test('DPoP: a refresh token of a public client is good for nobody with another pair', async () => {
    const app = oidcClient(oidc, { clientId: 'public', dpop: await dpopKeys() });
    const thief = oidcClient(oidc, { clientId: 'public', dpop: await dpopKeys() });
    const { url, transaction } = await app.beginAuthorization();
    const tokenSet = await app.completeAuthorization(await oidc.signIn(url), transaction);
    await expect(thief.refresh(tokenSet)).rejects.toThrow();
  });
});

describe('16.29: assertions', () => {
  const provider = {
    id: 'azure-devops',
    issuer: 'https://login.microsoftonline.com/tenant/v2.0',
    authorizationEndpoint: 'https://login.microsoftonline.com/tenant/oauth2/v2.0/authorize',
    tokenEndpoint: 'https://login.microsoftonline.com/tenant/oauth2/v2.0/token',
    clientAuthentication: 'post' as const,
    defaultScopes: [],
  };
  /** Answers token requests, and notes their fields. */
  const endpoint = () => {
    const requests: URLSearchParams[] = [];
    const send: typeof fetch = async (_input, init) => {
      requests.push(new URLSearchParams(String(init?.body)));
      return Response.json({
        access_token: `token-${requests.length}`,
        token_type: 'Bearer',
        expires_in: 3600,
      });
    };
    return { requests, fetch: send };
  };

  test('an app of Entra with a certificate: its thumbprint, the token endpoint as audience, PS256', async () => {
    const { requests, fetch } = endpoint();
    const certificate = `-----BEGIN CERTIFICATE-----\n${Buffer.from('der').toString('base64')}\n-----END CERTIFICATE-----\n`;
    const clientAssertion = privateKeyJwt({ key: PEM.replaceAll('\n', '\\n'), certificate });
    const app = clientCredentials({ provider, clientId: 'app-1', clientAssertion, fetch });
    expect(await app.getAccessToken()).toBe('token-1');
    const [fields] = requests;
    const jwt = fields?.get('client_assertion') ?? '';
    expect(fields?.get('client_assertion_type')).toBe(
      'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    );
    expect(fields?.has('client_secret')).toBe(false);
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from('der'))).toString('base64url');
    expect(decoded(jwt, 0)).toEqual({ alg: 'PS256', typ: 'JWT', 'x5t#S256': hash });
    expect(decoded(jwt, 1)).toMatchObject({ iss: 'app-1', sub: 'app-1', aud: provider.tokenEndpoint });
    const again = await clientAssertion({ clientId: 'app-1', ...provider });
    expect(decoded(again, 1)['jti']).not.toBe(decoded(jwt, 1)['jti']);
  });

  test('a good key that Node refuses once, for an error that something else has left behind, is read again', async () => {
    const refusedOnce = vi
      .spyOn(crypto.subtle, 'importKey')
      .mockRejectedValueOnce(new DOMException('Invalid keyData', 'DataError'));
    const jwt = await privateKeyJwt({ key: PEM })({ clientId: 'app-1', ...provider });
    refusedOnce.mockRestore();
    expect(decoded(jwt, 1)).toMatchObject({ iss: 'app-1' });
  });

  test('a federated credential: the platform’s token is read before each request', async () => {
    const { requests, fetch } = endpoint();
    let read = 0;
    const clientAssertion = async (): Promise<string> => `platform-${(read += 1)}\n`;
    const app = new OAuthClient({
      provider,
      clientId: 'app-1',
      clientAssertion,
      redirectUri: REDIRECT_URI,
      fetch,
    });
    const tokenSet = { accessToken: 'a', refreshToken: 'r', obtainedAt: 0, scopes: [] };
    await app.refresh(tokenSet);
    await app.refresh(tokenSet);
    expect(requests.map((fields) => fields.get('client_assertion'))).toEqual(['platform-1', 'platform-2']);
  });

  test.each<[string, () => unknown]>([
    ['rejects', () => Promise.reject(new Error(CANARY.clientSecret))],
    [
      'throws',
      () => {
        throw new Error(CANARY.clientSecret);
      },
    ],
    ['gives nothing', () => undefined],
    ['gives an object', () => ({})],
    ['gives two lines', () => 'one\ntwo'],
  ])('one that %s costs no grant and shows nothing', async (_case, assertion) => {
    const { requests, fetch } = endpoint();
    const clientAssertion = assertion as () => string;
    const app = new OAuthClient({
      provider,
      clientId: 'app-1',
      clientAssertion,
      redirectUri: REDIRECT_URI,
      fetch,
    });
    const manager = new TokenManager({ client: app, store: memoryStore(), key: 'one' });
    const obtainedAt = Date.now() - 7_200_000;
    const tokens = { accessToken: 'a', refreshToken: 'r', obtainedAt, expiresAt: obtainedAt + 1, scopes: [] };
    await manager.save(tokens);
    const error = await failure(manager.getAccessToken());
    expect(error).toBeInstanceOf(ServiceUnavailableError);
    expect(error).toMatchObject({ message: expect.stringContaining('clientAssertion') });
    expectNoSecretIn(error);
    expect(requests).toEqual([]);
    expect((await manager.status()).state).toBe('connected');
  });

  test('what a provider says of an assertion is not shown with it', async () => {
    const fetch: typeof globalThis.fetch = async (_input, init) => {
      const assertion = new URLSearchParams(String(init?.body)).get('client_assertion') ?? '';
      return Response.json(
        { error: 'invalid_client', error_description: `bad ${assertion}` },
        { status: 401 },
      );
    };
    const clientAssertion = (): string => CANARY.clientSecret;
    const app = clientCredentials({ provider, clientId: 'app-1', clientAssertion, fetch });
    const error = await failure(app.getAccessToken());
    expect(error).toBeInstanceOf(ConfigurationError);
    expectNoSecretIn(error);
  });

  test('a Google service account, alone and for a user of its Workspace', async () => {
    const { requests, fetch } = endpoint();
    const email = 'robot@project.iam.gserviceaccount.com';
    const scopes = ['https://www.googleapis.com/auth/calendar'];
    const robot = googleServiceAccount({ email, key: PEM, scopes, fetch });
    const delegated = googleServiceAccount({ email, key: PEM, scopes, subject: 'ada@example.com', fetch });
    expect(await robot.getAccessToken()).toBe('token-1');
    expect(await robot.getAccessToken()).toBe('token-1');
    expect(await delegated.getAccessToken()).toBe('token-2');
    const claims = requests.map((fields) => {
      expect(fields.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
      expect(fields.has('client_secret')).toBe(false);
      return decoded(fields.get('assertion') ?? '', 1);
    });
    const common = { iss: email, aud: 'https://oauth2.googleapis.com/token', scope: scopes[0] };
    expect(claims).toMatchObject([common, { ...common, sub: 'ada@example.com' }]);
    expect(claims[0]).not.toHaveProperty('sub');
  });

  test.each<[string, () => unknown]>([
    [
      'clientAssertion',
      () => clientCredentials({ provider, clientId: 'a', clientSecret: 's', clientAssertion: () => 'j' }),
    ],
    [
      'clientAssertion',
      () =>
        new OAuthClient({
          provider,
          clientId: 'a',
          clientSecret: 's',
          clientAssertion: () => 'j',
          redirectUri: REDIRECT_URI,
        }),
    ],
    [
      'dpop',
      () => new OAuthClient({ provider, clientId: 'a', redirectUri: REDIRECT_URI, dpop: {} as never }),
    ],
    ['key', () => privateKeyJwt({ key: 'secret' })],
    ['algorithm', () => privateKeyJwt({ key: PEM, algorithm: 'HS256' as never })],
    ['certificate', () => privateKeyJwt({ key: PEM, certificate: 'none' })],
    ['keyId', () => privateKeyJwt({ key: PEM, keyID: 'k' } as never)],
    ['email', () => googleServiceAccount({ email: '', key: PEM, scopes: ['s'] })],
    ['scopes', () => googleServiceAccount({ email: 'e', key: PEM, scopes: [] })],
    ['keys', () => dpopFetch({ keys: {} as never })],
  ])('%s that can’t be right is refused by name', (name, build) => {
    expect(build).toThrow(ConfigurationError);
    expect(build).toThrow(name);
  });

  test('a key that is none is told without it', async () => {
    const key = '-----BEGIN PRIVATE KEY-----\nc2VjcmV0LWNhbmFyeQ==\n-----END PRIVATE KEY-----';
    const error = await failure(Promise.resolve(privateKeyJwt({ key })({ clientId: 'a', ...provider })));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).not.toContain('c2Vj');
  });
});
