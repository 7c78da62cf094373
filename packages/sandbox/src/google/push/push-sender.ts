import type { Clock } from '../../clock.ts';
import type { Sleep } from '../../sleep.ts';
import type { Deliver } from '../../ticktick/guide/webhooks.ts';

/** One attempt to deliver a notification. */
export interface PushDelivery {
  readonly kind: 'calendar' | 'gmail';
  readonly url: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** By the sandbox's clock: milliseconds since the epoch. */
  readonly at: number;
  /** What the receiver answered; undefined where it could not be reached. */
  readonly status: number | undefined;
  /** The value of one that could be a credential reads `[redacted]`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A notification on its way. */
export interface PushMessage {
  readonly kind: PushDelivery['kind'];
  readonly url: string;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** When a notification is sent again. */
export interface RetryPolicy {
  /** Whether to try again after this answer; undefined: the receiver could not be reached. */
  retries(status: number | undefined): boolean;
  /** Attempts in all. */
  readonly attempts: number;
  /** The pause before attempt 2, 3, …, in milliseconds. */
  delayMs(attempt: number): number;
}

const TIMEOUT_MS = 10_000;
const SECRET_HEADERS: ReadonlySet<string> = new Set(['authorization', 'x-goog-channel-token']);

/** Sends notifications in the background, and keeps what became of each attempt. */
export class PushSender {
  readonly deliveries: PushDelivery[] = [];
  readonly #underWay = new Set<Promise<void>>();
  readonly #deliver: Deliver;
  readonly #sleep: Sleep;
  readonly #clock: Clock;

  constructor({ deliver, sleep, clock }: { deliver: Deliver; sleep: Sleep; clock: Clock }) {
    this.#deliver = deliver;
    this.#sleep = sleep;
    this.#clock = clock;
  }

  /** Starts at once: a message that is no promise is on the wire before this returns. */
  send(message: PushMessage | Promise<PushMessage>, policy: RetryPolicy): void {
    const work = message instanceof Promise ? this.#sendLater(message, policy) : this.#send(message, policy);
    this.#underWay.add(work);
    void work.finally(() => this.#underWay.delete(work));
  }

  /** Resolves when no delivery is under way any more. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  async #sendLater(message: Promise<PushMessage>, policy: RetryPolicy): Promise<void> {
    await this.#send(await message, policy);
  }

  async #send(message: PushMessage, policy: RetryPolicy): Promise<void> {
    for (let attempt = 1; attempt <= policy.attempts; attempt += 1) {
      if (attempt > 1) await this.#sleep(policy.delayMs(attempt));
      const status = await this.#attempt(message);
      this.#record(message, attempt, status);
      if (!policy.retries(status)) return;
    }
  }

  async #attempt({ url, headers, body }: PushMessage): Promise<number | undefined> {
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const response = await this.#deliver(url, { method: 'POST', headers, body, signal });
      await response.body?.cancel();
      return response.status;
    } catch {
      return undefined;
    }
  }

  #record({ kind, url, headers, body }: PushMessage, attempt: number, status: number | undefined): void {
    const shown = Object.entries(headers).map(([name, value]): [string, string] => [
      name,
      SECRET_HEADERS.has(name) ? '[redacted]' : value,
    ]);
    const at = this.#clock.now();
    this.deliveries.push({ kind, url, attempt, at, status, headers: Object.fromEntries(shown), body });
  }
}
