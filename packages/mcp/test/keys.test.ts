import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunProgram } from '../src/keys/run-program.ts';
import { storeKey } from '../src/keys/store-key.ts';
import { dataFolder } from '../src/setup/data-folder.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'context-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The systems' programs, as their manuals describe them, with what they were called with. */
function machine(state: 'works' | 'locked' | 'missing') {
  const calls: { args: readonly string[]; stdin: string }[] = [];
  let kept: string | undefined;
  const said: string[] = [];
  const ok = (stdout = '') => ({ code: 0, stdout, stderr: '' });
  const run: RunProgram = async (command, args, stdin = '') => {
    calls.push({ args, stdin });
    if (state === 'missing') return { code: undefined, stdout: '', stderr: '' };
    if (state === 'locked') return { code: 1, stdout: '', stderr: 'Cannot autolaunch D-Bus without X11' };
    if (command === 'security') {
      if (args[0] === '-i') kept = / -w (\S+)\n$/.exec(stdin)?.[1];
      else return kept === undefined ? { code: 44, stdout: '', stderr: 'not found' } : ok(`${kept}\n`);
      return ok();
    }
    if (command === 'powershell') {
      const isOpening = args.at(-1)?.includes('::Unprotect');
      const reversed = Buffer.from(Buffer.from(stdin.trim(), 'base64').toReversed()).toString('base64');
      return isOpening || args.at(-1)?.includes('::Protect')
        ? ok(reversed)
        : { code: 1, stdout: '', stderr: '' };
    }
    if (args[0] === 'store') kept = stdin;
    else return kept === undefined ? { code: 1, stdout: '', stderr: '' } : ok(kept);
    return ok();
  };
  const key = (system: NodeJS.Platform, hasRecords = false) =>
    storeKey({ folder, hasRecords, system, run, tell: (text) => said.push(text) });
  return { key, calls, said };
}

describe.for(['darwin', 'linux', 'win32'] as const)('25.mcp: keys on %s', (system) => {
  test('25.mcp: the key is made once, kept by the system, and never an argument', async () => {
    const { key, calls, said } = machine('works');
    const first = await key(system);
    expect(Buffer.from(first, 'base64')).toHaveLength(32);
    expect(await key(system, true)).toBe(first);
    expect(calls.flatMap(({ args }) => args).join(' ')).not.toContain(first);
    expect(said).toEqual([]);
  });

  test('25.mcp: without a key store it is in a file, and each start says so', async () => {
    const { key, said } = machine('missing');
    const first = await key(system);
    expect(readFileSync(join(folder, 'key'), 'utf8')).toBe(first);
    expect(await key(system, true)).toBe(first);
    expect(said).toHaveLength(2);
    expect(said.join()).not.toContain(first);
  });

  test('25.mcp: records whose key store is locked are not encrypted anew', async () => {
    await machine('works').key(system);
    await expect(machine('locked').key(system, true)).rejects.toThrow(/can't be opened/);
  });
});

test('25.mcp: data is where each system keeps it', () => {
  expect(dataFolder({ XDG_DATA_HOME: '/data' }, 'linux')).toBe('/data/context-sdk-mcp');
  expect(dataFolder({ XDG_DATA_HOME: 'relative' }, 'linux')).toMatch(/\/\.local\/share\/context-sdk-mcp$/);
  expect(dataFolder({}, 'darwin')).toMatch(/\/Library\/Application Support\/context-sdk-mcp$/);
  expect(dataFolder({ APPDATA: '/roaming' }, 'win32')).toContain('/roaming');
});
