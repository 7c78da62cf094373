export const SECOND_MS = 1000;
export const MINUTE_MS: number = 60 * SECOND_MS;
export const HOUR_MS: number = 60 * MINUTE_MS;
export const DAY_MS: number = 24 * HOUR_MS;

/** Where the sandbox reads the time: milliseconds since the epoch. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** The sandbox's own clock: its base clock, plus everything it was advanced by. */
export interface SandboxClock extends Clock {
  /** Lets time pass at once: tokens expire, rate limit windows move on. */
  advance(ms: number): void;
}

/** A clock on top of another (by default the system's) that can be moved forward. */
export function createClock(base: Clock = { now: () => Date.now() }): SandboxClock {
  let advancedBy = 0;
  return {
    now: () => base.now() + advancedBy,
    advance: (ms) => {
      advancedBy += ms;
    },
  };
}

/** Waits; rejects with the signal's reason when it aborts first. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

export const sleep: Sleep = (ms, signal) =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });

/** A clock that can be set back, so that seeded data has a past. */
export class SeedClock implements Clock {
  readonly #clock: Clock;
  #backMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now() - this.#backMs;
  }

  /** What the clock underneath shows. */
  today(): number {
    return this.#clock.now();
  }

  setBack(ms: number): void {
    this.#backMs = ms;
  }
}
