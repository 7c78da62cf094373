import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@context-sdk/test-support/processes';
import { found, type Service } from '@context-sdk/test-support/service';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type Running, start } from '../src/start.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));

/** The browser of the tests. */
export const browserService: Service = found('Chromium', CHROMIUM !== undefined, 'is not installed');

export async function openBrowser(): Promise<Browser> {
  const quiet = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
  ];
  return await chromium.launch({
    ...(CHROMIUM !== undefined && { executablePath: CHROMIUM }),
    args: [...quiet, '--disable-component-update', '--disable-sync'],
  });
}

export interface RunningApp extends Running {
  folder: string;
  stop(): Promise<void>;
}

/** The application on seeded data, on a port and in a folder of its own. */
export async function startApp(environment: Record<string, string> = {}): Promise<RunningApp> {
  const folder = await mkdtemp(join(tmpdir(), 'context-app-'));
  const url = `http://localhost:${await freePort()}`;
  const running = await start({ SANDBOX: '1', DATA_DIR: folder, BACKEND_URL: url, ...environment });
  return {
    ...running,
    folder,
    async stop() {
      running.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** All that leaves the page: what passes, with its places, would keep the browser's connection busy for a second. */
const PROBLEMS = `axe.run({ resultTypes: ['violations'] }).then(({ violations }) =>
  JSON.stringify(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])))`;

/** The rules that a page breaks, and where. It has no frames, which axe would have to be brought into. */
export async function accessibilityProblems(page: Page): Promise<[rule: string, places: string[]][]> {
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(axe.source);
  return JSON.parse(await page.evaluate<string>(PROBLEMS)) as [string, string[]][];
}

/** Signs in by clicking, as a user does. */
export async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('link', { name: 'Sign in with TickTick' }).click();
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
}
