import { Notifier } from '../../http/notifier.ts';

/** One attempt to deliver a notification. */
export interface PushDelivery {
  readonly kind: 'calendar' | 'gmail';
  readonly url: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** By the sandbox's clock: milliseconds since the epoch. */
  readonly at: number;
  /** What the receiver answered; undefined if it could not be reached. */
  readonly status: number | undefined;
  /** The value of one that could be a credential reads `[redacted]`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A notification on its way. */
export interface PushMessage {
  readonly kind: PushDelivery['kind'];
  readonly url: string;
  /** Names in lower case. */
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

/** Sends Calendar's and Gmail's notifications. */
export class PushSender extends Notifier<PushDelivery> {
  /** Starts at once: a message that is not a promise is on the wire before this returns. */
  send(message: PushMessage | Promise<PushMessage>, policy: RetryPolicy): void {
    this.track(
      message instanceof Promise
        ? message.then((made) => this.#sendWithRetries(made, policy))
        : this.#sendWithRetries(message, policy),
    );
  }

  async #sendWithRetries({ kind, url, headers, body }: PushMessage, policy: RetryPolicy): Promise<void> {
    const shown = withoutSecrets(headers);
    for (let attempt = 1; attempt <= policy.attempts; attempt += 1) {
      if (attempt > 1) await this.sleep(policy.delayMs(attempt));
      const status = await this.post(url, { headers, body }, TIMEOUT_MS);
      this.deliveries.push({ kind, url, attempt, at: this.clock.now(), status, headers: shown, body });
      if (!policy.retries(status)) return;
    }
  }
}

function withoutSecrets(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, SECRET_HEADERS.has(name) ? '[redacted]' : value]),
  );
}
