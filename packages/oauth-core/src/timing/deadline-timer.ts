import { MAX_TIMER_MS } from './delay.ts';

/** One timer for the earliest of many deadlines, on the monotonic clock. It may fire early, but not late. */
export class DeadlineTimer {
  readonly #onDue: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #at = Number.POSITIVE_INFINITY;

  constructor(onDue: () => void) {
    this.#onDue = onDue;
  }

  /** Fires at this time at the latest. */
  by(time: number): void {
    if (time >= this.#at) return;
    this.cancel();
    this.#at = time;
    const waitMs = Math.max(0, Math.ceil(time - performance.now()));
    this.#timer = setTimeout(
      () => {
        this.#at = Number.POSITIVE_INFINITY;
        this.#onDue();
      },
      Math.min(waitMs, MAX_TIMER_MS),
    );
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#at = Number.POSITIVE_INFINITY;
  }
}
