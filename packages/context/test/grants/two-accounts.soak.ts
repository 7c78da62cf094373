import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileStore } from '@context-sdk/context/file';
import { sqliteStore } from '@context-sdk/context/sqlite';
import { memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { soakSeeds } from '@context-sdk/test-support/soak';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type OpenStore, SERVER_STORES } from '../support/server-stores.ts';
import { runTwoAccounts } from './two-accounts.ts';

const folder = mkdtempSync(join(tmpdir(), 'two-accounts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

const opened: OpenStore[] = [];
afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()));
}, 60_000);

async function onServer(name: 'redis' | 'postgres'): Promise<RecordStore> {
  const one = await SERVER_STORES[name].open();
  opened.push(one);
  return one.store;
}

const STORES: Record<string, (seed: number) => RecordStore | Promise<RecordStore>> = {
  memory: () => memoryStore(),
  sqlite: (seed) => sqliteStore(join(folder, `${seed}.sqlite`)),
  file: (seed) => fileStore(join(folder, `files-${seed}`)),
  ...(SERVER_STORES.redis.service.isThere && { redis: () => onServer('redis') }),
  ...(SERVER_STORES.postgres.service.isThere && { postgres: () => onServer('postgres') }),
};

const SEEDS = soakSeeds(100, 40);

describe.each(Object.entries(STORES))(
  '16: a user who switches accounts at random, store %s',
  (_name, open) => {
    test.each(SEEDS)(
      'seed %i',
      async (seed) => {
        expect(await runTwoAccounts(seed, 100, await open(seed))).toBeGreaterThan(0);
      },
      300_000,
    );
  },
);
