import * as failures from './failures.ts';
import { GoogleFailure } from './failures.ts';

/** Why Google refuses a request. `tooManyRequests` is the 429, with the reason `rateLimitExceeded` on the wire. */
export type FailureReason =
  | 'failedPrecondition'
  | 'mailServiceNotEnabled'
  | 'uploadTooLarge'
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
  | 'calendarLimitsExceeded'
  | 'tooManyRequests'
  | 'notFound'
  | 'duplicate'
  | 'deleted'
  | 'fullSyncRequired'
  | 'updatedMinTooLongAgo'
  | 'conditionNotMet'
  | 'backendError';

/** A failure for the next requests. */
export interface QueuedFailure {
  readonly reason: FailureReason;
  /** How many requests fail. Default: 1. */
  readonly times?: number;
  /** Google's method id, such as `calendar.events.insert`. Default: any. */
  readonly method?: string;
}

const FAILURES: Record<FailureReason, (method: string) => GoogleFailure> = {
  failedPrecondition: () =>
    new GoogleFailure(400, 'failedPrecondition', 'Precondition check failed.', {
      status: 'FAILED_PRECONDITION',
    }),
  mailServiceNotEnabled: () =>
    new GoogleFailure(400, 'failedPrecondition', 'Mail service not enabled', {
      status: 'FAILED_PRECONDITION',
    }),
  uploadTooLarge: () => new GoogleFailure(413, 'uploadTooLarge', 'Request Too Large'),
  authError: failures.authError,
  insufficientPermissions: (method) => failures.insufficientPermissions('www', method),
  forbidden: failures.forbidden,
  forbiddenForNonOrganizer: failures.forbiddenForNonOrganizer,
  accessNotConfigured: () =>
    new GoogleFailure(
      403,
      'accessNotConfigured',
      'Access Not Configured. The API has not been used in this project before or it is disabled.',
      { domain: 'usageLimits', status: 'PERMISSION_DENIED' },
    ),
  domainPolicy: () =>
    new GoogleFailure(403, 'domainPolicy', 'The domain administrators have disabled Gmail apps.'),
  rateLimitExceeded: () => failures.usageLimit('rateLimitExceeded', 'Rate Limit Exceeded'),
  userRateLimitExceeded: () => failures.usageLimit('userRateLimitExceeded', 'User Rate Limit Exceeded'),
  quotaExceeded: () => failures.usageLimit('quotaExceeded', 'Calendar usage limits exceeded.'),
  dailyLimitExceeded: () => failures.usageLimit('dailyLimitExceeded', 'Daily Limit Exceeded'),
  calendarLimitsExceeded: () =>
    failures.usageLimit('calendarLimitsExceeded', 'Calendar usage limits exceeded.'),
  tooManyRequests: () => failures.usageLimit('rateLimitExceeded', 'Rate Limit Exceeded', 429),
  notFound: failures.notFound,
  duplicate: failures.duplicate,
  deleted: failures.deleted,
  fullSyncRequired: failures.fullSyncRequired,
  updatedMinTooLongAgo: failures.updatedMinTooLongAgo,
  conditionNotMet: failures.conditionNotMet,
  backendError: () => new GoogleFailure(500, 'backendError', 'Backend Error'),
};

/** Failures waiting for their requests, first in, first out. */
export class QueuedFailures {
  readonly #queued: { reason: FailureReason; method: string | undefined; left: number }[] = [];

  add({ reason, times = 1, method }: QueuedFailure): void {
    this.#queued.push({ reason, method, left: times });
  }

  take(method: string): GoogleFailure | undefined {
    const queued = this.#queued.find(
      (one) => one.left > 0 && (one.method === undefined || one.method === method),
    );
    if (!queued) return undefined;
    queued.left -= 1;
    return FAILURES[queued.reason](method);
  }
}
