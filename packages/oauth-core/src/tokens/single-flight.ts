import type { RecordStore } from '../stores/record-store.ts';

/**
 * Runs of one kind of work, at most one at a time per record, shared by everybody in this process who asks:
 * by record and not by object, since a host may make several objects for one connection.
 */
export class SingleFlight<T> {
  readonly #running = new WeakMap<RecordStore, Map<string, Promise<T>>>();

  run(store: RecordStore, key: string, work: () => Promise<T>): Promise<T> {
    let ofStore = this.#running.get(store);
    if (ofStore === undefined) this.#running.set(store, (ofStore = new Map()));
    const running = ofStore.get(key);
    if (running !== undefined) return running;
    const promise = work().finally(() => ofStore.delete(key));
    ofStore.set(key, promise);
    return promise;
  }
}
