import type { Clock } from '../../clock.ts';

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
