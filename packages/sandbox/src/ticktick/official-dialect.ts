import { emptyResponse, jsonResponse } from '../http/responses.ts';
import type { ApiOptions } from './api-options.ts';
import type { Dialect } from './dialect.ts';
import { OFFICIAL_TOKEN_RULES } from './oauth/profile.ts';
import { OFFICIAL_RATE_LIMITS, type SandboxRateLimit } from './rate-limit.ts';
import { ASSIGNMENT_ROUTES } from './routes/assignment-routes.ts';
import { COLUMN_ROUTES } from './routes/column-routes.ts';
import { COMMENT_ROUTES } from './routes/comment-routes.ts';
import { COUNTDOWN_ROUTES } from './routes/countdown-routes.ts';
import { FOCUS_ROUTES } from './routes/focus-routes.ts';
import { GROUP_ROUTES } from './routes/group-routes.ts';
import { HABIT_ROUTES } from './routes/habit-routes.ts';
import { PREFERENCE_ROUTES } from './routes/preference-routes.ts';
import { PROJECT_ROUTES } from './routes/project-routes.ts';
import { TAG_ROUTES } from './routes/tag-routes.ts';
import { taskBulkRoutes } from './routes/task-bulk-routes.ts';
import { TASK_LIST_ROUTES } from './routes/task-list-routes.ts';
import { TASK_ROUTES } from './routes/task-routes.ts';

/** The Open API as it is. Literal paths stand before those with a parameter in the same place. */
export function officialDialect(options: ApiOptions): Dialect {
  return {
    routes: [
      ...PREFERENCE_ROUTES,
      ...TASK_LIST_ROUTES,
      ...taskBulkRoutes(options),
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
