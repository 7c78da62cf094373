import type { Shard } from '@context-sdk/oauth-core';
import { checkOptions, type OptionTypes } from '@context-sdk/oauth-core/client-kit';
import { invalidInput } from '../../utils/input-checks.ts';
import { checkIntervals, SUBSCRIPTION_OPTIONS, type SubscriptionOptions } from '../subscription-options.ts';
import type { MaintenanceStep } from './maintain-job.ts';

/** How connections are maintained. */
export interface MaintenanceOptions extends SubscriptionOptions {
  /** Connections of one provider that are handled at the same time. Default: 4. */
  concurrency?: number | undefined;
  /** The part of all connections that this process looks after, if the others have theirs. Default: any that are due. */
  shard?: Shard | undefined;
}

/** How maintenance runs by itself. */
export interface StartOptions extends Omit<MaintenanceOptions, 'signal'> {
  /** Milliseconds until it looks for what is due again. Default: 5,000. */
  everyMs?: number | undefined;
  /** Receives what each step did, for logs. What it throws is ignored. */
  onStep?: ((step: MaintenanceStep) => unknown) | undefined;
  /** Receives what kept maintenance from running, such as a store that fails: it goes on. What it throws is ignored. */
  onError?: ((error: unknown) => unknown) | undefined;
}

/** Maintenance that runs by itself. */
export interface RunningMaintenance {
  /** Claims nothing more. Resolves once what was begun is done. */
  stop(): Promise<void>;
}

export const MAINTENANCE_OPTIONS: OptionTypes<MaintenanceOptions> = {
  ...SUBSCRIPTION_OPTIONS,
  concurrency: 'number',
  shard: { index: 'number', count: 'number' },
};
/** The longest that `setTimeout` waits: what is longer is over at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const { signal: _, ...WITHOUT_SIGNAL } = MAINTENANCE_OPTIONS;
const START_OPTIONS: OptionTypes<StartOptions> = {
  ...WITHOUT_SIGNAL,
  everyMs: 'number',
  onStep: 'function',
  onError: 'function',
};

/** Throws {@link InvalidRequestError} for options that maintenance can't start with. */
export function checkStartOptions(options: StartOptions | undefined): void {
  checkOptions(options, START_OPTIONS, invalidInput);
  checkMaintenance(options);
  const everyMs = options?.everyMs ?? 5_000;
  if (!(everyMs >= 1 && everyMs <= LONGEST_TIMER_MS))
    throw invalidInput('everyMs', `must be from 1 to ${LONGEST_TIMER_MS}`);
}

/** Throws {@link InvalidRequestError} for numbers with which nothing would be looked after, or all of it at once. */
export function checkMaintenance(options: MaintenanceOptions | undefined): void {
  checkIntervals(options);
  const concurrency = options?.concurrency ?? 1;
  if (!(concurrency >= 1 && Number.isFinite(concurrency)))
    throw invalidInput('concurrency', 'must be 1 or more');
}
