import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordStore } from '@context-sdk/oauth-core';
import { fileStore } from '@context-sdk/oauth-core/file';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
// The layout on disk, which other processes and older versions share, shows through no export.
import { addVersion } from '../../src/stores/file/add-version.ts';
import { pathOf } from '../../src/stores/file/key-folder.ts';
import { outlastRemoval } from '../../src/stores/file/remove-folder.ts';
import { folderNameOf, newVersionFile } from '../../src/stores/file/version-file.ts';

const HOUR_MS = 3_600_000;

let directory = '';
beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'context-sdk-file-')), 'store');
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(join(directory, '..'), { recursive: true, force: true });
});

/** Moves only the wall clock: the file system's own keeps its time. */
function advanceWallClock(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
}

async function pathsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.map((entry) => join(entry.parentPath, entry.name)).toSorted();
}

/** The version files of all keys. */
async function versionFiles(): Promise<string[]> {
  return (await pathsIn(directory)).filter((path) => path.endsWith('.json'));
}

async function fill(store: RecordStore, key: string, writes: number): Promise<string | undefined> {
  let version: string | undefined;
  for (let write = 0; write < writes; write++)
    version = await store.compareAndSet(key, version, `value ${write}`);
  return version;
}

/** The clearing visits two keys per delete: so many that each has been visited. */
async function visitAll(store: RecordStore): Promise<void> {
  for (let visit = 0; visit < 15; visit++) {
    await store.compareAndSet(`visit ${visit}`, undefined, 'value');
    await store.delete(`visit ${visit}`);
  }
}

test('makes its directories for the owner alone, and its files too, whatever they are for', async () => {
  const umask = process.umask(0);
  try {
    const store = fileStore(directory);
    await fill(store, 'key', 3);
    await store.delete('key');
    const modes = new Map<string, string>();
    for (const path of [directory, ...(await pathsIn(directory))])
      modes.set(path, ((await stat(path)).mode & 0o777).toString(8));
    const files = await versionFiles();
    expect(files).toHaveLength(4);
    for (const [path, mode] of modes) expect(mode).toBe(files.includes(path) ? '600' : '700');
  } finally {
    process.umask(umask);
  }
});

test('creates nothing before the first write', async () => {
  const store = fileStore(directory);
  expect(await store.get('key')).toBeUndefined();
  expect(await store.list('')).toEqual([]);
  await expect(stat(directory)).rejects.toThrow('ENOENT');
});

test('keeps names short and free of the key', async () => {
  await fill(fileStore(directory), '../../secret/…'.padEnd(500, 'x'), 1);
  const [path = ''] = await versionFiles();
  expect(path.slice(directory.length)).toMatch(/^\/[0-9a-f]{64}\/1\.json$/);
});

test('leaves no temporary files, neither of winners nor of losers', async () => {
  const store = fileStore(directory);
  await Promise.all(Array.from({ length: 20 }, () => store.compareAndSet('key', undefined, 'value')));
  expect(await readdir(join(directory, '.tmp'))).toEqual([]);
});

test('prunes versions that are old in number and in age, not the young', async () => {
  const store = fileStore(directory);
  const version = await fill(store, 'key', 30);
  expect(await versionFiles()).toHaveLength(30);
  advanceWallClock(10_000);
  await store.compareAndSet('key', version, 'last');
  expect(await versionFiles()).toHaveLength(8);
  expect((await store.get('key'))?.value).toBe('last');
});

test('a writer that stalled until its number was pruned says that it does not know', async () => {
  await fill(fileStore(directory), 'key', 12);
  const folder = join(directory, folderNameOf('key'));
  // It read version 2 as the newest; since then 12 came and all up to 3 went.
  for (const number of [1, 2, 3]) await rm(pathOf(folder, number));
  const late = newVersionFile({ key: 'key', value: 'late' });
  await expect(addVersion(directory, folder, 3, late)).rejects.toMatchObject({ reason: 'unavailable' });
  expect((await fileStore(directory).get('key'))?.value).toBe('value 11');
});

