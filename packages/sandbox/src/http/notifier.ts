import type { Clock, Sleep } from '../time/clock.ts';

/** Sends a notification; the global `fetch` fits. */
export type Deliver = (url: string, init: RequestInit) => Promise<Response>;

/** Sends notifications in the background, and keeps what became of each attempt. */
export abstract class Notifier<Attempt> {
  /** Every attempt, oldest first. */
  readonly deliveries: Attempt[] = [];
  protected readonly clock: Clock;
  protected readonly sleep: Sleep;
  readonly #deliver: Deliver;
  readonly #running = new Set<Promise<void>>();

  constructor(parts: { deliver: Deliver | undefined; sleep: Sleep; clock: Clock }) {
    this.#deliver = parts.deliver ?? ((url, init) => globalThis.fetch(url, init));
    this.sleep = parts.sleep;
    this.clock = parts.clock;
  }

  /** Resolves once no notification is being delivered or waits for its next attempt. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  /** Makes {@link settled} wait for one notification's attempts. */
  protected track(attempts: Promise<void>): void {
    this.#running.add(attempts);
    void attempts.finally(() => this.#running.delete(attempts));
  }

  /** Posts once. Resolves to the receiver's status, or to undefined if it cannot be reached in time. */
  protected async post(url: string, init: RequestInit, timeoutMs: number): Promise<number | undefined> {
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const response = await this.#deliver(url, { ...init, method: 'POST', signal });
      await response.body?.cancel();
      return response.status;
    } catch {
      return undefined;
    }
  }
}
