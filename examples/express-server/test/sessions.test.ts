import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { browserService, openBrowser, type RunningApp, signIn, startApp } from './support.ts';

const DAY = '2027-03-01';

describe.skipIf(!browserService.isThere)(`sessions${browserService.note}`, () => {
  let app: RunningApp;
  let browser: Browser;
  beforeAll(async () => {
    app = await startApp();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  test('two browsers, two users, at once: neither sees the other’s data', async () => {
    const names = ['demo@example.com', 'grace@example.com'];
    const pages: Page[] = [];
    for (const name of names) {
      app.sandbox?.ticktick.signIn(name);
      app.sandbox?.ticktick.testUser(name).createTask({
        title: `Only for ${name}`,
        dueDate: `${DAY}T12:00:00.000+0000`,
      });
      const page = await (await browser.newContext()).newPage();
      page.setDefaultTimeout(20_000);
      await signIn(page, app.url);
      await page.goto(`${app.url}/?date=${DAY}`);
      pages.push(page);
    }
    for (let round = 0; round < 3; round += 1) {
      await Promise.all(
        pages.map(async (page, index) => {
          await page.reload();
          const text = await page.locator('body').innerText();
          expect(text).toContain(`Only for ${names[index]}`);
          expect(text).not.toContain(names[1 - index]);
        }),
      );
    }
    // What is there when the app looks for the first time is no news to it; what comes later is.
    await vi.waitFor(
      async () => {
        app.sandbox?.ticktick.testUser(names[1]).createTask({ title: 'News for Grace' });
        await pages[1]?.locator('#activity', { hasText: 'News for Grace' }).waitFor();
      },
      { timeout: 45_000 },
    );
    await pages[0]?.reload();
    expect(await pages[0]?.getByText('News for Grace').count()).toBe(0);
  });

  test('a session that was tampered with, or has ended, and a form of another site are refused', async () => {
    app.sandbox?.ticktick.signIn('demo@example.com');
    const context = await browser.newContext();
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await signIn(page, app.url);
    const session = (await context.cookies()).find(({ name }) => name === 'session');
    const value = session?.value ?? '';
    const ask = async (cookie: string, init: RequestInit = {}): Promise<Response> =>
      await fetch(`${app.url}/`, {
        redirect: 'manual',
        ...init,
        headers: { cookie: `session=${cookie}`, ...init.headers },
      });
    const isSignedIn = async (cookie: string): Promise<boolean> =>
      (await (await ask(cookie)).text()).includes('Sign out');
    expect(await isSignedIn(value)).toBe(true);
    for (const wrong of [
      value.slice(1),
      `${value}A`,
      value.toUpperCase(),
      '',
      '../session',
      `${value}, ${value}`,
    ]) {
      expect(await isSignedIn(wrong)).toBe(false);
    }
    const post = async (path: string, headers: Record<string, string>): Promise<number> => {
      const body = new URLSearchParams({ taskId: 't', projectId: 'p', title: 'x', minutes: '30', date: '' });
      const init = {
        method: 'POST',
        body,
        redirect: 'manual',
        headers: { cookie: `session=${value}`, ...headers },
      } as const;
      return (await fetch(app.url + path, init)).status;
    };
    for (const path of ['/actions/block-time', '/sign-out', '/auth/ticktick/disconnect']) {
      for (const headers of [
        {},
        { origin: 'null' },
        { origin: 'https://evil.example' },
        { origin: `${app.url}.evil.example` },
      ]) {
        expect(await post(path, headers)).toBe(403);
      }
    }
    expect(await isSignedIn(value)).toBe(true);
    expect(await post('/sign-out', { origin: app.url })).toBe(303);
    expect(await isSignedIn(value)).toBe(false);
    expect((await fetch(`${app.url}/events`, { headers: { cookie: `session=${value}` } })).status).toBe(401);
  });
});
