// tokensFromBetterAuth on a table that Better Auth's own migration made and its own adapter filled, encrypted by its own
// functions: npm --prefix compat/databases run accounts
import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { memoryStore, OAuthClient } from '@context-sdk/oauth-core';
import { tokensFromBetterAuth } from '@context-sdk/oauth-core/better-auth';
import { google } from '@context-sdk/oauth-core/providers';
import { betterAuth } from 'better-auth';
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto';
import { getMigrations } from 'better-auth/db/migration';

const SECRET = 'a secret of more than thirty-two characters';
const file = new DatabaseSync(':memory:');
const options = {
  database: file,
  secret: SECRET,
  baseURL: 'http://localhost:8000',
  account: { encryptOAuthTokens: true },
  socialProviders: { google: { clientId: 'client', clientSecret: 'secret' } },
};
const { runMigrations } = await getMigrations(options);
await runMigrations();

const { internalAdapter } = await betterAuth(options).$context;
const user = await internalAdapter.createUser(
  { name: 'Ada', email: 'ada@example.com', emailVerified: true },
  { method: 'oauth', oauth: { providerId: 'google' } },
);
const encrypt = (data: string) => symmetricEncrypt({ key: SECRET, data });
await internalAdapter.createAccount({
  userId: user.id,
  providerId: 'google',
  accountId: 'ada',
  accessToken: await encrypt('access-0'),
  refreshToken: await encrypt('refresh-0'),
  accessTokenExpiresAt: new Date(Date.now() - 60_000),
  scope: 'openid,email',
});

const redeemed: string[] = [];
const client = new OAuthClient({
  provider: google,
  clientId: 'client',
  clientSecret: 'secret',
  redirectUri: 'http://localhost:8000/api/auth/callback/google',
  fetch: async (_input, init) => {
    const body = await new Response(init?.body).text();
    redeemed.push(new URLSearchParams(body).get('refresh_token') ?? '');
    const count = redeemed.length;
    return Response.json({
      access_token: `access-${count}`,
      refresh_token: `refresh-${count}`,
      token_type: 'Bearer',
      expires_in: 3600,
    });
  },
});
const store = memoryStore();
const tokensOf = () =>
  tokensFromBetterAuth({
    client,
    store,
    database: {
      dialect: 'sqlite',
      query: async (text, values) => file.prepare(text).all(...(values as (string | number | null)[])),
    },
    encryption: { encrypt, decrypt: (data) => symmetricDecrypt({ key: SECRET, data }) },
  });
const asked = Array.from({ length: 10 }, () => tokensOf()(user.id).getAccessToken());
assert.deepEqual(new Set(await Promise.all(asked)), new Set(['access-1']));
assert.deepEqual(redeemed, ['refresh-0']);

const [account] = await internalAdapter.findAccounts(user.id);
assert.equal(await symmetricDecrypt({ key: SECRET, data: account?.refreshToken ?? '' }), 'refresh-1');
assert.ok(
  account?.accessTokenExpiresAt instanceof Date && account.accessTokenExpiresAt.getTime() > Date.now(),
);
console.log('Better Auth reads what the SDK wrote: one refresh for ten managers');
