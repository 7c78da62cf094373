import type { ApiFailure } from './api-failure.ts';
import type { ApiRoute } from './api-call.ts';
import type { TokenRules } from './oauth/profile.ts';
import type { Refusal, SandboxRateLimit } from './rate-limit.ts';

/** One way in which the API speaks: the real one, or the integration guide's. */
export interface Dialect {
  readonly routes: readonly ApiRoute[];
  readonly tokenRules: TokenRules;
  readonly rateLimits: readonly SandboxRateLimit[];
  readonly rateLimitAnswer: (refusal: Refusal) => Response;
  readonly failureAnswer: (failure: ApiFailure) => Response;
}
