import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type Running, start } from '../src/start.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));

/** Stands behind a suite's name, so that a skip says why. */
export const skipped: string = CHROMIUM === undefined ? ' (skipped: there is no Chromium)' : '';

if (skipped && process.env['REQUIRE_SERVICES'] === '1') throw new Error('Chromium is needed, and not there.');

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

/** Below the range from which the system gives out ports, so that no connection takes it before the app does. */
export async function freePort(): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 12_000);
  const server = createServer();
  try {
    await once(server.listen(port), 'listening');
  } catch {
    return await freePort();
  }
  server.close();
  await once(server, 'close');
  return port;
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

/** Signs in by clicking, as a user does. */
export async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('link', { name: 'Sign in with TickTick' }).click();
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
}
