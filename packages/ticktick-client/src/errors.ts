import type { RateLimit } from '@context-sdk/oauth-core';
import {
  apiErrorFor,
  type Classify,
  type CompleteResponse,
  parseJsonObject,
  serviceErrors,
  type ServiceErrors,
  type ServiceFailure,
  type ServiceResponse,
  textOf,
} from '@context-sdk/oauth-core/client-kit';
import { ApiError, NotFoundError, RateLimitError } from '@context-sdk/oauth-core/errors';

export const SERVICE = 'ticktick';

/** The errors that this client makes itself. */
export const errors: ServiceErrors = /* @__PURE__ */ serviceErrors(SERVICE, 'TickTick');

const MINUTE_MS = 60_000;

/** What helps in place of an operation, if anything but TickTick's own API does. */
const WAYS_OUT: Readonly<Record<string, string>> = {
  'tasks.complete': "Name the gateway's own in routes.complete, if it has one.",
  'tasks.delete': "Name the gateway's own in routes.delete, if it has one.",
  'projects.members': 'For account.get(), pass identify.',
};

const missingOperations = new WeakSet<object>();

/** Whether this says that the service has no such route. Other errors of configuration are the host's own. */
export function isMissingOperation(error: object): boolean {
  return missingOperations.has(error);
}

/** The error for an operation that the client's dialect lacks. */
export function missingOperation(name: string): Error {
  const { [name]: wayOut = "TickTick's own API is the default." } = WAYS_OUT;
  const error = errors.misconfigured(
    name === 'webhooks.register'
      ? "TickTick's Open API has no webhooks. Use client.changes.watch(), or dialect: 'guide' for a gateway."
      : `${name} has no route in dialect: 'guide'. ${wayOut}`,
  );
  missingOperations.add(error);
  return error;
}

/** The response, if it has content. TickTick often answers 200 without content to say that something doesn't exist. */
export function found(response: ServiceResponse, what: string): ServiceResponse {
  if (response.value !== undefined) return response;
  throw errors.notFound(what, 200);
}

function failureOf(response: CompleteResponse): ServiceFailure {
  const body = parseJsonObject(response.text()) ?? {};
  return {
    service: SERVICE,
    serviceCode: textOf(body['errorCode']),
    // A gateway of the guide's kind says it as FastAPI's HTTPException does.
    said: textOf(body['errorMessage']) ?? textOf(body['detail']),
    requestId: textOf(body['errorId']),
    details: body['data'],
  };
}

/**
 * What TickTick's responses mean. It reports an exceeded limit, and sometimes a missing task or project, as HTTP 500 with
 * an `errorCode`: docs/facts/ticktick.md, Errors.
 */
export function classifier(limits: readonly RateLimit[]): Classify {
  const shortest = (): number =>
    Math.min(MINUTE_MS, ...limits.flatMap((limit) => ('intervalMs' in limit ? [limit.intervalMs] : [])));
  return (response) => {
    const { status } = response;
    if (status >= 200 && status < 300) return undefined;
    if (status === 401) return 'unauthorized';
    // A proxy's page says nothing about tasks and projects.
    if (status === 404 && /^\s*</.test(response.text())) return errors.unexpected('answered 404 with a page');
    const failure = failureOf(response);
    const pauseMs = shortest();
    const error = apiErrorFor(response, { ...failure, pauseMs });
    const { said: _, ...options } = { ...failure, status };
    const { serviceCode } = failure;
    if (serviceCode === 'exceed_query_limit') {
      return new RateLimitError(error.message, { ...options, retryAfterMs: pauseMs });
    }
    if (serviceCode?.endsWith('_not_found')) return new NotFoundError(error.message, options);
    // Not an outage: TickTick keeps answering this for a task whose project was deleted. Elsewhere it passes.
    const isOfLostTask = serviceCode === 'unknown_exception' && response.operation === 'tasks.get';
    return isOfLostTask ? new ApiError(error.message, options) : error;
  };
}
