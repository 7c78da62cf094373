import {
  clientCredentials,
  ConfigurationError,
  OAuthClient,
  ReauthorizationRequiredError,
} from '@context-sdk/oauth-core';
import { microsoftEntra } from '@context-sdk/oauth-core/providers';
import { failure } from '@context-sdk/test-support';
import { useServer } from '@context-sdk/test-support/msw';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CANARY, expectNoSecretIn } from '../support/canaries.ts';

const RESOURCE = '499b84ac-1321-427f-aa17-267ca6975798';
const asked: URLSearchParams[] = [];
let answer: () => Response = () => HttpResponse.error();
useServer(
  http.post('https://login.microsoftonline.com/:tenant/oauth2/v2.0/token', async ({ request }) => {
    asked.push(new URLSearchParams(await request.text()));
    return answer();
  }),
);
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => {
  vi.useRealTimers();
  asked.length = 0;
});

const client = new OAuthClient({
  provider: microsoftEntra('contoso.example'),
  clientId: 'client-1',
  clientSecret: CANARY.clientSecret,
  redirectUri: 'http://localhost:8000/auth/azure-devops/callback',
});

function token(accessToken: string, fields: object = {}): Response {
  return HttpResponse.json({
    token_type: 'Bearer',
    access_token: accessToken,
    expires_in: 3599,
    ext_expires_in: 3599,
    ...fields,
  });
}

function refusal(error: string, description: string): () => Response {
  return () =>
    HttpResponse.json({ error, error_description: description, error_codes: [1] }, { status: 400 });
}

describe('a sign-in', () => {
  test('asks for work items, projects and a refresh token, with PKCE', async () => {
    const { url, transaction } = await client.beginAuthorization();
    expect(url.origin + url.pathname).toBe(
      'https://login.microsoftonline.com/contoso.example/oauth2/v2.0/authorize',
    );
    expect(url.searchParams.get('scope')).toBe(
      `${RESOURCE}/vso.work_write ${RESOURCE}/vso.project offline_access`,
    );
    expect(url.searchParams.get('code_challenge_method')).toBe('S256');
    answer = () => token('a-1', { refresh_token: '0.A', scope: `${RESOURCE}/vso.work_write` });
    const callback = `/callback?code=c&state=${transaction.state}&session_state=x`;
    const tokens = await client.completeAuthorization(callback, transaction);
    expect(tokens).toMatchObject({
      accessToken: 'a-1',
      refreshToken: '0.A',
      scopes: [`${RESOURCE}/vso.work_write`],
    });
    expect(asked[0]?.get('client_secret')).toBe(CANARY.clientSecret);
    expect(asked[0]?.get('code_verifier')).toBe(transaction.codeVerifier);
  });

  test.each([undefined, 'organizations', 'contoso.onmicrosoft.com', RESOURCE])('of tenant %s', (tenant) => {
    expect(microsoftEntra(tenant).tokenEndpoint).toBe(
      `https://login.microsoftonline.com/${tenant ?? 'organizations'}/oauth2/v2.0/token`,
    );
  });

  test.each(['common', 'Consumers', '', 'a/b', '..', 'x y'])('not of tenant "%s"', (tenant) => {
    expect(() => microsoftEntra(tenant)).toThrow(ConfigurationError);
  });
});

describe('a refresh', () => {
  const held = { accessToken: 'a-1', refreshToken: CANARY.refreshToken, obtainedAt: 0, scopes: [] };

  test('gives the new refresh token, since Entra rotates them', async () => {
    answer = () => token('a-2', { refresh_token: '0.B' });
    expect(await client.refresh(held)).toMatchObject({ accessToken: 'a-2', refreshToken: '0.B' });
  });

  test.each([
    ['invalid_grant', 'AADSTS700082: The refresh token has expired due to inactivity.'],
    ['interaction_required', 'AADSTS50076: … you must use multi-factor authentication.'],
    ['consent_required', 'AADSTS65001: The user has not consented to use the application.'],
    ['login_required', 'AADSTS50058: A silent sign-in request was sent but no user is signed in.'],
  ])('%s is the turn of the user, with the number that Microsoft gives it', async (error, description) => {
    answer = refusal(error, description);
    const refused = await failure(client.refresh(held));
    expect(refused).toBeInstanceOf(ReauthorizationRequiredError);
    expect(String(refused)).toContain(description.slice(0, description.indexOf(':')));
    expectNoSecretIn(refused);
  });
});

describe('an app that acts for itself', () => {
  const options = {
    provider: microsoftEntra(RESOURCE),
    clientId: 'app-1',
    clientSecret: CANARY.clientSecret,
  };

  test('asks for one token at a time, keeps it, and asks anew before its end', async () => {
    answer = () => token(`t-${asked.length}`);
    const source = clientCredentials(options);
    expect(source.current?.()).toBeUndefined();
    expect(await Promise.all([1, 2, 3].map(() => source.getAccessToken()))).toEqual(['t-1', 't-1', 't-1']);
    expect(Object.fromEntries(asked[0] ?? [])).toMatchObject({
      grant_type: 'client_credentials',
      client_id: 'app-1',
      scope: `${RESOURCE}/.default`,
    });
    expect(source.current?.()).toBe('t-1');
    vi.setSystemTime(Date.now() + 3_500_000);
    expect(await source.getAccessToken()).toBe('t-2');
    vi.setSystemTime(Date.now() + 3_600_000);
    expect(source.current?.()).toBeUndefined();
  });

  test('uses a token to its end while Entra is away', async () => {
    answer = () => token('t-1');
    const source = clientCredentials(options);
    await source.getAccessToken();
    answer = () => new HttpResponse(null, { status: 503 });
    vi.setSystemTime(Date.now() + 3_550_000);
    expect(await source.getAccessToken()).toBe('t-1');
    vi.setSystemTime(Date.now() + 100_000);
    await expect(source.getAccessToken()).rejects.toMatchObject({ code: 'service_unavailable' });
  });

  test('replaces a rejected token, and says so where it gets the same again', async () => {
    answer = () => token('t-1');
    const source = clientCredentials(options);
    await source.getAccessToken();
    await expect(source.getAccessToken({ rejected: 't-1' })).rejects.toMatchObject({ reason: 'rejected' });
    answer = () => token('t-2');
    expect(await source.getAccessToken({ rejected: 't-1' })).toBe('t-2');
  });

  test('that Entra does not know is a matter of configuration', async () => {
    answer = refusal(
      'invalid_client',
      `AADSTS7000215: Invalid client secret provided: ${CANARY.clientSecret}`,
    );
    const refused = await failure(clientCredentials(options).getAccessToken());
    expect(refused).toBeInstanceOf(ConfigurationError);
    expect(String(refused)).toContain('AADSTS7000215');
    expectNoSecretIn(refused);
    for (const part of [{ clientId: '' }, { clientSecret: '' }]) {
      expect(() => clientCredentials({ ...options, ...part })).toThrow(ConfigurationError);
    }
  });
});
