import type { ContextOptions } from '@context-sdk/context';
import { describe, expect, test } from 'vitest';
import type { Browser } from '../support/browser.ts';
import { HOST, type StartedHost, startHost } from '../support/start-host.ts';

const QUESTION = '/auth/google/replace';

/** Signs in at Google as somebody else than the browser's last account. */
async function signInAs(browser: Browser, email: string): Promise<URL> {
  const started = await browser.ask('/auth/google/authorize');
  const consent = new URL(started.headers.get('location') ?? '');
  consent.searchParams.set('login_hint', email);
  return (await browser.visit(consent, ({ pathname }) => pathname === QUESTION)).url;
}

/** A host whose user has connected Ada's account, and has just signed in with Grace's. */
async function startReplacing(
  onReplace?: ContextOptions['onReplace'],
): Promise<StartedHost & { ada: Browser; landed: URL; email: () => Promise<string | undefined> }> {
  const host = startHost({ onReplace });
  const ada = host.browser('ada');
  await ada.visit('/auth/google/authorize?returnTo=/day');
  const landed = await signInAs(ada, 'grace@example.com');
  const email = async (): Promise<string | undefined> =>
    (await host.context.user('ada').connections.get('google')).identity?.email;
  return { ...host, ada, landed, email };
}

const FORM = { method: 'POST', headers: { origin: HOST } };

