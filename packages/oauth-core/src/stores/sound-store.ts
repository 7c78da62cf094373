import { checkObject } from '../options/option-types.ts';
import type { RecordStore, StoredRecord } from './record-store.ts';
import type { Schedule } from './schedule/schedule.ts';
import { isVolatile } from './volatile.ts';

/** Databases and services give pages of 1,000 at most by themselves. */
const BACKENDS_PAGE = 1_000;

const sound = new WeakMap<RecordStore, RecordStore>();

/**
 * A store as the SDK asks it: one of a host's may give `null` for nothing, as its driver does, throw at once instead of
 * rejecting, or give its backend's first page for all. The same store gives the same object each time, since a process keeps
 * what it knows of a store by that. Throws a ConfigurationError for what is no store.
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

  /** A full page of a backend may not be all that there is. */
  async list(prefix: string, options: { after?: string; limit?: number } = {}): Promise<string[]> {
    const { limit = Number.POSITIVE_INFINITY } = options;
    let page = await this.#store.list(prefix, options);
    const found = [...page];
    for (let last = page.at(-1); last !== undefined && isFull(page) && found.length < limit;) {
      const left = Number.isFinite(limit) ? { limit: limit - found.length } : {};
      page = await this.#store.list(prefix, { after: last, ...left });
      // A store without `after` would give the same for ever.
      if (page.at(-1) === last) break;
      last = page.at(-1);
      for (const key of page) found.push(key);
    }
    return found;
  }
}

function isFull(page: readonly string[]): boolean {
  return page.length % BACKENDS_PAGE === 0;
}
