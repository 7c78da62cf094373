import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { CHILD_ENVIRONMENT } from '@context-sdk/test-support/processes';
import { expect, test } from 'vitest';

const BIN = fileURLToPath(new URL('../../src/server/bin.ts', import.meta.url));
const ARGS = ['--conditions=@context-sdk/source', BIN];

test('22.command: npx @context-sdk/sandbox serves a file by hand, and ends when it is told to', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  const file = join(folder, 'seed.json');
  const request = 'POST https://api.ticktick.com/open/v1/task';
  writeFileSync(file, JSON.stringify({ requests: [{ request, body: { title: 'By hand' } }] }));
  const child = spawn(process.execPath, [...ARGS, '--port', '0', '--seed', file], { env: CHILD_ENVIRONMENT });
  let shown = '';
  for await (const chunk of child.stdout) {
    shown += String(chunk);
    if (shown.includes('login.microsoftonline.com')) break;
  }
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(shown) ?? [];
  expect(shown).toContain(`${url}/api.ticktick.com`);
  const page = await (await fetch(url)).text();
  expect(page).toContain('<h1>Context SDK sandbox</h1>');
  child.kill('SIGTERM');
  if (child.exitCode === null) await once(child, 'exit');
  expect(child.exitCode).toBe(0);
  rmSync(folder, { recursive: true });
});

test.each([
  ['--port x', '--port must be 0 to 65535.'],
  ['--consent never', '--consent must be click or automatic.'],
  ['--seed /none.json', 'ENOENT'],
  ['--colour', "Unknown option '--colour'"],
])('22.command: %s is refused', async (args, words) => {
  const { readCommand } = await import('../../src/server/command.ts');
  expect(() => readCommand(args.split(' '))).toThrow(words);
});

test('22.preload: what a program sends by fetch, undici and node:https reaches the sandbox', async () => {
  const preload = fileURLToPath(new URL('../../src/runners/preload.ts', import.meta.url));
  const program = fileURLToPath(new URL('../runners/program.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=@context-sdk/source', '--import', preload, program],
    { env: { ...CHILD_ENVIRONMENT, CONTEXT_SANDBOX_OPTIONS: '--seed empty' } },
  );
  expect(JSON.parse(stdout)).toEqual({
    fetch: 200,
    https: 203,
    keepAlive: 200,
    unknown: 'The Context SDK sandbox does not emulate GET /v1/people/me at people.googleapis.com.',
    elsewhere: 'TypeError',
  });
});
