import type { Clock } from '../../clock.ts';
import type { Sleep } from '../../sleep.ts';
import type { SandboxTask } from '../tasks/sandbox-task.ts';

/** Sends a delivery; the global `fetch` fits. */
export type Deliver = (url: string, init: RequestInit) => Promise<Response>;

/** A registered webhook. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
}

/** One attempt to deliver an event. */
export interface WebhookDelivery {
  readonly url: string;
  readonly event: string;
  readonly taskId: string;
  /** 1 for the first attempt, up to 4. */
  readonly attempt: number;
  /** By the sandbox's clock. */
  readonly at: number;
  /** What the receiver answered; undefined where it could not be reached. */
  readonly status: number | undefined;
}

const MAX_RETRIES = 3;
const FIRST_DELAY_MS = 50;
const TIMEOUT_MS = 10_000;

/** Webhooks as the integration guide has them: `{ event, data }`, retried three times with growing pauses. */
export class Webhooks {
  readonly deliveries: WebhookDelivery[] = [];
  readonly #byAccount = new Map<string, Webhook[]>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #deliver: Deliver;
  readonly #sleep: Sleep;
  readonly #clock: Clock;

  constructor({ deliver, sleep, clock }: { deliver: Deliver; sleep: Sleep; clock: Clock }) {
    this.#deliver = deliver;
    this.#sleep = sleep;
    this.#clock = clock;
  }

  register(account: string, webhook: Webhook): Webhook {
    this.#byAccount.set(account, [...(this.#byAccount.get(account) ?? []), webhook]);
    return webhook;
  }

  /** Starts deliveries of an event; `task` is only asked for if somebody listens. */
  dispatch(account: string, event: string, task: () => SandboxTask): void {
    const listening = (this.#byAccount.get(account) ?? []).filter(({ events }) => events.includes(event));
    for (const { url } of listening) {
      const delivery = this.#deliverWithRetries(url, event, task());
      this.#underWay.add(delivery);
      void delivery.finally(() => this.#underWay.delete(delivery));
    }
  }

  /** Resolves when no delivery is under way any more. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  async #deliverWithRetries(url: string, event: string, data: SandboxTask): Promise<void> {
    const body = JSON.stringify({ event, data });
    for (let attempt = 1; attempt <= 1 + MAX_RETRIES; attempt += 1) {
      if (attempt > 1) await this.#sleep(FIRST_DELAY_MS * 2 ** (attempt - 2));
      const status = await this.#attempt(url, body);
      this.deliveries.push({ url, event, taskId: data.id, attempt, at: this.#clock.now(), status });
      if (status !== undefined && status >= 200 && status < 300) return;
    }
  }

  async #attempt(url: string, body: string): Promise<number | undefined> {
    try {
      const response = await this.#deliver(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.body?.cancel();
      return response.status;
    } catch {
      return undefined;
    }
  }
}
