import { memoryStore, type OAuthClient, TokenManager } from '@context-sdk/oauth-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { oidcClient, REDIRECT_URI, withoutAdvice } from '../support/oidc-client.ts';
import { type OidcServer, startOidcServer } from '../support/oidc-server.ts';

let oidc: OidcServer;
let client: OAuthClient;

beforeAll(async () => {
  withoutAdvice();
  oidc = await startOidcServer(REDIRECT_URI);
  client = oidcClient(oidc, { clientSecret: 'secret-1' });
});

afterAll(() => oidc.close());

async function userInfo(accessToken: string): Promise<number> {
  const response = await fetch(`${oidc.issuer}/me`, { headers: { authorization: `Bearer ${accessToken}` } });
  return response.status;
}

test('sign-in, refresh with rotation, and revocation against an independent server', async () => {
  const { url, transaction } = await client.beginAuthorization();
  const tokenSet = await client.completeAuthorization(await oidc.signIn(url), transaction);
  expect(tokenSet.refreshToken).toBeDefined();
  expect(tokenSet.idToken).toBeDefined();
  expect(await userInfo(tokenSet.accessToken)).toBe(200);
  const refreshed = await client.refresh(tokenSet);
  expect(refreshed.refreshToken).not.toBe(tokenSet.refreshToken);
  expect(await userInfo(refreshed.accessToken)).toBe(200);
  await client.revoke(refreshed);
  expect(await userInfo(refreshed.accessToken)).toBe(401);
});

test('a code that was used before is refused', async () => {
  const { url, transaction } = await client.beginAuthorization();
  const callback = await oidc.signIn(url);
  await client.completeAuthorization(callback, transaction);
  const replay = client.completeAuthorization(callback, structuredClone({ ...transaction }));
  await expect(replay).rejects.toMatchObject({ reason: 'exchange-refused' });
});

test('a verifier of another sign-in is refused', async () => {
  const { url, transaction } = await client.beginAuthorization();
  const other = await client.beginAuthorization();
  const callback = await oidc.signIn(url);
  const mixed = { ...transaction, codeVerifier: other.transaction.codeVerifier };
  await expect(client.completeAuthorization(callback, mixed)).rejects.toMatchObject({
    reason: 'exchange-refused',
  });
});

test('40 callers with a rotating refresh token: one redemption, no reuse, the grant lives', async () => {
  const store = memoryStore();
  const { url, transaction } = await client.beginAuthorization();
  const tokenSet = await client.completeAuthorization(await oidc.signIn(url), transaction);
  const managers = Array.from({ length: 4 }, () => new TokenManager({ client, store, key: 'user-1/oidc' }));
  await managers[0]?.save({ ...tokenSet, expiresAt: Date.now() - 1 });
  oidc.events.length = 0;
  const got = await Promise.all(
    Array.from(
      { length: 40 },
      (_, index) => managers[index % 4]?.getAccessToken() ?? Promise.reject(new Error()),
    ),
  );
  expect(new Set(got).size).toBe(1);
  expect(oidc.events.filter((event) => event === 'refresh_token.consumed')).toHaveLength(1);
  expect(oidc.events).not.toContain('grant.revoked');
  expect(await userInfo(got[0] ?? '')).toBe(200);
});
