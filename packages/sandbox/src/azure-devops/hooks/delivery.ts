import type { EventType } from './subscription.ts';

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
  /** What the receiver answered; undefined where it could not be reached. */
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

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** Pauses before the retries after a passing failure. */
export const RETRY_DELAYS: readonly number[] = [1, 2, 4, 8, 16, 32, 60, 60].map(
  (seconds) => seconds * SECOND_MS,
);

/** Pauses before the probes of a subscription on probation: 36 hours in all. */
export const PROBE_DELAYS: readonly number[] = [20, 40, 80, 160, 320, 640, 900].map(
  (minutes) => minutes * MINUTE_MS,
);
