import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { CHILD_ENVIRONMENT } from '@context-sdk/test-support/processes';
import { expect, test } from 'vitest';

const FILE = fileURLToPath(new URL('calls-without-modules.ts', import.meta.url));

test('16: a module that could not be loaded is loaded by the next call', async () => {
  const args = ['--conditions=@context-sdk/source', FILE];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: CHILD_ENVIRONMENT });
  const ends = ['The module is not there.', 'ok', 'ok'];
  expect(JSON.parse(stdout)).toEqual({
    'tasks.create': ends,
    'tasks.createMany': ends,
    'events.createMany': ends,
    'workItems.create': ends,
    blockTime: ends,
    // Of a module of its own, and of one that blockTime has loaded.
    plan: ends,
  });
});
