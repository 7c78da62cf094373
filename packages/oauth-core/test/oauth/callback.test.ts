import {
  AuthorizationError,
  type AuthorizationTransaction,
  authorizationTransactions,
  memoryStore,
} from '@context-sdk/oauth-core';
import { afterEach, expect, test, vi } from 'vitest';
import { CANARY, expectNoSecretIn } from '../support/canaries.ts';
import { freshTokens, makeClient, useTokenEndpoint } from '../support/token-endpoint.ts';

const endpoint = useTokenEndpoint();
afterEach(() => vi.useRealTimers());

async function begun(): Promise<{
  transaction: AuthorizationTransaction;
  complete: (query: string) => Promise<unknown>;
}> {
  const client = makeClient();
  const { transaction } = await client.beginAuthorization();
  return {
    transaction,
    complete: (query) =>
      client
        .completeAuthorization(`/auth/ticktick/callback?${query}`, transaction)
        .catch((error: unknown) => error),
  };
}

async function refusal(query: (state: string) => string): Promise<AuthorizationError> {
  const { transaction, complete } = await begun();
  const error = await complete(query(transaction.state));
  expect(error).toBeInstanceOf(AuthorizationError);
  expectNoSecretIn(error, transaction.codeVerifier);
  expect(endpoint.requests).toHaveLength(0);
  return error as AuthorizationError;
}

test('a good callback becomes tokens, with the verifier and the exact redirect URI', async () => {
  endpoint.answer = () => freshTokens({ scope: 'tasks:read' });
  const { transaction, complete } = await begun();
  const before = Date.now();
  const tokenSet = await complete(`code=${CANARY.code}&state=${transaction.state}`);
  expect(tokenSet).toMatchObject({
    accessToken: CANARY.newAccessToken,
    refreshToken: CANARY.newRefreshToken,
    scopes: ['tasks:read'],
  });
  expect((tokenSet as { expiresAt: number }).expiresAt).toBeGreaterThanOrEqual(before + 3_600_000);
  const { body } = endpoint.requests[0] ?? { body: new URLSearchParams() };
  expect(Object.fromEntries(body)).toEqual({
    grant_type: 'authorization_code',
    code: CANARY.code,
    redirect_uri: 'http://localhost:8000/auth/ticktick/callback',
    code_verifier: transaction.codeVerifier,
    scope: 'tasks:read tasks:write',
  });
  expectNoSecretIn({ shown: String(tokenSet) });
});

test.each([
  ['state-missing', () => `code=${CANARY.code}`],
  ['state-missing', () => `code=${CANARY.code}&state=`],
  ['state-mismatch', () => `code=${CANARY.code}&state=other`],
  ['state-repeated', (state: string) => `code=${CANARY.code}&state=${state}&state=${state}`],
  ['code-missing', (state: string) => `state=${state}`],
  ['code-missing', (state: string) => `state=${state}&code=${CANARY.code}&code=${CANARY.code}`],
  ['issuer-mismatch', (state: string) => `state=${state}&code=${CANARY.code}&iss=https://evil.example`],
  ['denied', (state: string) => `state=${state}&error=access_denied`],
  ['state-mismatch', () => 'state=other&error=access_denied'],
])('%s: no token request', async (reason, query) => {
  expect((await refusal(query)).reason).toBe(reason);
});

test('the provider’s code is kept, its text is not, since anybody can write it', async () => {
  const error = await refusal(
    (state) => `state=${state}&error=access_denied&error_description=<script>alert(1)</script>`,
  );
  expect(error.providerCode).toBe('access_denied');
  expect(error.message).not.toContain('script');
  const odd = await refusal((state) => `state=${state}&error=<b>`);
  expect(odd.providerCode).toBeUndefined();
  expect(odd.message).not.toContain('<b>');
});

test('a provider that always names its issuer must do so', async () => {
  const client = makeClient({ issuerInCallback: true });
  const { transaction } = await client.beginAuthorization();
  const callback = client.completeAuthorization(`/cb?code=x&state=${transaction.state}`, transaction);
  await expect(callback).rejects.toMatchObject({ reason: 'issuer-mismatch' });
});

test('after ten minutes the sign-in has to begin anew', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { transaction, complete } = await begun();
  vi.setSystemTime(Date.now() + 10 * 60_000 + 1);
  const error = await complete(`code=${CANARY.code}&state=${transaction.state}`);
  expect(error).toMatchObject({ reason: 'transaction-expired' });
});

test('a replayed callback makes no second token request', async () => {
  endpoint.answer = () => freshTokens();
  const { transaction, complete } = await begun();
  const query = `code=${CANARY.code}&state=${transaction.state}`;
  await complete(query);
  expect(await complete(query)).toMatchObject({ reason: 'transaction-used' });
  expect(endpoint.requests).toHaveLength(1);
});

