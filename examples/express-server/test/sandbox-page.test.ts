import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SandboxServer, serveSandbox } from '@context-sdk/sandbox/server';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityProblems, browserService, openBrowser } from './support.ts';

/** Where pictures for the documentation go, if they are wanted. */
const PICTURES = process.env['SCREENSHOTS'];

/** What each service's sign-in page shows, and the way there. */
const CONSENT_PAGES = [
  ['ticktick', 'ticktick.com', '/oauth/authorize', 'Authorize', 'tasks:read tasks:write', 'Allow'],
  ['google', 'accounts.google.com', '/o/oauth2/v2/auth', 'Sign in with Google', 'openid email', 'Continue'],
  [
    'azure-devops',
    'login.microsoftonline.com',
    '/organizations/oauth2/v2.0/authorize',
    'Permissions requested',
    '499b84ac-1321-427f-aa17-267ca6975798/.default',
    'Accept',
  ],
] as const;

describe.skipIf(!browserService.isThere)(`22.page${browserService.note}`, () => {
  let server: SandboxServer;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    server = await serveSandbox({ seed: 'empty' });
    browser = await openBrowser();
    page = await (await browser.newContext({ viewport: { width: 1100, height: 800 } })).newPage();
    page.setDefaultTimeout(20_000);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  async function keepPicture(name: string): Promise<void> {
    if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `${name}.png`) });
  }

  async function expectNoViolations(): Promise<void> {
    expect(await accessibilityProblems(page)).toEqual([]);
  }

  async function createTask(title: string): Promise<number> {
    const headers = {
      authorization: `Bearer ${server.sandbox.ticktick.issueApiToken()}`,
      'content-type': 'application/json',
    };
    const url = `${server.urlOf('api.ticktick.com')}/open/v1/task`;
    return (await fetch(url, { method: 'POST', headers, body: JSON.stringify({ title }) })).status;
  }

  test('requests appear as they come, as text', async () => {
    await page.goto(server.url);
    await createTask(' <b>bold</b>');
    await page.locator('#requests td', { hasText: 'POST api.ticktick.com/open/v1/task' }).waitFor();
    await page.locator('#violations td', { hasText: 'without the spaces' }).waitFor();
    expect(await page.locator('#requests b').count()).toBe(0);
    await expectNoViolations();
    await keepPicture('page');
  });

  test('a fault is switched on, strikes, and is switched off', async () => {
    await page.getByLabel('Fault').selectOption('503');
    await page.getByLabel('requests').fill('5');
    await page.getByRole('button', { name: 'Switch on' }).click();
    await page.locator('#faults td', { hasText: '503' }).waitFor();
    expect(await createTask('x')).toBe(503);
    await page.getByRole('button', { name: 'Switch all off' }).click();
    await page.locator('#faults', { hasText: 'none' }).waitFor();
    expect(await createTask('x')).toBe(200);
  });

  test('the clock is moved', async () => {
    const before = server.sandbox.clock.now();
    await page.getByLabel('Move the clock by').fill('1440');
    await page.getByRole('button', { name: 'Move', exact: true }).click();
    const tomorrow = new Date(before + 86_400_000).toISOString().slice(0, 10);
    await page.locator('#now', { hasText: tomorrow }).waitFor();
    expect(server.sandbox.clock.now() - before).toBeGreaterThanOrEqual(86_400_000);
  });

  test('a state is saved as a file, and loaded from it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
    const file = join(folder, 'state.json');
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the state' }).click();
    await (await downloading).saveAs(file);
    await createTask('after the save');
    const before = server.sandbox;
    await page.getByLabel('Load a state').setInputFiles(file);
    await expect.poll(() => server.sandbox).not.toBe(before);
    expect(server.sandbox.ticktick.testUser().tasks()).toHaveLength(2);
    await writeFile(file, '{"requests":1}');
    await page.getByLabel('Load a state').setInputFiles(file);
    await page.getByRole('alert').filter({ hasText: 'requests must be a list.' }).waitFor();
    await rm(folder, { recursive: true });
  });

  test.each(CONSENT_PAGES)('%s asks for consent', async (service, host, path, title, scope, allow) => {
    const { ticktick, google, azureDevOps } = server.sandbox;
    const { clientId, redirectUris } = { ticktick, google, 'azure-devops': azureDevOps }[service].app;
    const params = new URLSearchParams({
      client_id: clientId,
      redirect_uri: redirectUris[0] ?? '',
      response_type: 'code',
      state: 's',
      scope,
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    });
    page = await page.context().newPage();
    await page.route(`${redirectUris[0]}**`, (route) => route.fulfill({ body: 'the app' }));
    await page.goto(`${server.urlOf(host)}${path}?${params}`);
    await page.getByRole('heading', { name: title }).waitFor();
    await expectNoViolations();
    await keepPicture(service);
    const [request] = await Promise.all([
      page.waitForRequest((one) => one.url().startsWith(redirectUris[0] ?? '-')),
      page.getByRole('button', { name: allow }).click(),
    ]);
    expect(new URL(request.url()).searchParams.get('code')).toBeTruthy();
  });
});
