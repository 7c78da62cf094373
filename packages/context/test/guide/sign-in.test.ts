import type { Connected, ContextOptions, Identify } from '@context-sdk/context';
import { TickTickClient } from '@context-sdk/ticktick-client';
import { describe, expect, test } from 'vitest';
import { startGuideHost } from './start-guide-host.ts';

const identify: Identify = async (fetch) =>
  (await (await fetch('/user')).json()) as { id: string; email: string };

const signIn = ({ account }: Connected): { userId: string; headers: { 'set-cookie': string } } => ({
  userId: `user-${account.id}`,
  headers: { 'set-cookie': `session=user-${account.id}; Path=/; HttpOnly` },
});

describe('15.1: the guide’s callback is the sign-in, at a gateway', () => {
  test('identify tells who has signed in, and the connection keeps it', async () => {
    const { gateway, visit, context, errors } = await startGuideHost({
      gateway: { identify },
      onConnected: signIn,
    });
    const { url } = await visit('/auth/ticktick/authorize?returnTo=/day');
    expect([url.href, errors]).toEqual(['http://localhost:8000/day?ticktick=success', []]);
    const { ticktick, connections } = context.user('user-42');
    expect(await connections.get('ticktick')).toMatchObject({
      state: 'connected',
      identity: { id: '42', email: 'ada@example.com' },
    });
    expect(await ticktick.account.get()).toMatchObject({ id: '42', email: 'ada@example.com' });
    const created = await ticktick.tasks.create({ title: 'a' });
    expect(gateway.user.tasks.get(created.id)).toMatchObject({ title: 'a' });
  });

  test('a provider may bring identify itself', async () => {
    const started = await startGuideHost();
    const providers: ContextOptions['providers'] = {
      ticktick: {
        clientId: 'guide-app',
        clientSecret: 'guide-secret',
        dialect: 'guide',
        baseUrl: `${started.gateway.origin}/open/v1`,
        provider: {
          id: 'ticktick',
          issuer: started.gateway.origin,
          authorizationEndpoint: `${started.gateway.origin}/oauth/authorize`,
          tokenEndpoint: `${started.gateway.origin}/oauth/token`,
          clientAuthentication: 'post',
          defaultScopes: ['tasks:read'],
          identify,
        },
      },
    };
    const { visit, context } = await startGuideHost({ providers, onConnected: signIn });
    await visit('/auth/ticktick/authorize');
    expect((await context.user('user-42').connections.get('ticktick')).identity?.email).toBe(
      'ada@example.com',
    );
  });

  test('onConnected gets a client on the new token, and may tell the account', async () => {
    const seen: unknown[] = [];
    const { visit, context } = await startGuideHost({
      onConnected: async ({ client, account, provider }) => {
        seen.push(provider, client instanceof TickTickClient, account);
        const user = (await (await client.fetch('/user')).json()) as { id: string; email: string };
        return { userId: `user-${user.id}`, account: { id: user.id, email: user.email } };
      },
    });
    const { url } = await visit('/auth/ticktick/authorize');
    expect(url.searchParams.get('ticktick')).toBe('success');
    expect(seen).toEqual(['ticktick', true, {}]);
    const { identity } = await context.user('user-42').connections.get('ticktick');
    expect(identity).toEqual({ id: '42', email: 'ada@example.com' });
  });

  test('signing in again with the same account asks nothing', async () => {
    const { visit } = await startGuideHost({ gateway: { identify }, onConnected: signIn });
    await visit('/auth/ticktick/authorize');
    const again = await visit('/auth/ticktick/authorize');
    expect(again.url.href).toBe('http://localhost:8000/?ticktick=success');
  });

  test('without identify, the error names the way out, and the visitor is told less', async () => {
    const { visit, errors } = await startGuideHost({
      onConnected: ({ account, userId }) => (account.id === undefined ? { userId } : { userId: account.id }),
    });
    const { response } = await visit('/auth/ticktick/authorize');
    expect(response.status).toBe(403);
    expect(await response.text()).not.toContain('identify');
    expect(errors).toMatchObject([{ code: 'permission_denied', service: 'ticktick' }]);
    expect(String(errors[0])).toContain('identify');
  });

  test('if identify fails, nothing is stored', async () => {
    const { visit, context, errors } = await startGuideHost({
      gateway: { identify: async (fetch) => (await (await fetch('/nothing')).json()) as { id: string } },
      onConnected: signIn,
    });
    expect((await visit('/auth/ticktick/authorize')).response.status).toBe(404);
    expect(errors).toMatchObject([{ code: 'not_found', service: 'ticktick' }]);
    expect((await context.user('user-42').connections.get('ticktick')).reason).toBe('never-connected');
  });

  test('a token of the gateway is verified by identify', async () => {
    const { gateway, context } = await startGuideHost({ gateway: { identify } });
    const { connections } = context.user('ada');
    const connection = await connections.connect('ticktick', { token: gateway.issueToken() });
    expect(connection.identity).toMatchObject({ id: '42' });
    expect(gateway.requests.map(({ line }) => line)).toEqual(['GET /open/v1/user']);
  });
});

