import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runAccountsInProcesses } from './accounts-in-processes.ts';

// Each store is in two-accounts-processes.soak.ts.
test('16: a user who switches accounts in two processes gets nothing of the other account', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'accounts-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const store = { kind: 'sqlite', name: join(folder, 'store.sqlite') } as const;
  expect(
    await runAccountsInProcesses({ seed: 1, steps: 25, store, processes: 2, kills: false }),
  ).toBeGreaterThan(0);
}, 240_000);
