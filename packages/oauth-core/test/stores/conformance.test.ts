import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryStore } from '@context-sdk/oauth-core';
import { fileStore } from '@context-sdk/oauth-core/file';
import { type SqliteStore, sqliteStore } from '@context-sdk/oauth-core/sqlite';
import { storeConformance } from '@context-sdk/oauth-core/testing';
import { afterAll, beforeAll, describe, test } from 'vitest';

let directory = '';
let stores = 0;
let location = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'context-sdk-conformance-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

function newLocation(): string {
  location = join(directory, `store-${++stores}`);
  return location;
}

describe('memoryStore', () => {
  storeConformance({ test, createStore: memoryStore });
});

describe('fileStore', () => {
  storeConformance({
    test,
    createStore: () => fileStore(newLocation()),
    reopen: () => fileStore(location),
  });
});

describe('sqliteStore', () => {
  const open: SqliteStore[] = [];
  const opened = (path: string): SqliteStore => {
    const store = sqliteStore(path);
    open.push(store);
    return store;
  };
  afterAll(() => {
    for (const store of open) store.close();
  });

  storeConformance({
    test,
    createStore: () => opened(newLocation()),
    reopen: () => opened(location),
  });
});

describe('sqliteStore in memory', () => {
  storeConformance({ test, createStore: () => sqliteStore(':memory:') });
});
