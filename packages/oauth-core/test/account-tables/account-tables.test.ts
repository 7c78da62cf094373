import { DatabaseSync } from 'node:sqlite';
import { memoryStore, OAuthClient, type RecordStore } from '@context-sdk/oauth-core';
import {
  type AccountDatabase,
  type AccountTokensOptions,
  tokensFromAuthJs,
} from '@context-sdk/oauth-core/auth-js';
import { tokensFromBetterAuth } from '@context-sdk/oauth-core/better-auth';
import { google } from '@context-sdk/oauth-core/providers';
import { createSchema } from '@context-sdk/test-support/postgres';
import { postgres } from '@context-sdk/test-support/services';
import { beforeEach, describe, expect, test } from 'vitest';

/** Each refresh token works once; one that comes again ends the grant, as a thief's would. */
class StrictProvider {
  readonly redeemed: string[] = [];
  readonly client: OAuthClient = new OAuthClient({
    provider: google,
    clientId: 'client-1',
    clientSecret: 'secret',
    redirectUri: 'https://example.com/callback',
    fetch: async (_input, init) => {
      const refreshToken = new URLSearchParams(String(init?.body)).get('refresh_token') ?? '';
      if (refreshToken === '' || this.redeemed.includes(refreshToken))
        return Response.json({ error: 'invalid_grant' }, { status: 400 });
      this.redeemed.push(refreshToken);
      const next = this.redeemed.length;
      return Response.json({
        access_token: `access-${next}`,
        refresh_token: `refresh-${next}`,
        token_type: 'Bearer',
        expires_in: 3600,
      });
    },
  });
}

/** As the libraries' own schemas have them. */
const AUTH_JS = `CREATE TABLE accounts (
  id INTEGER PRIMARY KEY, "userId" INTEGER NOT NULL, type TEXT NOT NULL, provider TEXT NOT NULL,
  "providerAccountId" TEXT NOT NULL, refresh_token TEXT, access_token TEXT, expires_at BIGINT, id_token TEXT,
  scope TEXT, session_state TEXT, token_type TEXT)`;
const BETTER_AUTH = `CREATE TABLE account (
  id TEXT PRIMARY KEY, "accountId" TEXT NOT NULL, "providerId" TEXT NOT NULL, "userId" TEXT NOT NULL,
  "accessToken" TEXT, "refreshToken" TEXT, "idToken" TEXT, "accessTokenExpiresAt" DATE, "refreshTokenExpiresAt" DATE,
  scope TEXT, password TEXT, "createdAt" DATE NOT NULL, "updatedAt" DATE NOT NULL)`;

const HOUR_MS = 3_600_000;
const EXPIRED_S = Math.floor(Date.now() / 1000) - 60;

let file = new DatabaseSync(':memory:');
let provider = new StrictProvider();
let store: RecordStore = memoryStore();
/** What the database does with a statement before it runs. */
let before: (text: string) => void = () => undefined;

beforeEach(() => {
  file = new DatabaseSync(':memory:');
  file.exec(AUTH_JS);
  file.exec(BETTER_AUTH);
  provider = new StrictProvider();
  store = memoryStore();
  before = () => undefined;
});

const database: AccountDatabase = {
  dialect: 'sqlite',
  async query(text, values) {
    before(text);
    return file.prepare(text).all(...(values as (string | number | null)[]));
  },
};

function addAuthJs(accountId = 'ada@google', refreshToken = 'refresh-0'): void {
  file
    .prepare(
      `INSERT INTO accounts ("userId", type, provider, "providerAccountId", refresh_token, access_token, expires_at, scope)
       VALUES (1, 'oidc', 'google', ?, ?, 'access-0', ?, 'openid email')`,
    )
    .run(accountId, refreshToken, EXPIRED_S);
}

/** What another process would have: the same records and rows behind objects of its own. */
function process(options: Partial<AccountTokensOptions> = {}) {
  const own: RecordStore = {
    get: (key) => store.get(key),
    compareAndSet: (...rest) => store.compareAndSet(...rest),
    delete: (...rest) => store.delete(...rest),
    list: (...rest) => store.list(...rest),
  };
  return tokensFromAuthJs({ client: provider.client, store: own, database, ...options });
}

const rowOf = (table: string): Record<string, unknown> => ({
  ...file.prepare(`SELECT * FROM ${table}`).get(),
});

