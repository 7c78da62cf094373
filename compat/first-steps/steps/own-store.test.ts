import { test } from 'node:test';
import type { RecordStore } from '@context-sdk/oauth-core';
import { checkKey, checkTtl, listKeys } from '@context-sdk/oauth-core/store-kit';
import { storeConformance } from '@context-sdk/oauth-core/testing';

interface Row {
  value: string;
  version: string;
  expiresAt: number;
}

/** A host's own store. */
function mapStore(): RecordStore {
  const rows = new Map<string, Row>();
  const read = (key: string) => {
    const row = rows.get(key);
    return row !== undefined && row.expiresAt > Date.now() ? row : undefined;
  };
  return {
    async get(key) {
      checkKey(key);
      const row = read(key);
      return row && { value: row.value, version: row.version };
    },
    async compareAndSet(key, expected, value, { ttlMs } = {}) {
      checkKey(key);
      checkTtl(ttlMs);
      if (read(key)?.version !== expected) return undefined;
      const version = crypto.randomUUID();
      rows.set(key, { value, version, expiresAt: Date.now() + (ttlMs ?? Number.POSITIVE_INFINITY) });
      return version;
    },
    async delete(key, expected) {
      checkKey(key);
      const row = read(key);
      if (row === undefined || (expected ?? row.version) !== row.version) return false;
      return rows.delete(key);
    },
    async list(prefix, options) {
      return listKeys(
        [...rows.keys()].filter((key) => read(key)),
        prefix,
        options,
      );
    },
  };
}

storeConformance({ test, createStore: mapStore });
