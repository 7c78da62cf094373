import * as failures from './failures.ts';
import type { GoogleFailure } from './google-failure.ts';

/** What a test can let Google answer. `tooManyRequests` is the 429; its reason reads `rateLimitExceeded`. */
export type FailureReason =
  | 'failedPrecondition'
  | 'authError'
  | 'insufficientPermissions'
  | 'forbidden'
  | 'forbiddenForNonOrganizer'
  | 'accessNotConfigured'
  | 'domainPolicy'
  | 'rateLimitExceeded'
  | 'userRateLimitExceeded'
  | 'quotaExceeded'
  | 'dailyLimitExceeded'
  | 'tooManyRequests'
  | 'notFound'
  | 'duplicate'
  | 'deleted'
  | 'fullSyncRequired'
  | 'updatedMinTooLongAgo'
  | 'conditionNotMet'
  | 'backendError';

/** The next requests' fate. */
export interface PlannedFailure {
  readonly reason: FailureReason;
  /** Requests that it strikes. Default: 1. */
  readonly times?: number;
  /** Google's method id, such as `calendar.events.insert`. Default: any. */
  readonly method?: string;
}

const FAILURES: Record<FailureReason, (method: string) => GoogleFailure> = {
  failedPrecondition: failures.failedPrecondition,
  authError: failures.authError,
  insufficientPermissions: (method) => failures.insufficientPermissions('www', method),
  forbidden: failures.forbidden,
  forbiddenForNonOrganizer: failures.forbiddenForNonOrganizer,
  accessNotConfigured: failures.accessNotConfigured,
  domainPolicy: failures.domainPolicy,
  rateLimitExceeded: () => failures.usageLimit('rateLimitExceeded', 'Rate Limit Exceeded'),
  userRateLimitExceeded: () => failures.usageLimit('userRateLimitExceeded', 'User Rate Limit Exceeded'),
  quotaExceeded: () => failures.usageLimit('quotaExceeded', 'Calendar usage limits exceeded.'),
  dailyLimitExceeded: () => failures.usageLimit('dailyLimitExceeded', 'Daily Limit Exceeded'),
  tooManyRequests: () => failures.usageLimit('rateLimitExceeded', 'Rate Limit Exceeded', 429),
  notFound: failures.notFound,
  duplicate: failures.duplicate,
  deleted: failures.deleted,
  fullSyncRequired: failures.fullSyncRequired,
  updatedMinTooLongAgo: failures.updatedMinTooLongAgo,
  conditionNotMet: failures.conditionNotMet,
  backendError: failures.backendError,
};

/** Failures that wait for their request, first come, first served. */
export class PlannedFailures {
  readonly #planned: { reason: FailureReason; method: string | undefined; left: number }[] = [];

  add({ reason, times = 1, method }: PlannedFailure): void {
    this.#planned.push({ reason, method, left: times });
  }

  take(method: string): GoogleFailure | undefined {
    const planned = this.#planned.find(
      (one) => one.left > 0 && (one.method === undefined || one.method === method),
    );
    if (!planned) return undefined;
    planned.left -= 1;
    return FAILURES[planned.reason](method);
  }
}
