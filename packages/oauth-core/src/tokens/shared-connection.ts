import type { RecordStore } from '../stores/record-store.ts';
import { KnownRecord } from './known-record.ts';
import { SingleFlight } from './single-flight.ts';
import type { TokenRecord } from './token-record.ts';
import { WritersClock } from './writers-clock.ts';

/**
 * What all objects of this process share of one connection, so that they refresh once, and when one of them ends or
 * replaces the connection the others stop using its tokens at once.
 */
export class SharedConnection {
  readonly known: KnownRecord = new KnownRecord();
  readonly clock: WritersClock = new WritersClock();
  readonly refreshes: SingleFlight<TokenRecord> = new SingleFlight();
  /** Stores tokens once the store is back. */
  readonly laterSaves: SingleFlight<void> = new SingleFlight();
}

const MAX_RECENT = 10_000;

/** The connections of one store: the last 10,000, and all others that an object still uses. */
class SharedConnections {
  readonly #recent = new Map<string, SharedConnection>();
  readonly #inUse = new Map<string, WeakRef<SharedConnection>>();
  readonly #collected = new FinalizationRegistry<string>((key) => {
    if (this.#inUse.get(key)?.deref() === undefined) this.#inUse.delete(key);
  });

  of(key: string): SharedConnection {
    const connection = this.#inUse.get(key)?.deref() ?? this.#add(key);
    this.#recent.delete(key);
    this.#recent.set(key, connection);
    const [oldest] = this.#recent.keys();
    if (this.#recent.size > MAX_RECENT && oldest !== undefined) this.#recent.delete(oldest);
    return connection;
  }

  #add(key: string): SharedConnection {
    const connection = new SharedConnection();
    this.#inUse.set(key, new WeakRef(connection));
    this.#collected.register(connection, key);
    return connection;
  }
}

const stores = new WeakMap<RecordStore, SharedConnections>();

export function sharedConnection(store: RecordStore, key: string): SharedConnection {
  let connections = stores.get(store);
  if (connections === undefined) stores.set(store, (connections = new SharedConnections()));
  return connections.of(key);
}
