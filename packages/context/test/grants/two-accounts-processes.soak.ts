import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresStore } from '@context-sdk/context/postgres';
import { createSchema } from '@context-sdk/test-support/postgres';
import { deleteKeys } from '@context-sdk/test-support/redis';
import { postgres, redis } from '@context-sdk/test-support/services';
import { soakSlice } from '@context-sdk/test-support/soak';
import { uniqueName } from '@context-sdk/test-support/urls';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { runAccountsInProcesses } from './accounts-in-processes.ts';
import type { SharedStore } from './shared-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'accounts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const STORES: Record<SharedStore['kind'], () => Promise<string>> = {
  file: async () => join(folder, uniqueName()),
  sqlite: async () => join(folder, `${uniqueName()}.sqlite`),
  redis: async () => {
    const prefix = `${uniqueName()}:`;
    onTestFinished(() => deleteKeys(prefix));
    return prefix;
  },
  postgres: async () => {
    const { name, pool, drop } = await createSchema();
    onTestFinished(drop);
    await postgresStore(pool, { schema: name }).createTable();
    return name;
  },
};

const KINDS = (['file', 'sqlite', 'redis', 'postgres'] as const).filter(
  (kind) => (kind !== 'redis' || redis.isThere) && (kind !== 'postgres' || postgres.isThere),
);
const FIRST = Number(process.env['SOAK_FIRST'] ?? 1);
const COUNT = Number(process.env['SOAK_COUNT'] ?? 5);
const CASES = Array.from({ length: COUNT }, (_, index) => FIRST + index).flatMap((seed) =>
  KINDS.map((kind) => ({ kind, seed })),
);

test.each(soakSlice(CASES))(
  '16: a user who switches accounts in three processes: store $kind, seed $seed',
  async ({ kind, seed }) => {
    const store = { kind, name: await STORES[kind]() };
    const chaos = { seed, steps: 40, store, processes: 3, kills: false };
    expect(await runAccountsInProcesses(chaos)).toBeGreaterThan(0);
  },
  900_000,
);
