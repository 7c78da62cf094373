import {
  clientCredentials,
  memoryStore,
  OAuthClient,
  TokenManager,
  type TokenSet,
} from '@context-sdk/oauth-core';
import { classifyByStatus, createPipeline } from '@context-sdk/oauth-core/client-kit';
import { microsoftEntra, ticktick } from '@context-sdk/oauth-core/providers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const HOUR = 3_600_000;
let requests = 0;
let expiresIn: unknown = 0;
let tookMs = 0;

beforeEach(() => {
  requests = 0;
  tookMs = 0;
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => void vi.useRealTimers());

const tokenFetch: typeof fetch = async () => {
  requests += 1;
  vi.setSystemTime(Date.now() + tookMs);
  return Response.json({
    access_token: `access-${requests}`,
    refresh_token: 'refresh',
    expires_in: expiresIn,
  });
};

const client = new OAuthClient({
  provider: ticktick,
  clientId: 'client-1',
  redirectUri: 'https://example.com/callback',
  fetch: tokenFetch,
});

function tokens(obtainedAt: number, expiresAt: number): TokenSet {
  return { accessToken: 'access-0', refreshToken: 'refresh-0', obtainedAt, expiresAt, scopes: [] };
}

async function callTenTimes(auth: TokenManager | ReturnType<typeof clientCredentials>): Promise<void> {
  const fetch = createPipeline({
    service: 'things',
    auth,
    origins: ['https://things.example'],
    limits: [],
    fetch: async () => Response.json({}),
    classify: classifyByStatus('things'),
  }).fetchFor({ operation: 'things.get', safety: 'safe' });
  for (let call = 0; call < 10; call += 1) await fetch('https://things.example/things');
}

test.each([
  0,
  '0',
  -1,
  'soon',
  '',
  null,
  undefined,
  true,
  'NaN',
  '1e400',
  -1e12,
  1e12,
  '3600',
  59.5,
  5,
  1,
  0.5,
])('16.20: tokens with expires_in %j: one token request for ten calls', async (seconds) => {
  expiresIn = seconds;
  const manager = new TokenManager({ client, store: memoryStore(), key: 'k' });
  await manager.save(tokens(Date.now() - 2 * HOUR, Date.now() - HOUR));
  await callTenTimes(manager);
  expect(requests).toBe(1);
  const provider = microsoftEntra('contoso.example');
  await callTenTimes(clientCredentials({ provider, clientId: 'c', clientSecret: 's', fetch: tokenFetch }));
  expect(requests).toBe(2);
});

test.each([1, 2, 5, 9])(
  '16.20: a token that lives for %d s and takes as long to arrive: one request for ten calls',
  async (seconds) => {
    expiresIn = seconds;
    tookMs = seconds * 1100;
    const manager = new TokenManager({ client, store: memoryStore(), key: 'k' });
    await manager.save(tokens(Date.now() - 2 * HOUR, Date.now() - HOUR));
    await callTenTimes(manager);
    expect(requests).toBe(1);
    const provider = microsoftEntra('contoso.example');
    await callTenTimes(clientCredentials({ provider, clientId: 'c', clientSecret: 's', fetch: tokenFetch }));
    expect(requests).toBe(2);
    // It ends all the same.
    vi.setSystemTime(Date.now() + seconds * 1000);
    await callTenTimes(manager);
    expect(requests).toBe(3);
  },
);

test.each([1e12, '1e300'])(
  '16.20: a lifetime of %j s ends at a time that a date can hold',
  async (seconds) => {
    expiresIn = seconds;
    const { expiresAt = Number.NaN } = await client.refresh(tokens(Date.now(), Date.now()));
    expect(new Date(expiresAt).getUTCFullYear()).toBeGreaterThan(2100);
  },
);

test('16.20: a token set that was imported with a lifetime of nothing is used until it is rejected', async () => {
  const manager = new TokenManager({ client, store: memoryStore(), key: 'k' });
  await manager.save(tokens(Date.now(), Date.now()));
  vi.setSystemTime(Date.now() + 24 * HOUR);
  await callTenTimes(manager);
  expect(requests).toBe(0);
  expect(await manager.status()).toMatchObject({ state: 'connected' });
});
