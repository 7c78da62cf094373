import type { OptionTypes } from '@context-sdk/oauth-core/client-kit';
import { invalidInput } from '../utils/input-checks.ts';

/** How changes are requested. */
export interface SubscriptionOptions {
  /** Milliseconds between polls. Default: 60,000, and 300,000 for Azure DevOps. */
  pollEveryMs?: number | undefined;
  /** Milliseconds between polls beside a push, which find changes whose push was lost. Default: 3,600,000. */
  slowPollEveryMs?: number | undefined;
  /**
   * The longest interval in milliseconds for accounts without changes, which are polled again after a tenth of the time since their
   * last one. Default: `pollEveryMs`, for quiet accounts as for others.
   */
  maxPollEveryMs?: number | undefined;
  signal?: AbortSignal | undefined;
}

export const SUBSCRIPTION_OPTIONS: OptionTypes<SubscriptionOptions> = {
  pollEveryMs: 'number',
  slowPollEveryMs: 'number',
  maxPollEveryMs: 'number',
  signal: 'signal',
};

/** Throws {@link InvalidRequestError} for an interval after which nothing would ever be polled again. */
export function checkIntervals(options: SubscriptionOptions | undefined): void {
  for (const name of ['pollEveryMs', 'slowPollEveryMs', 'maxPollEveryMs'] as const) {
    const ms = options?.[name] ?? 0;
    if (!(ms >= 0 && Number.isFinite(ms))) throw invalidInput(name, 'must be a number of milliseconds');
  }
}
