import type { RecordStore } from '@context-sdk/oauth-core';

/** A store, and the names of the methods that were called, in order. */
export function withStoreCalls(target: RecordStore): { store: RecordStore; calls: string[] } {
  const calls: string[] = [];
  const store = new Proxy(target, {
    get(of, name) {
      const value: unknown = Reflect.get(of, name);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        calls.push(String(name));
        return Reflect.apply(value, of, args);
      };
    },
  });
  return { store, calls };
}
