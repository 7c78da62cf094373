import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { type SandboxServer, serveSandbox } from '@context-sdk/sandbox/server';
import { freePort } from '@context-sdk/test-support/processes';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browser, type ServerProcess, startProcess } from './start-process.ts';

const PRELOAD = fileURLToPath(import.meta.resolve('@context-sdk/sandbox/preload'));

let services: SandboxServer;
let folder = '';

beforeAll(async () => {
  services = await serveSandbox({ port: 0, seed: 'empty', ticktick: { consent: 'automatic' } });
  folder = mkdtempSync(join(tmpdir(), 'context-mcp-'));
});
afterAll(async () => {
  await services.close();
  rmSync(folder, { recursive: true });
});

/** A server whose requests go to the sandbox; `programs` holds the system's programs that it finds. */
function startOwn(port: number, data: string, programs: string): ServerProcess {
  const { clientId, clientSecret } = services.sandbox.ticktick.app;
  return startProcess(
    [],
    {
      PATH: programs,
      XDG_DATA_HOME: data,
      CONTEXT_MCP_PORT: String(port),
      CONTEXT_SANDBOX_URL: services.url,
      TICKTICK_CLIENT_ID: clientId,
      TICKTICK_CLIENT_SECRET: clientSecret,
    },
    ['--import', PRELOAD],
  );
}

/** Signs in to TickTick as a browser does, from the address that the program told. */
async function signIn(server: ServerProcess, port: number): Promise<void> {
  const [, url = ''] = await server.heard(/Open (\S+)\n/);
  const own = browser(`http://localhost:${port}`);
  await own(url);
  const { location } = await own('/auth/ticktick/authorize');
  const consent = new URL(location ?? '');
  const at = new URL(`${services.urlOf(consent.hostname)}${consent.pathname}${consent.search}`);
  const back = (await fetch(at, { redirect: 'manual' })).headers.get('location') ?? '';
  expect((await own(back)).status).toBe(303);
  expect((await own('/')).text).toContain('TickTick: connected');
}

function programsIn(data: string, secretTool = ''): string {
  const programs = join(data, 'programs');
  mkdirSync(programs, { recursive: true });
  if (secretTool !== '') {
    writeFileSync(join(programs, 'secret-tool'), `#!/bin/sh\n${secretTool}`);
    chmodSync(join(programs, 'secret-tool'), 0o755);
  }
  return programs;
}

function allBytes(data: string): string {
  return readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

test.concurrent(
  '25.mcp: signs in on loopback; without a key store the key is in a file of its own, said loudly; a restart keeps the account',
  async () => {
    const data = join(folder, 'file');
    const programs = programsIn(data);
    const port = await freePort();
    const first = startOwn(port, data, programs);
    const asked = await first.call('create_task', { title: 'Mine' });
    expect(asked).toBe(
      `TickTick has to be connected: ask the user to open http://localhost:${port}/auth/ticktick/authorize`,
    );
    await signIn(first, port);
    expect(await first.call('create_task', { title: 'Mine' })).toMatch(/^Created t1 Mine/);
    expect(first.said()).toMatch(/WARNING: this machine has no key store/);
    const own = join(data, 'context-sdk-mcp');
    expect(['', 'key', 'records.sqlite'].map((name) => statSync(join(own, name)).mode & 0o777)).toEqual([
      0o700, 0o600, 0o600,
    ]);
    expect(await first.end()).toBe(0);
    expect(allBytes(own)).not.toMatch(/"accessToken"|Create the task/);
    const second = startOwn(port, data, programs);
    expect(await second.call('find', { kind: 'tasks' })).toBe('t1 Mine');
    // 16.15: an invitation whose record is damaged lets nobody in, and the next one does.
    const visitor = browser(`http://localhost:${port}`);
    const invitation = async (): Promise<string> => {
      expect((await visitor('/open', {})).status).toBe(200);
      return [...second.said().matchAll(/Open (\S+)\n/g)].at(-1)?.[1] ?? '';
    };
    const damaged = await invitation();
    const database = new DatabaseSync(join(own, 'records.sqlite'));
    const invitations = "CAST(key AS TEXT) LIKE 'mcp/invitation/%'";
    const { changes } = database
      .prepare(`UPDATE context_sdk_records SET value = '' WHERE ${invitations}`)
      .run();
    database.close();
    expect(Number(changes)).toBeGreaterThan(0);
    expect((await visitor(damaged)).status).toBe(403);
    expect((await visitor(await invitation())).status).toBe(303);
    expect(await second.end()).toBe(0);
  },
);

test.concurrent(
  '25.mcp: the key is in the system’s key store where there is one, and never among arguments',
  async () => {
    const data = join(folder, 'store');
    const secret = join(data, 'secret');
    const programs = programsIn(
      data,
      `echo "$@" >> '${join(data, 'arguments')}'
case "$1" in
  lookup) [ -f '${secret}' ] || exit 1; /bin/cat '${secret}';;
  store) /bin/cat > '${secret}';;
esac`,
    );
    const port = await freePort();
    const first = startOwn(port, data, programs);
    await first.call('find', { kind: 'tasks' });
    await first.heard(/pages on/);
    expect(first.said()).not.toContain('WARNING');
    const key = readFileSync(secret, 'utf8');
    expect(Buffer.from(key, 'base64')).toHaveLength(32);
    expect(readFileSync(join(data, 'arguments'), 'utf8')).not.toContain(key);
    expect(readdirSync(join(data, 'context-sdk-mcp'))).not.toContain('key');
    expect(await first.end()).toBe(0);
    // Records whose key is gone are not opened with another one.
    rmSync(secret);
    const second = startOwn(port, data, programs);
    await second.heard(/can't be opened: the Secret Service has no key for it/);
    expect(await second.end()).toBe(1);
  },
);

test.concurrent(
  '25.mcp: an environment without a service, or with a wrong variable, says which',
  async () => {
    const wrong = startProcess([], {
      CONTEXT_MCP_APPROVE: 'never',
      CONTEXT_MCP_PORT: 'x',
      XDG_DATA_HOME: folder,
    });
    expect(await wrong.end()).toBe(1);
    expect(wrong.said()).toContain(
      'CONTEXT_MCP_PORT must be 0 to 65535; CONTEXT_MCP_APPROVE must be outbound or writes',
    );
  },
);
