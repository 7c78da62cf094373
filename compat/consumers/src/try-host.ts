import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type SandboxServer, serveSandbox } from '@context-sdk/sandbox/server';

/** Starts a host, and does with it what its user does. Resolves with what was seen. */
export async function tryHost(folder: string, start: readonly string[]): Promise<string> {
  for (const file of ['events.log', 'context.sqlite']) rmSync(join(folder, file), { force: true });
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const automatic = { consent: 'automatic' } as const;
  const server = await serveSandbox({
    ticktick: { ...automatic, seed: 30 },
    google: automatic,
    azureDevOps: { loopbackHooks: true },
  });
  const app = spawn('node', start, {
    cwd: folder,
    env: { ...process.env, ...environmentOf(server, url), PORT: String(port), NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [app.stdout, app.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk));
  try {
    await answering(url, () => app.exitCode === null);
    return await use(url, server, folder);
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${output}`, { cause: error });
  } finally {
    app.kill();
    await server.close();
  }
}

function environmentOf({ url, sandbox }: SandboxServer, baseUrl: string): NodeJS.ProcessEnv {
  const { ticktick, google, azureDevOps } = sandbox;
  return {
    CONTEXT_SANDBOX_URL: url,
    NODE_OPTIONS: '--import=@context-sdk/sandbox/preload',
    BASE_URL: baseUrl,
    TICKTICK_ID: ticktick.app.clientId,
    TICKTICK_SECRET: ticktick.app.clientSecret,
    GOOGLE_ID: google.app.clientId,
    GOOGLE_SECRET: google.app.clientSecret,
    ORGANIZATION_URL: azureDevOps.organization.url,
  };
}

async function use(url: string, { sandbox }: SandboxServer, folder: string): Promise<string> {
  await signIn(url, 'ticktick', sandbox.fetch);
  await signIn(url, 'google', sandbox.fetch);
  const { title } = await postJson<{ title: string }>(`${url}/begin`, {
    pat: sandbox.azureDevOps.issuePat(),
  });
  assert.ok(
    sandbox.ticktick
      .testUser()
      .tasks()
      .some((task) => task.title === title),
  );
  const day = await (await fetch(`${url}/day`)).json();
  const { emailAddress } = day as { emailAddress?: unknown };
  assert.deepEqual(day, { kinds: ['event', 'task'], errors: [], emailAddress });
  assert.match(String(emailAddress), /@/);

  sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'New' } });
  await sandbox.azureDevOps.hooks.settled();
  const log = join(folder, 'events.log');
  for (let tries = 0; tries < 100 && !existsSync(log); tries += 1) await wait(100);
  const events = existsSync(log) ? readFileSync(log, 'utf8') : 'nothing was told';
  assert.match(events, /^azure-devops /m, JSON.stringify(sandbox.azureDevOps.hooks.deliveries));
  assert.deepEqual(sandbox.violations, []);
  return 'two sign-ins, four services, a task written, a delivery read';
}

async function signIn(url: string, provider: string, fromSandbox: typeof fetch): Promise<void> {
  const begun = await fetch(`${url}/auth/${provider}/authorize`, { redirect: 'manual' });
  const cookie = begun.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const consent = await fromSandbox(begun.headers.get('location') ?? '', { redirect: 'manual' });
  const back = consent.headers.get('location') ?? '';
  const { status, headers } = await fetch(back, { headers: { cookie }, redirect: 'manual' });
  assert.match(headers.get('location') ?? `status ${status}`, new RegExp(`${provider}=success`));
}

async function postJson<T>(url: string, body: object): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  assert.ok(response.ok, `${url} answers ${response.status}: ${await response.clone().text()}`);
  return (await response.json()) as T;
}

async function answering(url: string, isAlive: () => boolean): Promise<void> {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    if (
      await fetch(`${url}/nowhere`).then(
        () => true,
        () => false,
      )
    )
      return;
    if (!isAlive()) break;
    await wait(200);
  }
  throw new Error('The host does not answer.');
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
