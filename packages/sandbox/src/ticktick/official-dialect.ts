import { emptyResponse, jsonResponse } from '../http/responses.ts';
import type { ApiOptions } from './api-options.ts';
import type { Dialect } from './dialect.ts';
import { officialTokenRules } from './oauth/token-rules.ts';
import { officialRateLimits, type SandboxRateLimit } from './rate-limit.ts';
import { assignmentRoutes } from './routes/assignment-routes.ts';
import { columnRoutes } from './routes/column-routes.ts';
import { commentRoutes } from './routes/comment-routes.ts';
import { countdownRoutes } from './routes/countdown-routes.ts';
import { focusRoutes } from './routes/focus-routes.ts';
import { groupRoutes } from './routes/group-routes.ts';
import { habitRoutes } from './routes/habit-routes.ts';
import { preferenceRoutes } from './routes/preference-routes.ts';
import { projectRoutes } from './routes/project-routes.ts';
import { tagRoutes } from './routes/tag-routes.ts';
import { taskBulkRoutes } from './routes/task-bulk-routes.ts';
import { taskListRoutes } from './routes/task-list-routes.ts';
import { taskRoutes } from './routes/task-routes.ts';

/** The Open API as it is. Literal paths stand before those with a parameter in the same place. */
export function officialDialect(options: ApiOptions): Dialect {
  return {
    routes: [
      ...preferenceRoutes,
      ...taskListRoutes,
      ...taskBulkRoutes(options),
      ...assignmentRoutes,
      ...taskRoutes,
      ...commentRoutes,
      ...groupRoutes,
      ...columnRoutes,
      ...projectRoutes,
      ...tagRoutes,
      ...focusRoutes,
      ...countdownRoutes,
      ...habitRoutes,
    ],
    tokenRules: officialTokenRules,
    rateLimits: officialRateLimits,
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
