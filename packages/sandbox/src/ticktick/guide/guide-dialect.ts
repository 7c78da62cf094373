import { emptyResponse, jsonResponse } from '../../http/responses.ts';
import type { ApiOptions } from '../api-options.ts';
import type { Dialect } from '../dialect.ts';
import { GUIDE_TOKEN_RULES } from '../oauth/profile.ts';
import { GUIDE_RATE_LIMITS } from '../rate-limit.ts';
import { guideRoutes } from './guide-routes.ts';
import type { Webhooks } from './webhooks.ts';

/**
 * The integration guide's wire format. The guide shows no errors: 429 with Retry-After, 400 and 404 are what its
 * `raise_for_status` expects of a plain REST service.
 */
export function guideDialect(options: ApiOptions, webhooks: Webhooks): Dialect {
  return {
    routes: guideRoutes(options, webhooks),
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
