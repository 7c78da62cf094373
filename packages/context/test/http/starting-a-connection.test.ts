import { describe, expect, test } from 'vitest';
import { HOST, startHost } from '../support/start-host.ts';

describe('16.6: a GET starts a connection only from this site', () => {
  const refused: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-purpose': 'prefetch' },
    { 'sec-purpose': 'prefetch;prerender' },
    { purpose: 'prefetch' },
    { 'x-moz': 'prefetch' },
  ];

  test.for(refused)('%j is refused, and leaves nothing behind', async (headers) => {
    const { browser, store } = startHost();
    const ada = browser('ada');
    const response = await ada.ask('/auth/google/authorize', { headers });
    expect([response.status, response.headers.get('location'), ada.setCookies]).toEqual([403, null, []]);
    expect(await store.list('')).toEqual([]);
  });

  test.for([{}, { 'sec-fetch-site': 'none' }, { 'sec-fetch-site': 'same-origin' }] as Record<
    string,
    string
  >[])('%j is allowed', async (headers) => {
    const { browser } = startHost();
    expect((await browser('ada').ask('/auth/google/authorize', { headers })).status).toBe(302);
  });
});

describe('15: a front end on a port or domain of its own connects by a link', () => {
  const statusFor = async (
    headers: Record<string, string>,
    options: Parameters<typeof startHost>[0] = { frontendUrl: 'http://localhost:3000' },
  ): Promise<number> =>
    (await startHost(options).browser('ada').ask('/auth/google/authorize', { headers })).status;
  const sameSite = (referer: string): Record<string, string> => ({ 'sec-fetch-site': 'same-site', referer });
  const crossSite = (referer: string): Record<string, string> => ({
    'sec-fetch-site': 'cross-site',
    referer,
  });

  test('the guide’s own set-up needs no option: pages at port 3000, the backend at 8000', async () => {
    expect(await statusFor(sameSite('http://localhost:3000/'))).toBe(302);
    expect(await statusFor(sameSite('http://localhost:3000/settings?tab=2'))).toBe(302);
  });

  test('neither does a front end at another domain; further ones are trustedOrigins', async () => {
    expect(await statusFor(crossSite('https://app.example/'), { frontendUrl: 'https://app.example' })).toBe(
      302,
    );
    expect(await statusFor(sameSite('http://localhost:4000/'))).toBe(403);
    const trustedOrigins = ['http://localhost:4000'];
    expect(await statusFor(sameSite('http://localhost:4000/'), { trustedOrigins })).toBe(302);
  });

  test.for([
    sameSite('http://localhost:3001/'),
    sameSite('http://localhost:3000.evil.example/'),
    crossSite('https://evil.example/?http://localhost:3000/'),
    crossSite('http://localhost:3000@evil.example/'),
    crossSite('null'),
    crossSite(''),
  ])('%j is still another site', async (headers) => {
    expect(await statusFor(headers)).toBe(403);
  });

  test('returning to an origin is not trusting it, and no link is loaded ahead of time', async () => {
    const options = { allowedReturnTo: ['http://localhost:3000'] };
    expect(await statusFor(sameSite('http://localhost:3000/'), options)).toBe(403);
    const prefetch = { ...sameSite('http://localhost:3000/'), 'sec-purpose': 'prefetch' };
    expect(await statusFor(prefetch)).toBe(403);
  });
});

describe('16.6: a POST starts a connection from a page of the host', () => {
  test('its origin decides, not Sec-Fetch-Site', async () => {
    const frontend = 'https://app.example';
    const { browser } = startHost({ frontendUrl: frontend });
    const statusFor = async (headers: Record<string, string>): Promise<number> =>
      (await browser('ada').ask('/auth/google/authorize', { method: 'POST', headers })).status;
    expect(await statusFor({ origin: frontend, 'sec-fetch-site': 'cross-site' })).toBe(303);
    expect(await statusFor({ origin: HOST })).toBe(303);
    expect(await statusFor({ origin: 'https://evil.example' })).toBe(403);
    expect(await statusFor({ origin: 'null' })).toBe(403);
    expect(await statusFor({})).toBe(403);
  });

  test('a form chooses the organization and the way back', async () => {
    const { clientId, clientSecret } = startHost().sandbox.azureDevOps.app;
    const { browser, context } = startHost({ providers: { azureDevOps: { clientId, clientSecret } } });
    const ada = browser('ada');
    const body = new URLSearchParams({ organizationUrl: 'https://dev.azure.com/fabrikam', returnTo: '/day' });
    const headers = { origin: HOST };
    const started = await ada.ask('/auth/azure-devops/authorize', { method: 'POST', headers, body });
    const { url } = await ada.visit(started.headers.get('location') ?? '');
    expect(url.href).toBe(`${HOST}/day?azure-devops=success`);
    expect((await context.user('ada').connections.get('azure-devops')).organizationUrl).toBe(
      'https://dev.azure.com/fabrikam',
    );
  });
});

test('16.8: an origin that users may return to cannot send forms, a trusted one can', async () => {
  const app = 'https://app.example';
  const returnOnly = startHost({ allowedReturnTo: [app] });
  const ada = returnOnly.browser('ada');
  await ada.visit('/auth/google/authorize');
  const post = { method: 'POST', headers: { origin: app } };
  for (const action of ['disconnect', 'authorize', 'replace']) {
    expect((await ada.ask(`/auth/google/${action}`, post)).status).toBe(403);
  }
  expect((await returnOnly.context.user('ada').connections.get('google')).state).toBe('connected');

  const trusting = startHost({ trustedOrigins: [app] });
  const grace = trusting.browser('grace');
  await grace.visit('/auth/google/authorize');
  expect((await grace.ask('/auth/google/authorize', post)).status).toBe(303);
  expect((await grace.ask(`/auth/google/authorize?returnTo=${app}/day`)).status).toBe(400);
  expect((await grace.ask('/auth/google/disconnect', post)).status).toBe(303);
  expect(() => startHost({ trustedOrigins: [`${app}/path`] })).toThrow('trustedOrigins[0] must be an origin');
});
