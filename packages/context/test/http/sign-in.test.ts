import { describe, expect, test } from 'vitest';
import { HOST, startHost } from '../support/start-host.ts';

const signInWithTickTick = {
  onConnected: ({ account }: { account: { username?: string } }) => ({
    userId: account.username ?? 'nobody',
    headers: { 'set-cookie': 'session=new; Path=/; HttpOnly' },
  }),
};

describe('signing in and connecting', () => {
  test('the TickTick callback is the sign-in: the host makes its user and its session there', async () => {
    const { context, sandbox, browser } = startHost(signInWithTickTick);
    const visitor = browser();
    const { url } = await visitor.visit('/auth/ticktick/authorize?returnTo=/day');
    expect(url.href).toBe(`${HOST}/day?ticktick=success`);
    expect(visitor.setCookies).toContain('session=new; Path=/; HttpOnly');
    const userId = sandbox.ticktick.accounts[0]?.username ?? '';
    expect(await context.user(userId).connections.get('ticktick')).toMatchObject({
      state: 'connected',
      kind: 'oauth',
      identity: { username: userId },
    });
  });

  test.for(['ticktick', 'google', 'azure-devops'] as const)(
    'a user who is signed in connects %s and gets on to the front end',
    async (provider) => {
      const { context, browser } = startHost({ frontendUrl: `${HOST}/settings` });
      const { url } = await browser('ada').visit(`/auth/${provider}/authorize`);
      expect(url.href).toBe(`${HOST}/settings?${provider}=success`);
      expect((await context.user('ada').connections.get(provider)).state).toBe('connected');
    },
  );

  test('connecting again says who it was and asks Google for no second refresh token', async () => {
    const { browser, context } = startHost();
    const ada = browser('ada');
    await ada.visit('/auth/google/authorize');
    const again = new URL((await ada.ask('/auth/google/authorize')).headers.get('location') ?? '');
    expect(again.searchParams.get('login_hint')).toBe(
      (await context.user('ada').connections.get('google')).identity?.email,
    );
    expect(again.searchParams.has('prompt')).toBe(false);
  });

  test('who refuses gets back to where they were, and nothing is connected', async () => {
    const { browser, context, errors } = startHost({ sandbox: { google: { consent: 'click' } } });
    const ada = browser('ada');
    const { transactionUrl } = await begun(ada, 'google');
    const { response } = await ada.visit(
      `/auth/google/callback?error=access_denied&state=${transactionUrl.searchParams.get('state')}`,
    );
    expect(response.headers.get('location')).toBe(`${HOST}/?google=denied`);
    expect((await context.user('ada').connections.get('google')).reason).toBe('never-connected');
    expect(errors).toEqual([]);
  });

  test('nobody is signed in and the host makes no users: nobody is sent away', async () => {
    const { browser } = startHost();
    expect((await browser().ask('/auth/google/authorize')).status).toBe(403);
  });

  test('an organization is the user’s choice where the host has none, and has to be one', async () => {
    const host = startHost();
    const { app } = host.sandbox.azureDevOps;
    const own = startHost({
      providers: { azureDevOps: { clientId: app.clientId, clientSecret: app.clientSecret ?? '' } },
    });
    const ada = own.browser('ada');
    expect((await ada.ask('/auth/azure-devops/authorize')).status).toBe(400);
    const evil = await ada.ask('/auth/azure-devops/authorize?organizationUrl=https://evil.example/acme');
    expect(evil.status).toBe(400);
    await ada.visit('/auth/azure-devops/authorize?organizationUrl=https://fabrikam.visualstudio.com');
    const client = await own.context.user('ada').azureDevOps();
    expect(client.organizationUrl).toBe('https://dev.azure.com/fabrikam');
    expect((await client.projects.list().toArray()).length).toBeGreaterThan(0);
  });

  test('what the host throws in onConnected keeps everything as it was, and shows nothing', async () => {
    const { browser, store, errors } = startHost({
      onConnected: () => {
        throw new Error('the users table is gone, password=hunter2');
      },
    });
    const { response } = await browser('ada').visit('/auth/google/authorize');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('hunter2');
    expect(errors).toHaveLength(1);
    expect(await store.list('connection/')).toEqual([]);
    expect(await store.list('token/')).toEqual([]);
  });

  test('disconnecting takes a POST from a page of the host', async () => {
    const { browser, context } = startHost();
    const ada = browser('ada');
    await ada.visit('/auth/google/authorize');
    const ask = (headers: Record<string, string>, method = 'POST'): Promise<Response> =>
      ada.ask('/auth/google/disconnect?returnTo=/settings', { method, headers });
    expect((await ask({}, 'GET')).status).toBe(405);
    expect((await ask({})).status).toBe(403);
    expect((await ask({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await ask({ origin: 'null' })).status).toBe(403);
    expect((await context.user('ada').connections.get('google')).state).toBe('connected');
    const done = await ask({ origin: HOST });
    expect([done.status, done.headers.get('location')]).toEqual([303, `${HOST}/settings`]);
    expect((await context.user('ada').connections.get('google')).reason).toBe('never-connected');
    expect((await ask({ origin: HOST, accept: '*/*' })).status).toBe(204);
  });

  test('paths that are not its own are told apart', async () => {
    const { handler, browser } = startHost({ basePath: '/api' });
    const paths = [
      '/api/auth/google/authorize',
      '/api/webhooks/ticktick',
      '/auth/google/authorize',
      '/api',
      '/apiauth/x',
    ];
    expect(paths.map((path) => handler.handles(path))).toEqual([true, true, false, false, false]);
    const visitor = browser('ada');
    const answers = ['/api/auth/github/authorize', '/api/auth/google/steal', '/elsewhere'].map(
      async (path) => (await visitor.ask(path)).status,
    );
    expect(await Promise.all(answers)).toEqual([404, 404, 404]);
  });
});

async function begun(
  visitor: ReturnType<ReturnType<typeof startHost>['browser']>,
  provider: string,
): Promise<{ transactionUrl: URL }> {
  const response = await visitor.ask(`/auth/${provider}/authorize`);
  return { transactionUrl: new URL(response.headers.get('location') ?? '') };
}
