import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sqliteStore } from '@context-sdk/context/sqlite';
import { readLeased } from '@context-sdk/context/store-kit';
import { createSandbox } from '@context-sdk/sandbox';
import { CHILD_ENVIRONMENT, freePort } from '@context-sdk/test-support/processes';
import { expect, test } from 'vitest';
import type { Entry } from '../src/activity.ts';

const MAIN = join(import.meta.dirname, '../src/main.ts');
const USER = 'demo@example.com';

/** The application in a process of its own, on services that live on when it dies. */
async function startServer(environment: Record<string, string>): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--conditions=@context-sdk/source', MAIN], {
    env: { ...CHILD_ENVIRONMENT, ...environment },
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
  const store = sqliteStore(join(folder, 'context.sqlite'));
  let child: ChildProcess;
  let deliveries = 0;

  /** The server dies, is started again, and twenty seconds go by, after which what it was at is taken up anew. */
  const crash = async (): Promise<void> => {
    await kill(child);
    for (const key of await store.list('delivery/')) {
      const record = await store.get(key);
      if (record?.value.includes('"processing"')) await store.delete(key, record.version);
    }
    child = await startServer(environment);
  };
  const sandbox = createSandbox({
    seed: 'empty',
    sleep: async () => undefined,
    azureDevOps: {
      seed: 'empty',
      loopbackHooks: true,
      // The first attempt at every event meets a server that dies under it, a little later each time.
      async deliver(address, init) {
        const answer = fetch(address, init);
        answer.catch(() => undefined);
        if (deliveries++ % 2 === 0) {
          await wait(deliveries * 2);
          await crash();
        }
        return await answer;
      },
    },
  });
  const listener = await sandbox.listen();
  const environment = { SANDBOX: listener.url, BACKEND_URL: url, DATA_DIR: folder, PUSH: '1' };
  // Before the first pass, which looks for connections that nobody planned.
  const key = `connection/${encodeURIComponent(USER)}/azure-devops/default`;
  const connection = { kind: 'token', token: sandbox.azureDevOps.issuePat(), connectedAt: Date.now() };
  await store.compareAndSet(
    key,
    undefined,
    JSON.stringify({ ...connection, organizationUrl: sandbox.azureDevOps.organization.url }),
  );
  child = await startServer(environment);
  try {
    await signIn(url);
    await expect.poll(() => sandbox.azureDevOps.hooks.subscriptions.length, { timeout: 90_000 }).toBe(5);

    const titles = ['one', 'two', 'three'];
    for (const title of titles) {
      sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': title } });
      await sandbox.azureDevOps.hooks.settled();
    }
    const texts = async (): Promise<string[]> =>
      ((await readLeased<Entry[]>(store, `activity/${encodeURIComponent(USER)}`)) ?? []).map(
        ({ text }) => text,
      );
    expect((await texts()).toSorted()).toEqual(titles.map((title) => `New work item: ${title}`).toSorted());
  } finally {
    await kill(child);
    await listener.close();
    await rm(folder, { recursive: true, force: true });
  }
}, 150_000);
