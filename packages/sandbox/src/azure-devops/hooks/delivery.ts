import type { JsonObject } from '../../json.ts';
import { MINUTE_MS, SECOND_MS } from '../../time/clock.ts';
import type { EventType, Subscription } from './subscriptions.ts';

/** One attempt to deliver a notification. */
export interface HookDelivery {
  readonly organization: string;
  readonly subscriptionId: string;
  /** Counts the subscription's notifications; attempts of one share it. */
  readonly notificationId: number;
  readonly eventType: EventType;
  readonly workItemId: number;
  readonly url: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** `retry` after a passing failure, `probe` while the subscription is on probation. */
  readonly kind: 'first' | 'retry' | 'probe';
  /** By the sandbox's clock. */
  readonly at: number;
  /** What the receiver answered; undefined if it could not be reached. */
  readonly status: number | undefined;
}

/** How Azure DevOps takes a receiver's answer. */
export type Outcome = 'delivered' | 'transient' | 'terminal' | 'enduring';

const TRANSIENT_STATUSES: ReadonlySet<number> = new Set([408, 502, 503, 504]);

/** No answer at all counts as a passing failure. */
export function outcomeOf(status: number | undefined): Outcome {
  if (status === undefined || TRANSIENT_STATUSES.has(status)) return 'transient';
  if (status === 410) return 'terminal';
  return status >= 200 && status < 300 ? 'delivered' : 'enduring';
}

/** Pauses before the retries after a passing failure. */
export const RETRY_DELAYS: readonly number[] = [1, 2, 4, 8, 16, 32, 60, 60].map(
  (seconds) => seconds * SECOND_MS,
);

/** Pauses before the probes of a subscription on probation: 36 hours in all. */
export const PROBE_DELAYS: readonly number[] = [20, 40, 80, 160, 320, 640, 900].map(
  (minutes) => minutes * MINUTE_MS,
);

/** How long a receiver may take. */
export const TIMEOUT_MS = 30_000;

/** The request that carries a notification: basic credentials and headers as the subscription says, no signature. */
export function notificationRequest({ consumerInputs }: Subscription, payload: JsonObject): RequestInit {
  const { basicAuthUsername = '', basicAuthPassword = '', httpHeaders = '' } = consumerInputs;
  const headers = new Headers(headerLines(httpHeaders));
  headers.set('content-type', 'application/json; charset=utf-8');
  if (basicAuthUsername !== '' || basicAuthPassword !== '') {
    const bytes = new TextEncoder().encode(`${basicAuthUsername}:${basicAuthPassword}`);
    headers.set('authorization', `Basic ${btoa(String.fromCharCode(...bytes))}`);
  }
  return {
    headers,
    body: JSON.stringify(payload),
    redirect: 'manual',
  };
}

/** `K:V` on each line. */
function headerLines(text: string): [string, string][] {
  return text
    .split('\n')
    .filter((line) => line.includes(':'))
    .map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    });
}
