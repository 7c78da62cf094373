import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLeased } from '@context-sdk/oauth-core';
import { sqliteStore } from '@context-sdk/oauth-core/sqlite';
import { createSandbox } from '@context-sdk/sandbox';
import { expect, test } from 'vitest';
import type { Entry } from '../src/activity.ts';
import { freePort } from './support.ts';

const MAIN = join(import.meta.dirname, '../src/main.ts');
const USER = 'demo@example.com';

/** The application in a process of its own, on services that live on when it dies. */
async function startServer(environment: Record<string, string>): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--conditions=source', MAIN], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const chunk of child.stdout ?? []) if (String(chunk).includes('Open ')) break;
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** Signs in without a browser's pages: the sandbox consents by itself. */
async function signIn(url: string): Promise<void> {
  let address = `${url}/auth/ticktick/authorize`;
  let cookie = '';
  for (let hops = 0; hops < 5; hops += 1) {
    const response = await fetch(address, { redirect: 'manual', headers: { cookie } });
    cookie =
      response.headers
        .getSetCookie()
        .map((one) => one.split(';')[0])
        .join('; ') || cookie;
    const location = response.headers.get('location');
    if (location === null || location.includes('=success')) return;
    address = new URL(location, address).href;
  }
}

test('killed in the middle of webhooks and started again, every event arrives once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'context-restart-'));
  const url = `http://localhost:${await freePort()}`;
  let child: ChildProcess | undefined;
  const kills: Promise<void>[] = [];
  let deliveries = 0;
  const store = sqliteStore(join(folder, 'context.sqlite'));
  const forgetTheDead = async (): Promise<void> => {
    for (const key of await store.list('delivery/')) {
      const record = await store.get(key);
      if (record?.value === 'processing') await store.delete(key, record.version);
    }
  };
  const sandbox = createSandbox({
    seed: 'empty',
    ticktick: { dialect: 'official', consent: 'automatic' },
    azureDevOps: {
      seed: 'empty',
      loopbackHooks: true,
      // Every third delivery meets a server that dies under it.
      async deliver(address, init) {
        deliveries += 1;
        const answer = fetch(address, init);
        answer.catch(() => undefined);
        if (deliveries % 3 === 1 && child !== undefined) {
          await new Promise((resolve) => setTimeout(resolve, deliveries % 5));
          kills.push(kill(child));
        }
        return await answer;
      },
    },
    // Retries go on for four minutes: long after a crashed server's deliveries are taken for dead, which 20 s are.
    sleep: async () => {
      await Promise.all(kills);
      await forgetTheDead();
      await new Promise((resolve) => setTimeout(resolve, 300));
    },
  });
  const listener = await sandbox.listen();
  const environment = { SANDBOX: listener.url, BACKEND_URL: url, DATA_DIR: folder, PUSH: '1' };
  child = await startServer(environment);
  try {
    await signIn(url);
    const key = `connection/${encodeURIComponent(USER)}/azure-devops/default`;
    const connection = { kind: 'token', token: sandbox.azureDevOps.issuePat(), connectedAt: Date.now() };
    await store.compareAndSet(
      key,
      undefined,
      JSON.stringify({ ...connection, organizationUrl: sandbox.azureDevOps.organization.url }),
    );
    await expect.poll(() => sandbox.azureDevOps.hooks.subscriptions.length, { timeout: 10_000 }).toBe(5);

    const titles = ['one', 'two', 'three'];
    for (const title of titles) {
      sandbox.azureDevOps.workItems().create({ type: 'Task', fields: { 'System.Title': title } });
      while (kills.length === 0 && sandbox.azureDevOps.hooks.deliveries.length === 0)
        await new Promise((resolve) => setTimeout(resolve, 10));
      await Promise.all(kills);
      if (child.signalCode !== null) child = await startServer(environment);
    }
    const texts = async (): Promise<string[]> =>
      ((await readLeased<Entry[]>(store, `activity/${encodeURIComponent(USER)}`)) ?? []).map(
        ({ text }) => text,
      );
    await expect.poll(texts, { timeout: 30_000, interval: 200 }).toHaveLength(titles.length);
    expect((await texts()).toSorted()).toEqual(titles.map((title) => `New work item: ${title}`).toSorted());
    expect(kills.length).toBeGreaterThan(0);
  } finally {
    await kill(child);
    await listener.close();
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);
