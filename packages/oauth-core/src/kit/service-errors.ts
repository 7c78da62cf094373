import {
  ConfigurationError,
  InvalidRequestError,
  NotFoundError,
  UnexpectedResponseError,
} from '../errors/index.ts';

/** Makes the error for a field of the caller's input: `invalid('title', 'is empty')`. */
export type Invalid = (field: string, problem: string) => InvalidRequestError;

/** The errors that a client makes itself, in one wording for all services. */
export interface ServiceErrors {
  /** The caller's input can't be right; nothing was sent. */
  invalid: Invalid;
  /** An option of the client can't be right. */
  misconfigured(problem: string): ConfigurationError;
  /** The service has no such thing: `notFound('task 1')`; `status` where a response said so. */
  notFound(what: string, status?: number): NotFoundError;
  /** A response that the client's code can't rely on. */
  unexpected(problem: string, field?: string): UnexpectedResponseError;
}

/** `displayName` is how a sentence names the service: `TickTick has no task 1.` */
export function serviceErrors(service: string, displayName: string = service): ServiceErrors {
  return {
    invalid: (field, problem) => new InvalidRequestError(`${field} ${problem}.`, { service, field }),
    misconfigured: (problem) => new ConfigurationError(problem, { service }),
    notFound: (what, status) => new NotFoundError(`${displayName} has no ${what}.`, { service, status }),
    unexpected: (problem, field) => new UnexpectedResponseError(`${service} ${problem}.`, { service, field }),
  };
}

/** What a call gives, or undefined where the service has no such thing. */
export async function unlessNotFound<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
