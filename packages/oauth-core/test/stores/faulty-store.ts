import type { RecordStore } from '@context-sdk/oauth-core';

type Method = 'get' | 'compareAndSet' | 'delete';

/** Fails before it asks the backend, or after the backend did what it was asked. */
export type Fault = 'before' | 'after';

/** A store whose next calls fail as planned, with errors that carry what no error may show. */
export interface FaultyStore extends RecordStore {
  /** Plans one fault per call of the method; calls beyond the plan work. */
  plan(method: Method, ...faults: (Fault | 'none')[]): void;
  /** Forgets what is planned: from here on every call works. */
  heal(): void;
  readonly calls: Record<Method, number>;
}

export function faultyStore(store: RecordStore): FaultyStore {
  const faults: Record<Method, (Fault | 'none')[]> = { get: [], compareAndSet: [], delete: [] };
  const calls: Record<Method, number> = { get: 0, compareAndSet: 0, delete: 0 };
  async function run<R>(method: Method, call: () => Promise<R>): Promise<R> {
    calls[method]++;
    const fault = faults[method].shift();
    if (fault === 'before') throw new Error('CANARY connection refused');
    const result = await call();
    if (fault === 'after') throw new Error('CANARY connection lost');
    return result;
  }
  return {
    calls,
    plan: (method, ...planned) => void faults[method].push(...planned),
    heal() {
      for (const planned of Object.values(faults)) planned.length = 0;
    },
    get: (key) => run('get', () => store.get(key)),
    compareAndSet: (key, expected, value, options) =>
      run('compareAndSet', () => store.compareAndSet(key, expected, value, options)),
    delete: (key, expected) => run('delete', () => store.delete(key, expected)),
    list: (prefix, options) => store.list(prefix, options),
  };
}
