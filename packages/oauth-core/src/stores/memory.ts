import { checkedTtl, checkKey, checkKeys, checkString } from './check-arguments.ts';
import { listKeys } from './list-keys.ts';
import type { RecordStore } from './record-store.ts';
import { memorySchedule } from './schedule/memory-schedule.ts';
import { markVolatile } from './volatile.ts';

interface Entry {
  value: string;
  version: string;
  /** Epoch milliseconds; Infinity for a record that lasts. */
  expiresAt: number;
}

const WRITES_BETWEEN_SWEEPS = 1000;

/**
 * Records in this process's memory: for tests, scripts and single processes that may forget everything.
 * TTLs follow `Date.now`; nothing runs in the background. `list` orders by code point.
 */
export function memoryStore(): RecordStore {
  const entries = new Map<string, Entry>();
  const schedule = memorySchedule();
  let lastVersion = 0;
  let writesUntilSweep = WRITES_BETWEEN_SWEEPS;

  function live(key: string): Entry | undefined {
    checkKey(key);
    const entry = entries.get(key);
    if (!entry || entry.expiresAt > Date.now()) return entry;
    entries.delete(key);
    return undefined;
  }

  function liveKeys(): string[] {
    const now = Date.now();
    return [...entries].flatMap(([key, entry]) => (entry.expiresAt > now ? [key] : []));
  }

  /** As rare as there are entries, so that its cost is spread evenly over the writes. */
  function sweep(): void {
    if (--writesUntilSweep > 0) return;
    const now = Date.now();
    for (const [key, entry] of entries) if (entry.expiresAt <= now) entries.delete(key);
    writesUntilSweep = Math.max(WRITES_BETWEEN_SWEEPS, entries.size);
  }

  return markVolatile({
    schedule: () => schedule,

    async get(key) {
      const entry = live(key);
      return entry && { value: entry.value, version: entry.version };
    },

    async compareAndSet(key, expected, value, options) {
      const ttlMs = checkedTtl(options);
      checkString(value, 'value');
      if (live(key)?.version !== expected) return undefined;
      sweep();
      const version = String(++lastVersion);
      entries.set(key, { value, version, expiresAt: Date.now() + (ttlMs ?? Number.POSITIVE_INFINITY) });
      return version;
    },

    async delete(key, expected) {
      const entry = live(key);
      if (!entry || (expected !== undefined && entry.version !== expected)) return false;
      return entries.delete(key);
    },

    list: async (prefix, options) => listKeys(liveKeys(), prefix, options),

    async getMany(keys) {
      checkKeys(keys);
      return keys.map((key) => {
        const entry = live(key);
        return entry && { value: entry.value, version: entry.version };
      });
    },

    async *scan(prefix) {
      checkString(prefix, 'prefix');
      for (const key of liveKeys()) if (key.startsWith(prefix)) yield key;
    },
  });
}
