import type { RecordStore } from '@context-sdk/oauth-core';

/** One process's store, which goes on with what was promoted: each call goes to the store that is the current one then. */
export function switchingStore(current: () => RecordStore): RecordStore {
  return {
    get: (key) => current().get(key),
    list: (...parameters) => current().list(...parameters),
    delete: (...parameters) => current().delete(...parameters),
    compareAndSet: (...parameters) => current().compareAndSet(...parameters),
  };
}
