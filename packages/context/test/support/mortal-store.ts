import type { RecordStore } from '@context-sdk/oauth-core';

/** A process that can die: from then on nothing that it does reaches the store or the services. */
export interface MortalProcess {
  store: RecordStore;
  fetch: typeof fetch;
  /** Steps to the store and the services so far. */
  steps: number;
  /** The step in which the process dies. */
  diesAt: number;
  /** Whether that step arrives, though its response never comes. */
  arrives: boolean;
  /** Settles like the work, or once the process has died. */
  untilDeath(work: Promise<unknown>): Promise<void>;
}

/** A process in front of a shared store and the services. */
export function mortalProcess(store: RecordStore, services: typeof fetch): MortalProcess {
  const { promise: death, resolve: die } = Promise.withResolvers<void>();
  const never = new Promise<never>(() => undefined);
  let isDead = false;
  const process: MortalProcess = {
    steps: 0,
    diesAt: Number.POSITIVE_INFINITY,
    arrives: false,
    fetch: (input, init) => step(() => services(input, init)),
    store: {
      get: (...args) => step(() => store.get(...args)),
      compareAndSet: (...args) => step(() => store.compareAndSet(...args)),
      delete: (...args) => step(() => store.delete(...args)),
      list: (...args) => step(() => store.list(...args)),
    },
    async untilDeath(work) {
      const done = work.then(
        () => undefined,
        () => undefined,
      );
      await Promise.race([done, death]);
    },
  };
  async function step<T>(work: () => Promise<T>): Promise<T> {
    process.steps += 1;
    // What is retried after a time limit doesn't come back to life, whatever `diesAt` is by then.
    if (isDead) return await never;
    if (process.steps < process.diesAt) return await work();
    isDead = true;
    if (process.steps === process.diesAt && process.arrives) await work().catch(() => undefined);
    die();
    return await never;
  }
  return process;
}
