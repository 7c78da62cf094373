import { Notifier } from '../../http/notifier.ts';
import type { SandboxTask } from '../tasks/task-to-wire.ts';

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
  /** What the receiver answered; undefined if it could not be reached. */
  readonly status: number | undefined;
}

const MAX_RETRIES = 3;
const FIRST_DELAY_MS = 50;
const TIMEOUT_MS = 10_000;

/** Webhooks as the integration guide has them: `{ event, data }`, retried three times with growing pauses. */
export class Webhooks extends Notifier<WebhookDelivery> {
  readonly #byAccount = new Map<string, Webhook[]>();

  register(account: string, webhook: Webhook): Webhook {
    this.#byAccount.set(account, [...(this.#byAccount.get(account) ?? []), webhook]);
    return webhook;
  }

  /** Starts deliveries of an event; `task` is called only if a webhook listens. */
  dispatch(account: string, event: string, task: () => SandboxTask): void {
    const listening = (this.#byAccount.get(account) ?? []).filter(({ events }) => events.includes(event));
    for (const { url } of listening) this.track(this.#deliverWithRetries(url, event, task()));
  }

  async #deliverWithRetries(url: string, event: string, data: SandboxTask): Promise<void> {
    const init = { headers: { 'content-type': 'application/json' }, body: JSON.stringify({ event, data }) };
    for (let attempt = 1; attempt <= 1 + MAX_RETRIES; attempt += 1) {
      if (attempt > 1) await this.sleep(FIRST_DELAY_MS * 2 ** (attempt - 2));
      const status = await this.post(url, init, TIMEOUT_MS);
      this.deliveries.push({ url, event, taskId: data.id, attempt, at: this.clock.now(), status });
      if (status !== undefined && status >= 200 && status < 300) return;
    }
  }
}
