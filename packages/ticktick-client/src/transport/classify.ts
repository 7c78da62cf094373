import {
  type CompleteResponse,
  ApiError,
  apiErrorFor,
  type Classify,
  NotFoundError,
  parseJsonObject,
  type RateLimit,
  RateLimitError,
  type ServiceFailure,
} from '@context-sdk/oauth-core';

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function failureOf(answer: CompleteResponse): ServiceFailure {
  const body = parseJsonObject(answer.text()) ?? {};
  return {
    service: 'ticktick',
    serviceCode: text(body['errorCode']),
    said: text(body['errorMessage']),
    requestId: text(body['errorId']),
    details: body['data'],
  };
}

/**
 * What TickTick's answers mean. It says that a limit is used up, and sometimes that a thing is not there, with
 * HTTP 500 and an `errorCode`.
 */
export function classifier(limits: readonly RateLimit[]): Classify {
  const pauseMs = Math.min(60_000, ...limits.map(({ intervalMs }) => intervalMs));
  return (answer) => {
    const { status } = answer;
    if (status >= 200 && status < 300) return undefined;
    if (status === 401) return 'unauthorized';
    const failure = failureOf(answer);
    const error = apiErrorFor(answer, { ...failure, pauseMs });
    const { said: _, ...options } = { ...failure, status };
    const { serviceCode } = failure;
    if (serviceCode === 'exceed_query_limit') {
      return new RateLimitError(error.message, { ...options, retryAfterMs: pauseMs });
    }
    if (serviceCode?.endsWith('_not_found')) return new NotFoundError(error.message, options);
    // No outage: TickTick answers so, again and again, for a task whose project was deleted.
    return serviceCode === 'unknown_exception' ? new ApiError(error.message, options) : error;
  };
}
