import type { RateLimiter } from '@context-sdk/context';
import pThrottle from 'p-throttle';

/** Any minute's requests of a key, by p-throttle. `throttleRateLimiter` also knows `maxWaitMs`, `signal` and costs. */
export class ThrottledLimiter implements RateLimiter {
  readonly #turns = new Map<string, () => Promise<void>>();
  readonly #pausedUntil = new Map<string, number>();
  readonly #limit: number;

  constructor(limit = 100) {
    this.#limit = limit;
  }

  async run<T>(key: string, dispatch: () => Promise<T>): Promise<T> {
    const throttle = pThrottle({ limit: this.#limit, interval: 60_000, strict: true });
    const turn = this.#turns.get(key) ?? throttle(async () => undefined);
    this.#turns.set(key, turn);
    await turn();
    const pauseMs = (this.#pausedUntil.get(key) ?? 0) - Date.now();
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    return await dispatch();
  }

  async pause(key: string, forMs: number): Promise<void> {
    this.#pausedUntil.set(key, Date.now() + forMs);
  }
}
