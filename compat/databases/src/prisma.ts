// The suites of the store port on Prisma's clients, one per dialect: npm --prefix compat/databases run prisma
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { RecordStore, Schedule } from '@context-sdk/oauth-core';
import { type PrismaDatabase, prismaStore, type SqlDialect } from '@context-sdk/oauth-core/prisma';
import { scheduleConformance, storeConformance } from '@context-sdk/oauth-core/testing';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import { PrismaPg } from '@prisma/adapter-pg';

interface Client extends PrismaDatabase {
  $disconnect(): Promise<void>;
}
type Generated = { PrismaClient: new (options: { adapter: unknown }) => Client };

const URL_OF_POSTGRES = process.env['POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const file = join(mkdtempSync(join(tmpdir(), 'context-sdk-prisma-')), 'store.db');
const ADAPTERS = {
  sqlite: () => new PrismaLibSql({ url: `file:${file}` }),
  postgresql: () => new PrismaPg({ connectionString: URL_OF_POSTGRES }),
};

for (const dialect of ['sqlite', 'postgresql'] as const) {
  const path = join(import.meta.dirname, `../.program-${dialect}/client/client.ts`);
  const { PrismaClient } = (await import(path)) as Generated;
  const client = new PrismaClient({ adapter: ADAPTERS[dialect]() });
  const schema = dialect === 'postgresql' ? `prisma_${randomUUID().replaceAll('-', '')}` : undefined;
  if (schema !== undefined) await client.$queryRawUnsafe(`CREATE SCHEMA ${schema}`);
  void describe(`prismaStore, ${dialect}`, () => trySuites(client, dialect, schema));
}

function trySuites(client: Client, dialect: SqlDialect, schema: string | undefined): void {
  let table = '';
  const open = () => prismaStore(client, { dialect, table, schema });
  const create = async () => {
    table = randomUUID();
    const store = open();
    await store.createTable();
    return store;
  };
  after(async () => {
    if (schema !== undefined) await client.$queryRawUnsafe(`DROP SCHEMA ${schema} CASCADE`);
    await client.$disconnect();
  });
  storeConformance({ test, createStore: create, reopen: open });
  scheduleConformance({
    test,
    createSchedule: async () => scheduleOf(await create()),
    reopen: () => scheduleOf(open()),
  });
}

function scheduleOf(store: RecordStore): Schedule {
  const schedule = store.schedule?.();
  if (schedule === undefined) throw new Error('The store has no schedule.');
  return schedule;
}
