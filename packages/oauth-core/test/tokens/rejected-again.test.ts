import { memoryStore, TokenManager } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { freshTokens, makeClient, useTokenEndpoint } from '../support/token-endpoint.ts';

const endpoint = useTokenEndpoint();
const HOUR_MS = 3_600_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  endpoint.answer = () => freshTokens({ access_token: `access-${endpoint.requests.length}` });
});
afterEach(() => void vi.useRealTimers());

/** Two processes of one connection whose first token has this long to live. */
async function connect(remainingMs: number): Promise<{ one: TokenManager; another: TokenManager }> {
  const store = memoryStore();
  const open = (): TokenManager =>
    new TokenManager({ client: makeClient(), store, key: 'user-1/ticktick/default' });
  const one = open();
  const obtainedAt = Date.now() - HOUR_MS + remainingMs;
  const expiresAt = Date.now() + remainingMs;
  await one.save({ accessToken: 'access-0', refreshToken: 'refresh-0', obtainedAt, expiresAt, scopes: [] });
  return { one, another: open() };
}

describe('15.8: a token that is rejected within ten seconds of its refresh', () => {
  test.for([
    ['refreshed because its time was over', -1000],
    ['refreshed because the one before was rejected', HOUR_MS],
  ] as const)('%s: another refresh helps', async ([, remainingMs]) => {
    const { one, another } = await connect(remainingMs);
    const first = await one.getAccessToken({ rejected: remainingMs > 0 ? 'access-0' : undefined });
    expect(first).toBe('access-1');
    await expect(another.getAccessToken({ rejected: 'access-1' })).resolves.toBe('access-2');
    await expect(one.getAccessToken({ rejected: 'access-1' })).resolves.toBe('access-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  test('once: a service that rejects everything costs two refreshes in ten seconds', async () => {
    const { one, another } = await connect(HOUR_MS);
    await one.getAccessToken({ rejected: 'access-0' });
    await one.getAccessToken({ rejected: 'access-1' });
    for (const manager of [one, another])
      expect(await failure(manager.getAccessToken({ rejected: 'access-2' }))).toMatchObject({
        reason: 'rejected',
      });
    expect(endpoint.requests).toHaveLength(2);
    // Calls that did not see the rejection go on with the token that there is.
    await expect(another.getAccessToken()).resolves.toBe('access-2');
    vi.setSystemTime(Date.now() + 10_000);
    await expect(one.getAccessToken({ rejected: 'access-2' })).resolves.toBe('access-3');
    await expect(another.getAccessToken({ rejected: 'access-3' })).resolves.toBe('access-4');
    expect(endpoint.requests).toHaveLength(4);
  });
});
