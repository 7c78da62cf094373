import { MAX_TIMER_MS } from '../max-timer.ts';

/** One timer on the monotonic clock, which may ring early but not late. */
export class WakeUp {
  readonly #ring: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #at = Infinity;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  /** Rings at this time at the latest. */
  by(time: number): void {
    if (time >= this.#at) return;
    this.cancel();
    this.#at = time;
    const waitMs = Math.max(0, Math.ceil(time - performance.now()));
    this.#timer = setTimeout(
      () => {
        this.#at = Infinity;
        this.#ring();
      },
      Math.min(waitMs, MAX_TIMER_MS),
    );
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#at = Infinity;
  }
}
