import { freePort } from '@context-sdk/test-support/processes';
import { chromium } from 'playwright-core';
import { signIn } from '../../../examples/express-server/test/support.ts';

/** A person with a browser that Lighthouse can look into. */
export interface Visitor {
  /** Of the browser's debugging protocol. */
  port: number;
  signIn(url: string): Promise<void>;
  connectGoogle(url: string): Promise<void>;
  close(): Promise<void>;
}

/** Debian's Chromium with a profile of its own: Lighthouse's pages share its cookies. */
export async function openProfile(folder: string): Promise<Visitor> {
  const port = await freePort();
  const browser = await chromium.launchPersistentContext(folder, {
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', `--remote-debugging-port=${port}`],
  });
  const page = await browser.newPage();
  return {
    port,
    signIn: (url) => signIn(page, url),
    async connectGoogle(url) {
      await page.goto(`${url}/auth/google/authorize`);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.waitForURL(`${url}/**`);
    },
    close: () => browser.close(),
  };
}