test('26: many processes ask at once: one refresh, and the row has the new tokens', async () => {
  addAuthJs();
  const asked = Array.from({ length: 12 }, () => process()('1').getAccessToken());
  expect(new Set(await Promise.all(asked))).toEqual(new Set(['access-1']));
  expect(provider.redeemed).toEqual(['refresh-0']);
  const { access_token, refresh_token, expires_at, scope } = rowOf('accounts');
  expect({ access_token, refresh_token, scope }).toEqual({
    access_token: 'access-1',
    refresh_token: 'refresh-1',
    scope: 'openid email',
  });
  expect(Number(expires_at)).toBeGreaterThan(EXPIRED_S + 3000);
  expect(Number(expires_at)).toBeLessThan(Date.now() / 1000 + 3700);
});

test('26: a write to the row that is lost is made up for, and no refresh token is sent twice', async () => {
  addAuthJs();
  before = (text) => {
    if (text.startsWith('UPDATE')) throw new Error('the connection is gone');
  };
  expect(await process()('1').getAccessToken()).toBe('access-1');
  expect(rowOf('accounts')).toMatchObject({ refresh_token: 'refresh-0' });
  before = () => undefined;
  expect(await process()('1').getAccessToken()).toBe('access-1');
  expect(rowOf('accounts')).toMatchObject({ access_token: 'access-1', refresh_token: 'refresh-1' });
  expect(provider.redeemed).toEqual(['refresh-0']);
});

test('26: a new sign-in counts, also one while tokens are refreshed', async () => {
  addAuthJs();
  expect(await process()('1').getAccessToken()).toBe('access-1');
  const signIn = `UPDATE accounts SET access_token = 'new-access', refresh_token = 'new-refresh', expires_at = ${EXPIRED_S + 7200}`;
  file.exec(signIn);
  expect(await process()('1').getAccessToken()).toBe('new-access');
  file.exec(`UPDATE accounts SET refresh_token = 'newer-refresh', expires_at = ${EXPIRED_S}`);
  before = (text) => {
    if (!text.startsWith('UPDATE')) return;
    before = () => undefined;
    file.exec(signIn);
  };
  await process()('1').getAccessToken();
  expect(rowOf('accounts')).toMatchObject({ access_token: 'new-access', refresh_token: 'new-refresh' });
  expect(await process()('1').getAccessToken()).toBe('new-access');
});

test('26: a user who signs in again after the grant has ended is connected', async () => {
  addAuthJs();
  provider.redeemed.push('refresh-0');
  await expect(process()('1').getAccessToken()).rejects.toMatchObject({
    name: 'ReauthorizationRequiredError',
  });
  expect(rowOf('accounts')).toMatchObject({ refresh_token: 'refresh-0' });
  file.exec(`UPDATE accounts SET refresh_token = 'again'`);
  expect(await process()('1').getAccessToken()).toBe('access-2');
});

test('26: revoke() empties the row, and a user without a row has no tokens', async () => {
  addAuthJs();
  const tokens = process()('1');
  expect(await tokens.getAccessToken()).toBe('access-1');
  await tokens.revoke().catch(() => undefined);
  await expect(process()('1').getAccessToken()).rejects.toMatchObject({
    name: 'ReauthorizationRequiredError',
  });
  await expect(process()('2').getAccessToken()).rejects.toMatchObject({
    name: 'ReauthorizationRequiredError',
  });
});

test('26: revoke() leaves the row, without any of its tokens', async () => {
  addAuthJs();
  file.exec("UPDATE accounts SET id_token = 'id-0'");
  const tokens = process()('1');
  await tokens.getAccessToken();
  await tokens.revoke().catch(() => undefined);
  expect(rowOf('accounts')).toMatchObject({
    providerAccountId: 'ada@google',
    access_token: null,
    refresh_token: null,
    id_token: null,
  });
});

test('26: one of several accounts has to be named', async () => {
  addAuthJs();
  addAuthJs('work@google', 'refresh-work');
  await expect(process()('1').getAccessToken()).rejects.toMatchObject({
    name: 'ConfigurationError',
    message: 'The user has 2 accounts at google: pass accountId.',
  });
  await process()('1', 'work@google').getAccessToken();
  expect(provider.redeemed).toEqual(['refresh-work']);
});

