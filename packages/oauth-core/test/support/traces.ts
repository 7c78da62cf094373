import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { postgresStore } from '@context-sdk/oauth-core/postgres';
import { createSchema } from '@context-sdk/test-support/postgres';
import { startOwnRedis } from '@context-sdk/test-support/redis-server';
import { POSTGRES_URL } from '@context-sdk/test-support/urls';
import { Redis } from 'ioredis';
import type { Pool } from 'pg';
import type { SharedKind } from './open-store.ts';

/** All that a store has left behind, by where it lies. */
export type Traces = Readonly<Record<string, Buffer>>;

/** A place for one store, all of whose backend can be searched. */
export interface SearchablePlace {
  readonly location: string;
  traces(): Promise<Traces>;
  /** Where nobody can look on this machine. */
  readonly hidden: readonly string[];
  remove(): Promise<void>;
}

export const SEARCHABLE_PLACES: Readonly<Record<SharedKind, () => Promise<SearchablePlace>>> = {
  sqlite: ownDirectory,
  file: ownDirectory,
  redis: ownRedis,
  postgres: ownSchema,
};

async function filesUnder(directory: string): Promise<Buffer> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const contents = await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name))));
  return joined([...entries.map(({ name }) => Buffer.from(name)), ...contents]);
}

function joined(parts: readonly (Buffer | null)[]): Buffer {
  return Buffer.concat(parts.filter((part) => part !== null));
}

async function ownDirectory(): Promise<SearchablePlace> {
  const directory = await mkdtemp(join(tmpdir(), 'context-sdk-'));
  return {
    location: join(directory, 'store'),
    traces: async () => ({ files: await filesUnder(directory) }),
    hidden: [],
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

async function ownRedis(): Promise<SearchablePlace> {
  const redis = await startOwnRedis();
  const client = new Redis(redis.url);
  /** A record's, or the names in an index. */
  const valueOf = async (key: string): Promise<Buffer | null> =>
    (await client.type(key)) === 'zset'
      ? Buffer.from((await client.zrangebyscore(key, '-inf', '+inf')).join('\n'))
      : await client.getBuffer(key);
  return {
    location: `searched: ${redis.url}`,
    async traces() {
      const keys = await client.keys('*');
      const values = await Promise.all(keys.map(valueOf));
      const dumps = await Promise.all(keys.map((key) => client.dumpBuffer(key)));
      const appendOnlyFiles = await filesUnder(redis.directory);
      await client.save();
      return {
        keysAndValues: joined([...keys.map((key) => Buffer.from(key)), ...values]),
        dumps: joined(dumps),
        appendOnlyFiles,
        snapshot: await readFile(join(redis.directory, 'dump.rdb')),
      };
    },
    hidden: [],
    async remove() {
      client.disconnect();
      await redis.remove();
    },
  };
}

async function ownSchema(): Promise<SearchablePlace> {
  const { name, pool, drop } = await createSchema();
  await postgresStore(pool, { schema: name }).createTable();
  const readLog = await writeAheadLog(pool);
  const dumped = (): Promise<Buffer | undefined> => dumpOf(name).catch(() => undefined);
  const isDumped = (await dumped()) !== undefined;
  return {
    location: name,
    async traces() {
      const rows = await textsOf(pool, `SELECT record::text AS text FROM ${name}.context_sdk_records record`);
      const dump = await dumped();
      return {
        rows: Buffer.from(rows.join('\n')),
        ...(dump && { dump }),
        ...(readLog && { writeAheadLog: await readLog() }),
      };
    },
    hidden: [
      ...(isDumped ? [] : ['the dump: pg_dump does not run']),
      ...(readLog ? [] : ['the write-ahead log: its files can not be read']),
    ],
    remove: drop,
  };
}

async function textsOf(pool: Pool, sql: string): Promise<string[]> {
  const { rows } = await pool.query<{ text: string }>(sql);
  return rows.map(({ text }) => text);
}

async function dumpOf(schema: string): Promise<Buffer> {
  const options = { encoding: 'buffer', maxBuffer: 100e6 } as const;
  const { stdout } = await promisify(execFile)('pg_dump', ['--schema', schema, POSTGRES_URL], options);
  return stdout;
}

interface LogPosition {
  file: string;
  offset: number;
}

async function logPosition(pool: Pool): Promise<LogPosition> {
  const { rows } = await pool.query<LogPosition>(
    `SELECT file_name AS file, file_offset AS offset FROM pg_walfile_name_offset(pg_current_wal_flush_lsn())`,
  );
  return rows[0] ?? { file: '', offset: 0 };
}

/** Reads what the whole server has logged from now on; undefined where its files are out of reach. */
async function writeAheadLog(pool: Pool): Promise<(() => Promise<Buffer>) | undefined> {
  const [data = ''] = await textsOf(pool, "SELECT current_setting('data_directory') AS text");
  const directory = join(data, 'pg_wal');
  const first = await logPosition(pool);
  try {
    await readFile(join(directory, first.file));
  } catch {
    return undefined;
  }
  return async () => {
    const last = await logPosition(pool);
    const names = (await readdir(directory)).filter((name) => name >= first.file && name <= last.file);
    const contents = names.toSorted().map(async (name) => {
      const content = await readFile(join(directory, name));
      const end = name === last.file ? last.offset : content.length;
      return content.subarray(name === first.file ? first.offset : 0, end);
    });
    return joined(await Promise.all(contents));
  };
}
