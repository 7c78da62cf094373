import { raceAbort } from '@context-sdk/oauth-core/client-kit';

/** Lets work begin in the order in which it was asked for, one piece at a time. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /** Rejects with the signal's reason if it aborts while others are at work. */
  async take<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    try {
      await raceAbort(before, signal);
      return await work();
    } finally {
      // One that gave up waiting lets nobody overtake those before it.
      void before.then(resolve);
    }
  }
}
