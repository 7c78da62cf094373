import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type SqliteStore, sqliteStore } from '@context-sdk/oauth-core/sqlite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

let directory = '';
let path = '';
let store: SqliteStore;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'context-sdk-sqlite-'));
  path = join(directory, 'store.db');
  store = sqliteStore(path);
});
afterEach(async () => {
  vi.restoreAllMocks();
  store.close();
  await rm(directory, { recursive: true, force: true });
});

async function modes(): Promise<Record<string, string>> {
  const names = await readdir(directory);
  const entries = names.map(async (name) => {
    const { mode } = await stat(join(directory, name));
    return [name, (mode & 0o777).toString(8)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

const PRIVATE = { 'store.db': '600', 'store.db-shm': '600', 'store.db-wal': '600' };

test('opens at the first call, for the owner alone', async () => {
  const umask = process.umask(0);
  try {
    expect(await readdir(directory)).toEqual([]);
    await store.compareAndSet('key', undefined, 'value');
    expect(await modes()).toEqual(PRIVATE);
  } finally {
    process.umask(umask);
  }
});

test('makes a file private that others could read', async () => {
  await writeFile(path, '', { mode: 0o644 });
  await store.compareAndSet('key', undefined, 'value');
  expect(await modes()).toEqual(PRIVATE);
});

test('keeps its records when it is closed and opened again', async () => {
  const version = await store.compareAndSet('key', undefined, 'value');
  store.close();
  store = sqliteStore(path);
  expect(await store.get('key')).toEqual({ value: 'value', version });
});

test('is closed for good, any number of times', async () => {
  await store.get('key');
  store.close();
  store.close();
  await expect(store.get('key')).rejects.toMatchObject({ name: 'StoreError', reason: 'unavailable' });
});

test('writes in WAL mode, and to disk before a write succeeds', async () => {
  await store.get('key');
  const other = new DatabaseSync(path);
  expect(other.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  other.close();
});

test('waits for the lock of another process without blocking the event loop', async () => {
  await store.compareAndSet('key', undefined, 'value');
  const other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');
  const write = store.compareAndSet('other', undefined, 'value');
  let ticks = 0;
  const ticking = setInterval(() => ticks++, 1);
  await new Promise((resolve) => setTimeout(resolve, 300));
  clearInterval(ticking);
  expect(ticks).toBeGreaterThan(20);
  expect((await store.get('key'))?.value).toBe('value');
  other.exec('COMMIT');
  other.close();
  expect(await write).toBeDefined();
});

test('gives up on a lock that does not end', async () => {
  await store.compareAndSet('key', undefined, 'value');
  const other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');
  let clock = performance.now();
  vi.spyOn(performance, 'now').mockImplementation(() => (clock += 400));
  const write = Promise.allSettled([store.compareAndSet('key', undefined, 'CANARY'), store.delete('key')]);
  const outcomes = await write;
  other.close();
  expect(outcomes).toMatchObject([
    { reason: { name: 'StoreError', reason: 'unavailable', message: expect.stringContaining('5') } },
    { reason: { reason: 'unavailable' } },
  ]);
});

test('many can open a new file at once', async () => {
  const stores = Array.from({ length: 20 }, () => sqliteStore(path));
  const created = await Promise.all(stores.map((one) => one.compareAndSet('key', undefined, 'value')));
  expect(created.filter((version) => version !== undefined)).toHaveLength(1);
  for (const one of stores) one.close();
});

test('a file that is no database is corrupt, one that can not be opened is unavailable', async () => {
  await writeFile(path, 'CANARY '.repeat(1000));
  const error: unknown = await store.get('key').catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'StoreError', reason: 'corrupt' });
  expect(String(error)).not.toContain('CANARY');
  const nowhere = sqliteStore(join(directory, 'nowhere', 'store.db'));
  await expect(nowhere.get('key')).rejects.toMatchObject({ name: 'StoreError', reason: 'unavailable' });
});

test('a table that something else changed shows no value in its error', async () => {
  await store.get('key');
  const other = new DatabaseSync(path);
  other.exec('DROP TABLE context_sdk_records');
  other.close();
  const error: unknown = await store
    .compareAndSet('key', undefined, 'CANARY')
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'StoreError', reason: 'unavailable' });
  expect(String(error)).not.toContain('CANARY');
});

test('expired rows are cleared away by later writes', async () => {
  for (let record = 0; record < 99; record++)
    await store.compareAndSet(`short ${record}`, undefined, 'value', { ttlMs: 1 });
  await new Promise((resolve) => setTimeout(resolve, 5));
  await store.compareAndSet('long', undefined, 'value', { ttlMs: 60_000 });
  store.close();
  const database = new DatabaseSync(path);
  expect(database.prepare('SELECT count(*) AS rows FROM context_sdk_records').get()).toEqual({ rows: 1 });
  database.close();
});

test('24: writes of one turn are one transaction, each with its own outcome, and none is lost as the store closes', async () => {
  await store.compareAndSet('first', undefined, 'value');
  const exec = vi.spyOn(DatabaseSync.prototype, 'exec');
  const keys = Array.from({ length: 20 }, (_, index) => `key ${index % 10}`);
  const [versions] = await Promise.all([
    Promise.all(keys.map((key) => store.compareAndSet(key, undefined, 'value'))),
    store.schedule?.()?.plan(['one', 'two'], Date.now()),
    store.delete('first'),
  ]);
  expect(exec.mock.calls.filter(([sql]) => sql === 'COMMIT')).toHaveLength(1);
  expect(versions.map((version) => version !== undefined)).toEqual(keys.map((_, index) => index < 10));
  expect(await store.list('')).toEqual(keys.slice(0, 10));
  const last = store.compareAndSet('last', undefined, 'value');
  store.close();
  const other = sqliteStore(path);
  expect((await other.get('last'))?.version).toBe(await last);
  other.close();
});

test('24: each statement finds its rows by an index, however many there are', async () => {
  const prepare = vi.spyOn(DatabaseSync.prototype, 'prepare');
  await store.get('key');
  const statements = prepare.mock.calls.map(([sql]) => sql);
  prepare.mockRestore();
  using database = new DatabaseSync(path);
  const whole = statements.filter((sql) =>
    database
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .some(({ detail }) => String(detail).startsWith('SCAN context_sdk_')),
  );
  expect(statements).not.toEqual([]);
  expect(whole).toEqual([]);
});
