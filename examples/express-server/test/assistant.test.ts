import { join } from 'node:path';
import { sqliteStore } from '@context-sdk/context/sqlite';
import { contextTools, type ContextTools } from '@context-sdk/context/tools';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  accessibilityProblems,
  browserService,
  openBrowser,
  type RunningApp,
  signIn,
  startApp,
} from './support.ts';

const IMAGES = join(import.meta.dirname, '../../../docs/images');
const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } };

describe.skipIf(!browserService.isThere)(`approving${browserService.note}`, () => {
  let app: RunningApp;
  let browser: Browser;
  let page: Page;
  let tools: ContextTools;
  async function keepPictures(): Promise<void> {
    if (process.env['SCREENSHOTS'] !== '1') return;
    for (const [name, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport);
      await page.screenshot({ path: join(IMAGES, `approvals-${name}.png`), caret: 'initial' });
    }
  }
  const titles = (): string[] => (app.sandbox?.ticktick.testUser().tasks() ?? []).map(({ title }) => title);

  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), openBrowser()]);
    page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(20_000);
    await signIn(page, app.url);
    const [key = ''] = await sqliteStore(join(app.folder, 'context.sqlite')).list('connection/');
    tools = contextTools(app.context.user(key.split('/')[1] ?? ''), { timeZone: 'UTC', approve: 'writes' });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  test('25.approval: a user reads what was prepared, approves it, refuses it, and takes it back', async () => {
    const prepared = ['Buy <b>paint</b>', 'Sell the house'];
    for (const title of prepared) await tools['create_task']?.execute({ title });
    await page.getByRole('link', { name: 'Assistant' }).click();
    const paint = page.getByRole('listitem').filter({ hasText: 'Create the task “Buy <b>paint</b>”' });
    const house = page.getByRole('listitem').filter({ hasText: 'Create the task “Sell the house”' });
    expect(await accessibilityProblems(page)).toEqual([]);
    await keepPictures();
    await paint.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('status').filter({ hasText: 'Done: Create the task “Buy <b>paint</b>”' }).waitFor();
    await house.getByRole('button', { name: 'Refuse' }).click();
    await page.getByRole('status').filter({ hasText: 'It won’t be done.' }).waitFor();
    expect(titles()).toContain('Buy <b>paint</b>');
    expect(titles()).not.toContain('Sell the house');
    await paint.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('status').filter({ hasText: 'Undone' }).waitFor();
    expect(titles()).not.toContain('Buy <b>paint</b>');
  });

  test('25.approval: no other site, and nobody who is not signed in, approves', async () => {
    await tools['create_task']?.execute({ title: 'Forged' });
    await page.goto(`${app.url}/assistant`);
    const token = await page.locator('input[name=token]').first().inputValue();
    const session = (await page.context().cookies()).find(({ name }) => name === 'session');
    const press = async (cookie: string, origin: string | undefined): Promise<number> => {
      const headers = { cookie, ...(origin !== undefined && { origin }) };
      const body = new URLSearchParams({ token });
      return (await fetch(`${app.url}/assistant/approve`, { method: 'POST', body, headers })).status;
    };
    const own = `session=${session?.value}`;
    for (const origin of [undefined, 'null', 'https://evil.example', `${app.url}.evil.example`]) {
      expect(await press(own, origin)).toBe(403);
    }
    expect(await press('', app.url)).toBe(401);
    expect(titles()).not.toContain('Forged');
    expect(await press(own, app.url)).toBe(200);
    expect(titles()).toContain('Forged');
    // A token works once.
    expect(await press(own, app.url)).toBe(200);
    expect(titles().filter((title) => title === 'Forged')).toHaveLength(1);
  });
});