test('a code that the provider refuses ends the sign-in', async () => {
  endpoint.answer = () =>
    Response.json({ error: 'invalid_grant', error_description: CANARY.code }, { status: 400 });
  const { transaction, complete } = await begun();
  const error = await complete(`code=${CANARY.code}&state=${transaction.state}`);
  expect(error).toMatchObject({ reason: 'exchange-refused', code: 'authorization_failed' });
  expectNoSecretIn(error, transaction.codeVerifier);
});

test('logging a transaction shows neither verifier nor state', async () => {
  const { transaction } = await begun();
  const { inspect } = await import('node:util');
  expect(inspect(transaction)).not.toContain(transaction.codeVerifier);
  expect(inspect({ nested: transaction })).not.toContain(transaction.state);
});

test('of many parallel callbacks with one state, one gets the stored transaction', async () => {
  const transactions = authorizationTransactions(memoryStore());
  const { transaction } = await begun();
  await transactions.save(transaction, 'browser-1');
  const takes = await Promise.allSettled(
    Array.from({ length: 20 }, () => transactions.take(transaction.state, 'browser-1')),
  );
  const taken = takes.filter((take) => take.status === 'fulfilled');
  expect(taken.map(({ value }) => value)).toEqual([transaction]);
  await expect(transactions.take(transaction.state, 'browser-1')).rejects.toMatchObject({
    reason: 'transaction-used',
  });
});

test('a stored transaction is for the browser that began it, and another can’t use it up', async () => {
  const transactions = authorizationTransactions(memoryStore());
  const { transaction } = await begun();
  await transactions.save(transaction, 'browser-1');
  for (const browser of ['browser-2', '', undefined]) {
    await expect(transactions.take(transaction.state, browser)).rejects.toMatchObject({
      reason: 'state-mismatch',
    });
  }
  await expect(transactions.take(undefined, 'browser-1')).rejects.toMatchObject({ reason: 'state-missing' });
  await expect(transactions.take(transaction.state, 'browser-1')).resolves.toEqual(transaction);
});

test('a stored transaction is gone after ten minutes', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const transactions = authorizationTransactions(memoryStore());
  const { transaction } = await begun();
  await transactions.save(transaction, 'browser-1');
  vi.setSystemTime(Date.now() + 10 * 60_000 + 1);
  await expect(transactions.take(transaction.state, 'browser-1')).rejects.toBeInstanceOf(AuthorizationError);
});

test('what is no callback, or no transaction, is an error of ours that shows nothing', async () => {
  const client = makeClient();
  const { transaction } = await client.beginAuthorization();
  for (const [callback, of] of [
    [`//[?code=${CANARY.code}`, transaction],
    [`/?code=${CANARY.code}`, undefined],
    [`/?code=${CANARY.code}`, {}],
  ] as const) {
    const error: unknown = await client
      .completeAuthorization(callback, of as never)
      .catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(AuthorizationError);
    expectNoSecretIn(error);
  }
});

test('a stored transaction that is none is a corrupt record', async () => {
  const inner = memoryStore();
  const store = { ...inner, get: async () => ({ value: `{"x":"${CANARY.code}"`, version: '1' }) };
  const error: unknown = await authorizationTransactions(store)
    .take('state', 'browser')
    .catch((failure: unknown) => failure);
  expect(error).toMatchObject({ code: 'store', reason: 'corrupt' });
  expectNoSecretIn(error);
});

test("a transaction of one provider is no good for another's callback, and what the host remembers comes back", async () => {
  const client = makeClient();
  const { transaction } = await client.beginAuthorization({ remember: { userId: 'ada' } });
  expect(transaction.remember).toEqual({ userId: 'ada' });
  const elsewhere = { ...transaction, provider: 'google' };
  const callback = `/auth/ticktick/callback?code=c&state=${transaction.state}`;
  await expect(client.completeAuthorization(callback, elsewhere)).rejects.toMatchObject({
    reason: 'state-mismatch',
  });
  expect(endpoint.requests).toHaveLength(0);
});

test.each([
  ['of a newer version', { v: 2 }],
  ['without its verifier', { transaction: { state: 's' } }],
  ['without scopes', { transaction: { provider: 'p', state: 's', codeVerifier: 'c', redirectUri: 'r' } }],
])('16.15: the record of a sign-in %s is corrupt, and not used', async (_name, change) => {
  const store = memoryStore();
  const transactions = authorizationTransactions(store);
  const { transaction } = await makeClient().beginAuthorization();
  await transactions.save(transaction, 'browser');
  const [key = ''] = await store.list('oauth-transaction/');
  const record = await store.get(key);
  const stored = JSON.parse(record?.value ?? '') as object;
  expect(stored).toMatchObject({ v: 1 });
  await store.compareAndSet(key, record?.version, JSON.stringify({ ...stored, ...change }));
  await expect(transactions.take(transaction.state, 'browser')).rejects.toMatchObject({ reason: 'corrupt' });
});
