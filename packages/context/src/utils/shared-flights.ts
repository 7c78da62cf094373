import type { CallOptions } from '@context-sdk/oauth-core';

/** Names what is read, for calls that wait for it equally long: nobody shares a wait that another one cuts short. */
export function flightKey(
  { timeoutMs, deadlineMs, maxWaitMs, grantId }: CallOptions,
  ...what: readonly (string | number)[]
): string {
  return JSON.stringify([...what, timeoutMs, deadlineMs, maxWaitMs, grantId]);
}

interface Flight<T> {
  result: Promise<T>;
  controller: AbortController;
  passengers: number;
}

/** Calls for the same that are under way at the same time are one, which ends early once all of them were aborted. */
export class SharedFlights<T> {
  readonly #flights = new Map<string, Flight<T>>();

  /** Rejects with the reason of the caller's own signal. */
  async join(
    key: string,
    signal: AbortSignal | undefined,
    begin: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    const flight = this.#flights.get(key) ?? this.#begin(key, begin);
    flight.passengers += 1;
    if (signal === undefined) return await flight.result;
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    const leave = (): void => {
      flight.passengers -= 1;
      if (flight.passengers > 0) {
        reject(signal.reason);
        return;
      }
      // Nobody is to join what ends, and the last one hears how it ended.
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
      flight.controller.abort(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([flight.result, aborted]);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  #begin(key: string, begin: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const controller = new AbortController();
    const result = begin(controller.signal).finally(() => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
    });
    const flight: Flight<T> = { result, controller, passengers: 0 };
    this.#flights.set(key, flight);
    return flight;
  }
}
