import { createHash } from 'node:crypto';
import { ConfigurationError, OAuthClient } from '@context-sdk/oauth-core';
import { ticktick } from '@context-sdk/oauth-core/providers';
import { expect, test } from 'vitest';
import { makeClient } from '../support/token-endpoint.ts';

test('the address has PKCE S256, state, the exact redirect URI and the default scopes', async () => {
  const { url, transaction } = await makeClient().beginAuthorization();
  expect(url.origin + url.pathname).toBe('https://ticktick.com/oauth/authorize');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    response_type: 'code',
    client_id: 'client-1',
    redirect_uri: 'http://localhost:8000/auth/ticktick/callback',
    scope: 'tasks:read tasks:write',
    state: transaction.state,
    code_challenge: createHash('sha256').update(transaction.codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
});

test('the verifier is not in the address, and two sign-ins share nothing', async () => {
  const client = makeClient();
  const [one, two] = [await client.beginAuthorization(), await client.beginAuthorization()];
  expect(one.url.href).not.toContain(one.transaction.codeVerifier);
  expect(one.transaction.state).not.toBe(two.transaction.state);
  expect(one.transaction.codeVerifier).not.toBe(two.transaction.codeVerifier);
});

test('scopes, login hint and the provider’s own parameters are sent, returnTo stays here', async () => {
  const client = makeClient({ authorizationParameters: { access_type: 'offline' } });
  const { url, transaction } = await client.beginAuthorization({
    scopes: ['tasks:read'],
    loginHint: 'user@example.com',
    returnTo: '/settings',
  });
  expect(url.searchParams.get('scope')).toBe('tasks:read');
  expect(url.searchParams.get('login_hint')).toBe('user@example.com');
  expect(url.searchParams.get('access_type')).toBe('offline');
  expect(url.href).not.toContain('settings');
  expect(transaction.returnTo).toBe('/settings');
});

test.each([
  ['redirectUri', { redirectUri: 'http://example.com/callback' }],
  ['redirectUri', { redirectUri: 'http://127.0.0.1.evil.com/callback' }],
  ['redirectUri', { redirectUri: 'not a url' }],
  ['redirectUri', { redirectUri: 'https://example.com/#fragment' }],
  ['clientId', { clientId: '' }],
  ['clientSecret', { clientSecret: '' }],
  ['tokenEndpoint', { provider: { ...ticktick, tokenEndpoint: 'http://ticktick.com/oauth/token' } }],
])('a wrong %s is an error that names it (%j)', (field, wrong) => {
  const good = { provider: ticktick, clientId: 'client-1', redirectUri: 'https://example.com/callback' };
  expect(() => new OAuthClient({ ...good, ...wrong })).toThrow(ConfigurationError);
  expect(() => new OAuthClient({ ...good, ...wrong })).toThrow(field);
});

test.each(['http://localhost:8000/cb', 'http://127.0.0.1/cb', 'http://[::1]:9/cb', 'https://example.com/cb'])(
  'the redirect URI may be %s',
  (redirectUri) => {
    expect(new OAuthClient({ provider: ticktick, clientId: 'a', redirectUri }).redirectUri).toBe(redirectUri);
  },
);