describe('16.6: another account does not replace the connected one silently', () => {
  test('the user is asked on a page at a clean URL', async () => {
    const { ada, landed, email, context } = await startReplacing();
    expect(landed.href).toBe(`${HOST}${QUESTION}`);
    const page = await ada.ask(landed);
    expect([page.status, page.headers.get('referrer-policy')]).toEqual([200, 'same-origin']);
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    const html = await page.text();
    expect(html).toContain('<form method="post" action="?decision=replace">');
    expect(html).not.toContain('@example.com');
    expect(await email()).toBe('ada@example.com');
    expect((await context.user('ada').calendar.calendars.get()).id).toBe('ada@example.com');
  });

  test('the user replaces it', async () => {
    const { ada, email, context } = await startReplacing();
    const done = await ada.ask(`${QUESTION}?decision=replace`, FORM);
    expect([done.status, done.headers.get('location')]).toEqual([303, `${HOST}/?google=success`]);
    expect(await email()).toBe('grace@example.com');
    expect((await context.user('ada').calendar.calendars.get()).id).toBe('grace@example.com');
    expect((await ada.ask(`${QUESTION}?decision=replace`, FORM)).status).toBe(400);
  });

  test('the user keeps it, and the new grant ends at the provider', async () => {
    const { ada, email, sandbox, store, context } = await startReplacing();
    const done = await ada.ask(`${QUESTION}?decision=keep`, FORM);
    expect(done.headers.get('location')).toBe(`${HOST}/?google=kept`);
    expect(await email()).toBe('ada@example.com');
    expect(await store.list('pending-grant/')).toEqual([]);
    expect(sandbox.requests.filter(({ path }) => path === '/revoke')).toHaveLength(1);
    expect((await context.user('ada').calendar.calendars.get()).id).toBe('ada@example.com');
  });

  test.each(['', '{"tokenSet":', '["something else"]', '{"tokenSet":7}', '{"tokenSet":{"accessToken":"a"}}'])(
    '16.15: what waits for the decision is damaged (%j): the user signs in again',
    async (text) => {
      const { ada, email, store } = await startReplacing();
      const [key = ''] = await store.list('pending-grant/');
      await store.compareAndSet(key, (await store.get(key))?.version, text);
      for (const decision of ['replace', 'keep'])
        expect((await ada.ask(`${QUESTION}?decision=${decision}`, FORM)).status).toBe(400);
      expect(await email()).toBe('ada@example.com');
      const landed = await signInAs(ada, 'grace@example.com');
      await ada.ask(`${landed.pathname}?decision=replace`, FORM);
      expect(await email()).toBe('grace@example.com');
    },
  );

  test('nobody else decides: no other site, browser or user', async () => {
    const { ada, browser, email } = await startReplacing();
    const decide = (who: Browser, headers: Record<string, string>): Promise<Response> =>
      who.ask(`${QUESTION}?decision=replace`, { method: 'POST', headers });
    expect((await decide(ada, {})).status).toBe(403);
    expect((await decide(ada, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await decide(browser('ada'), FORM.headers)).status).toBe(400);
    ada.setCookie('user', 'grace');
    expect((await decide(ada, FORM.headers)).status).toBe(400);
    expect((await ada.ask(`${QUESTION}?decision=replace`)).status).toBe(400);
    expect(await email()).toBe('ada@example.com');
  });

  test.for([
    ['replace', 'success', 'grace@example.com'],
    ['keep', 'kept', 'ada@example.com'],
  ] as const)('the host decides: %s', async ([decision, outcome, connected]) => {
    const asked: unknown[] = [];
    const { landed, email } = await startReplacing((replacement) => {
      asked.push(replacement);
      return decision;
    });
    expect(landed.href).toBe(`${HOST}/?google=${outcome}`);
    expect(await email()).toBe(connected);
    expect(asked).toMatchObject([
      {
        provider: 'google',
        userId: 'ada',
        current: { account: { email: 'ada@example.com' } },
        next: { account: { email: 'grace@example.com' } },
      },
    ]);
  });

  test('the same account again is no replacement', async () => {
    const { browser } = startHost();
    const ada = browser('ada');
    await ada.visit('/auth/google/authorize');
    expect((await signInAs(ada, 'ada@example.com')).href).toBe(`${HOST}/?google=success`);
  });
});

test('16.6: a link with another organization replaces nothing by itself', async () => {
  const organizations = ['fabrikam', 'contoso'];
  const { clientId, clientSecret } = startHost().sandbox.azureDevOps.app;
  const { browser, context } = startHost({
    sandbox: { azureDevOps: { organizations } },
    providers: { azureDevOps: { clientId, clientSecret } },
  });
  const ada = browser('ada');
  const connected = async (): Promise<string | undefined> =>
    (await context.user('ada').connections.get('azure-devops')).organizationUrl;
  const address = '/auth/azure-devops/authorize?organizationUrl=https://dev.azure.com/';
  await ada.visit(`${address}fabrikam`);
  const { url, response } = await ada.visit(`${address}contoso`);
  expect(url.href).toBe(`${HOST}/auth/azure-devops/replace`);
  expect(await response.text()).toContain('https://dev.azure.com/contoso');
  expect(await connected()).toBe('https://dev.azure.com/fabrikam');
  await ada.ask(`${url.pathname}?decision=replace`, FORM);
  expect(await connected()).toBe('https://dev.azure.com/contoso');
});

describe('Azure DevOps: the organization that the host chose is the one that a token names', () => {
  test.each(['https://dev.azure.com/fabrikam', 'https://Fabrikam.visualstudio.com/'])(
    'a user with a token for it signs in as the same person, and is not asked (%s)',
    async (organizationUrl) => {
      const host = startHost();
      const user = host.context.user('ada');
      const token = host.sandbox.azureDevOps.issuePat();
      await user.connections.connect('azure-devops', { token, organizationUrl });
      const before = await host.store.get('connection/ada/azure-devops/default');
      const { url } = await host.browser('ada').visit('/auth/azure-devops/authorize?returnTo=/day');
      expect(url.href).toBe(`${HOST}/day?azure-devops=success`);
      expect(await user.connections.get('azure-devops')).toMatchObject({ kind: 'oauth', state: 'connected' });
      const after = await host.store.get('connection/ada/azure-devops/default');
      const ownerOf = (record: typeof before): unknown =>
        (JSON.parse(record?.value ?? '{}') as { grant?: { owner?: string } }).grant?.owner;
      expect(ownerOf(after)).toBe(ownerOf(before));
    },
  );
});