test('clears away what was deleted or has expired an hour ago, and no record that lives', async () => {
  const store = fileStore(directory);
  await fill(store, 'living', 1);
  await store.compareAndSet('ends late', undefined, 'value', { ttlMs: 10 * HOUR_MS });
  await store.compareAndSet('expired', undefined, 'value', { ttlMs: 1000 });
  const old = await fill(store, 'deleted', 1);
  await store.delete('deleted');
  await visitAll(store);
  const ended = ['deleted', 'expired'].map(folderNameOf);
  expect(await readdir(directory)).toEqual(expect.arrayContaining(ended));
  advanceWallClock(2 * HOUR_MS);
  await visitAll(store);
  const left = await readdir(directory);
  for (const folder of ended) expect(left).not.toContain(folder);
  expect(await store.list('')).toEqual(['ends late', 'living']);
  const again = await store.compareAndSet('deleted', undefined, 'again');
  expect(again).not.toBe(old);
  expect(await store.compareAndSet('deleted', old, 'late')).toBeUndefined();
  expect(await readdir(join(directory, '.tmp'))).toEqual([]);
});

test('a folder whose removal was interrupted is removed by the next writer', async () => {
  const store = fileStore(directory);
  await fill(store, 'key', 1);
  await store.delete('key');
  const path = pathOf(join(directory, folderNameOf('key')), 2);
  const last = { ...JSON.parse(await readFile(path, 'utf8')), version: 'last', isLast: true };
  await writeFile(path.replace('2.json', '3.json'), JSON.stringify(last));
  expect(await store.get('key')).toBeUndefined();
  advanceWallClock(60_000);
  expect(await store.compareAndSet('key', undefined, 'new')).toBeDefined();
  expect((await store.get('key'))?.value).toBe('new');
  expect((await versionFiles()).map((name) => name.slice(-7))).toEqual(['/1.json']);
});

test('who waited for a removal does not remove what came after it', async () => {
  const store = fileStore(directory);
  await fill(store, 'key', 3);
  const file = newVersionFile({ key: 'key', expiresAt: 0, isLast: true });
  await outlastRemoval(directory, join(directory, folderNameOf('key')), { number: 3, file });
  expect((await store.get('key'))?.value).toBe('value 2');
});

test('removes what dead processes left behind, and nothing young', async () => {
  const store = fileStore(directory);
  await fill(store, 'key', 1);
  const old = join(directory, '.tmp', 'old');
  await writeFile(old, 'left by a process that was killed');
  await utimes(old, 0, 0);
  await writeFile(join(directory, '.tmp', 'young'), 'being written');
  await visitAll(store);
  expect(await readdir(join(directory, '.tmp'))).toEqual(['young']);
});

test('a file that is not its own is corrupt, and its content is not shown', async () => {
  const store = fileStore(directory);
  await fill(store, 'key', 1);
  const [path = ''] = await versionFiles();
  const good: object = JSON.parse(await readFile(path, 'utf8'));
  const bad = [
    '',
    '{"CANARY',
    'null',
    '{}',
    JSON.stringify({ ...good, key: 'CANARY' }),
    JSON.stringify({ ...good, value: 1 }),
  ];
  for (const content of bad) {
    await writeFile(path, content);
    const error: unknown = await store.get('key').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'StoreError', reason: 'corrupt' });
    expect(String(error)).not.toContain('CANARY');
    await expect(store.compareAndSet('key', undefined, 'value')).rejects.toMatchObject({ reason: 'corrupt' });
  }
});

test('what the system refuses is unavailable, with its code and without the value', async () => {
  await mkdir(join(directory, '..'), { recursive: true });
  await writeFile(directory, 'a file where the directory should be');
  const error: unknown = await fileStore(directory)
    .compareAndSet('key', undefined, 'CANARY')
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'StoreError', reason: 'unavailable' });
  expect(String(error)).toMatch(/E[A-Z]+/);
  expect(String(error)).not.toContain('CANARY');
});

test('a value that is no text is refused by name, and nothing is written', async () => {
  const store = fileStore(directory);
  await expect(store.compareAndSet('key', undefined, undefined as never)).rejects.toMatchObject({
    name: 'ConfigurationError',
    message: 'value is not a string.',
  });
  expect(await store.get('key')).toBeUndefined();
});
