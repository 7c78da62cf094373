import type { Refusal, SandboxRateLimit } from '../http/rate-limit.ts';
import { emptyResponse, jsonResponse } from '../http/responses.ts';
import type { ApiFailure, ApiRoute } from './api-call.ts';
import { guideRoutes } from './guide/guide-routes.ts';
import type { Webhooks } from './guide/webhooks.ts';
import { GUIDE_TOKEN_RULES, OFFICIAL_TOKEN_RULES, type TokenRules } from './oauth/profile.ts';
import { COUNTDOWN_ROUTES, PREFERENCE_ROUTES, TAG_ROUTES } from './routes/account-routes.ts';
import { ASSIGNMENT_ROUTES } from './routes/assignment-routes.ts';
import { COLUMN_ROUTES } from './routes/column-routes.ts';
import { COMMENT_ROUTES } from './routes/comment-routes.ts';
import { FOCUS_ROUTES } from './routes/focus-routes.ts';
import { GROUP_ROUTES } from './routes/group-routes.ts';
import { HABIT_ROUTES } from './routes/habit-routes.ts';
import { PROJECT_ROUTES } from './routes/project-routes.ts';
import { taskBulkRoutes } from './routes/task-bulk-routes.ts';
import { TASK_LIST_ROUTES } from './routes/task-list-routes.ts';
import { TASK_ROUTES } from './routes/task-routes.ts';
import type { ProposedIds } from './tasks/batch.ts';

/** What 100 a minute is known for, and 300 in five minutes is reported of. */
const OFFICIAL_RATE_LIMITS: readonly SandboxRateLimit[] = [
  { limit: 100, intervalMs: 60_000 },
  { limit: 300, intervalMs: 300_000 },
];

/** The integration guide's one limit. */
const GUIDE_RATE_LIMITS: readonly SandboxRateLimit[] = [{ limit: 100, intervalMs: 60_000 }];

/** One way in which the API speaks: the real one, or the integration guide's. */
export interface Dialect {
  readonly routes: readonly ApiRoute[];
  readonly tokenRules: TokenRules;
  readonly rateLimits: readonly SandboxRateLimit[];
  readonly rateLimitAnswer: (refusal: Refusal) => Response;
  readonly failureAnswer: (failure: ApiFailure) => Response;
}

/** The Open API as it is. Literal paths stand before those with a parameter in the same place. */
export function officialDialect(proposedIds: ProposedIds): Dialect {
  return {
    routes: [
      ...PREFERENCE_ROUTES,
      ...TASK_LIST_ROUTES,
      ...taskBulkRoutes(proposedIds),
      ...ASSIGNMENT_ROUTES,
      ...TASK_ROUTES,
      ...COMMENT_ROUTES,
      ...GROUP_ROUTES,
      ...COLUMN_ROUTES,
      ...PROJECT_ROUTES,
      ...TAG_ROUTES,
      ...FOCUS_ROUTES,
      ...COUNTDOWN_ROUTES,
      ...HABIT_ROUTES,
    ],
    tokenRules: OFFICIAL_TOKEN_RULES,
    rateLimits: OFFICIAL_RATE_LIMITS,
    rateLimitAnswer: ({ limit }) => jsonResponse(rateLimitBody(limit), 500),
    failureAnswer: ({ status, errorCode }) =>
      errorCode === undefined ? emptyResponse(status) : jsonResponse({ errorCode }, status),
  };
}

/** Known for 100 a minute; the words for other limits are made after them. */
function rateLimitBody({ limit, intervalMs }: SandboxRateLimit): object {
  const interval = intervalMs === 60_000 ? 'minute' : `${intervalMs / 1000} seconds`;
  return {
    errorCode: 'exceed_query_limit',
    errorMessage: `Query rate limit exceeded. Maximum ${limit} requests per ${interval}. Please try again later.`,
  };
}

/**
 * The integration guide's wire format. The guide shows no errors: 429 with Retry-After, 400 and 404 are what its
 * `raise_for_status` expects of a plain REST service.
 */
export function guideDialect(proposedIds: ProposedIds, webhooks: Webhooks): Dialect {
  return {
    routes: guideRoutes(proposedIds, webhooks),
    tokenRules: GUIDE_TOKEN_RULES,
    rateLimits: GUIDE_RATE_LIMITS,
    rateLimitAnswer: ({ retryAfterMs }) =>
      jsonResponse({ error: 'Too many requests' }, 429, {
        'retry-after': String(Math.ceil(retryAfterMs / 1000)),
      }),
    failureAnswer: ({ status }) =>
      status === 404 ? emptyResponse(404) : jsonResponse({ error: 'Bad request' }, 400),
  };
}