describe('15.2: the whole of a gateway is at the gateway', () => {
  test('sign-in with the secret in the form; a disconnect sends nothing anywhere', async () => {
    const { gateway, visit, context } = await startGuideHost({ gateway: { identify }, onConnected: signIn });
    await visit('/auth/ticktick/authorize');
    const token = gateway.requests.find(({ line }) => line.startsWith('POST /oauth/token'));
    expect(token?.authorization).toBeUndefined();
    expect(Object.fromEntries(new URLSearchParams(token?.body))).toMatchObject({
      client_id: 'guide-app',
      client_secret: 'guide-secret',
      grant_type: 'authorization_code',
    });
    const before = gateway.requests.length;
    await context.user('user-42').connections.disconnect('ticktick');
    expect(gateway.requests).toHaveLength(before);
    expect((await context.user('user-42').connections.get('ticktick')).reason).toBe('never-connected');
  });

  test('dialect and baseUrl alone: users sign in where the API is, not at ticktick.com', async () => {
    const { gateway } = await startGuideHost();
    const ticktick = {
      clientId: 'guide-app',
      clientSecret: 'guide-secret',
      dialect: 'guide',
      baseUrl: `${gateway.origin}/open/v1`,
    } as const;
    const host = await startGuideHost({ providers: { ticktick }, onConnected: () => ({ userId: 'ada' }) });
    const { url } = await host.visit('/auth/ticktick/authorize');
    expect(url.href).toBe('http://localhost:8000/?ticktick=success');
    await host.context.user('ada').connections.disconnect('ticktick');
    expect(gateway.requests.map(({ line }) => line.split('?')[0])).toEqual([
      'GET /oauth/authorize',
      'POST /oauth/token',
    ]);
  });

  test('dialect alone: the guide’s own addresses, without TickTick’s revocation', async () => {
    const requests: string[] = [];
    const host = await startGuideHost({
      providers: { ticktick: { clientId: 'id', clientSecret: 'secret', dialect: 'guide' } },
      fetch: async (input, init) => {
        requests.push(new Request(input, init).url);
        return Response.json({ access_token: 'a', refresh_token: 'r', expires_in: 3600 });
      },
      onConnected: () => ({ userId: 'ada' }),
    });
    const response = await host.handler(new Request('http://localhost:8000/auth/ticktick/authorize'));
    const url = new URL(response.headers.get('location') ?? '');
    expect(url.origin + url.pathname).toBe('https://ticktick.com/oauth/authorize');
    const [cookie = ''] = response.headers.getSetCookie();
    const callback = `http://localhost:8000/auth/ticktick/callback?code=c&state=${url.searchParams.get('state')}`;
    await host.handler(new Request(callback, { headers: { cookie: cookie.split(';')[0] ?? '' } }));
    await host.context.user('ada').connections.disconnect('ticktick');
    expect(requests).toEqual(['https://ticktick.com/oauth/token']);
  });
});