test('26: a row with a refresh token alone is enough', async () => {
  addAuthJs();
  file.exec('UPDATE accounts SET access_token = NULL, expires_at = NULL');
  expect(await process()('1').getAccessToken()).toBe('access-1');
});

test('26: a database that fails is a store that is away, without values', async () => {
  addAuthJs();
  before = () => {
    throw Object.assign(new Error('CANARY'), { code: 'ECONNRESET' });
  };
  await expect(process()('1').getAccessToken()).rejects.toMatchObject({
    name: 'StoreError',
    reason: 'unavailable',
    message: 'The account store failed (ECONNRESET).',
  });
});

test.each([
  [
    'text',
    () => new Date(Date.now() - HOUR_MS).toISOString(),
    (value: unknown) => typeof value === 'string' && value.endsWith('Z'),
  ],
  ['milliseconds', () => Date.now() - HOUR_MS, (value: unknown) => Number(value) > 1e12],
  ['seconds', () => EXPIRED_S, (value: unknown) => Number(value) < 1e11],
] as const)('26: Better Auth, encrypted, with times as %s', async (_name, expired, isAlike) => {
  const encryption = {
    encrypt: (token: string) => `sealed(${token})`,
    decrypt: async (text: string) => text.slice('sealed('.length, -1),
  };
  file
    .prepare(
      `INSERT INTO account VALUES ('a', 'ada@google', 'google', 'u', 'sealed(access-0)', 'sealed(refresh-0)', NULL, ?, NULL, 'openid,email', NULL, 0, 0)`,
    )
    .run(expired());
  const tokensOf = tokensFromBetterAuth({ client: provider.client, store, database, encryption });
  expect(await tokensOf('u').getAccessToken()).toBe('access-1');
  const { accessToken, refreshToken, accessTokenExpiresAt, scope } = rowOf('account');
  expect({ accessToken, refreshToken, scope }).toEqual({
    accessToken: 'sealed(access-1)',
    refreshToken: 'sealed(refresh-1)',
    scope: 'openid,email',
  });
  expect(isAlike(accessTokenExpiresAt)).toBe(true);
  expect((await tokensOf('u').status()).scopes).toEqual(['openid', 'email']);
});

test.each([
  [{ database: {} }, 'query'],
  [{ database: { dialect: 'mysql', query: async () => [] } }, 'dialect'],
  [{ client: undefined }, 'client'],
  [{ leaseTtlMs: 1 }, 'leaseTtlMs'],
])('26: options that make no sense are refused: %j', (options, name) => {
  expect(() => process(options as never)('1')).toThrow(
    expect.objectContaining({ name: 'ConfigurationError', message: expect.stringContaining(name) }),
  );
});

describe.skipIf(!postgres.isThere)(`26: in PostgreSQL${postgres.note}`, () => {
  test.each([
    [
      'Auth.js',
      tokensFromAuthJs,
      AUTH_JS,
      `INSERT INTO accounts (id, "userId", type, provider, "providerAccountId", refresh_token, expires_at) VALUES (1, 1, 'oidc', 'google', 'ada', 'refresh-0', 1)`,
    ],
    [
      'Better Auth',
      tokensFromBetterAuth,
      BETTER_AUTH.replaceAll('DATE', 'timestamptz'),
      `INSERT INTO account VALUES ('a', 'ada', 'google', '1', NULL, 'refresh-0', NULL, now(), NULL, 'openid', NULL, now(), now())`,
    ],
  ] as const)('%s', async (_name, tokensFrom, schema, row) => {
    const own = await createSchema();
    try {
      const table = `${own.name}.${/TABLE (\w+)/.exec(schema)?.[1]}`;
      await own.pool.query(schema.replace(/TABLE (\w+)/, `TABLE ${own.name}.$1`));
      await own.pool.query(row.replace(/INTO (\w+)/, `INTO ${own.name}.$1`));
      const tokensOf = () =>
        tokensFrom({
          client: provider.client,
          store,
          table,
          database: {
            dialect: 'postgresql',
            query: async (text, values) => (await own.pool.query(text, values)).rows,
          },
        });
      const asked = Array.from({ length: 8 }, () => tokensOf()('1').getAccessToken());
      expect(new Set(await Promise.all(asked))).toEqual(new Set(['access-1']));
      expect(await tokensOf()('1').getAccessToken()).toBe('access-1');
      expect(provider.redeemed).toEqual(['refresh-0']);
    } finally {
      await own.drop();
    }
  });
});
