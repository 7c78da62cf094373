import { checkObject } from '../options/option-types.ts';
import type { RecordStore, StoredRecord } from './record-store.ts';
import type { Schedule } from './schedule/schedule.ts';
import { isVolatile } from './volatile.ts';

const sound = new WeakMap<RecordStore, RecordStore>();

/**
 * A store as the SDK asks it: one of a host's may give `null` for nothing, as its driver does, or throw at once instead of
 * rejecting. The same store gives the same object each time, since a process keeps what it knows of a store by that.
 * Throws a ConfigurationError for what is no store.
 */
export function soundStore(store: RecordStore): RecordStore {
  checkObject(store, 'store');
  if (isVolatile(store)) return store;
  const known = sound.get(store);
  if (known !== undefined) return known;
  const added = markSound(new SoundStore(store));
  sound.set(store, added);
  return added;
}

/** Marks a store of the SDK's own, which keeps to the port and is asked as it is. */
export function markSound<S extends RecordStore>(store: S): S {
  sound.set(store, store);
  return store;
}

class SoundStore implements RecordStore {
  readonly #store: RecordStore;
  readonly getMany?: (keys: readonly string[]) => Promise<(StoredRecord | undefined)[]>;
  readonly scan?: (prefix: string) => AsyncIterable<string>;

  constructor(store: RecordStore) {
    this.#store = store;
    if (store.getMany)
      this.getMany = async (keys) =>
        ((await store.getMany?.(keys)) ?? []).map((record) => record ?? undefined);
    if (store.scan)
      this.scan = async function* (prefix) {
        yield* store.scan?.(prefix) ?? [];
      };
  }

  schedule(): Schedule | undefined {
    return this.#store.schedule?.() ?? undefined;
  }

  async get(key: string): Promise<StoredRecord | undefined> {
    return (await this.#store.get(key)) ?? undefined;
  }

  async compareAndSet(...write: Parameters<RecordStore['compareAndSet']>): Promise<string | undefined> {
    return (await this.#store.compareAndSet(...write)) ?? undefined;
  }

  async delete(...one: Parameters<RecordStore['delete']>): Promise<boolean> {
    return await this.#store.delete(...one);
  }

  async list(...keys: Parameters<RecordStore['list']>): Promise<string[]> {
    return await this.#store.list(...keys);
  }
}
