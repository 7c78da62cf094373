import { NotFoundError } from '@context-sdk/oauth-core';

/** The error for a thing that is not there; `status` where one answer said so. */
export function notFound(what: string, status?: number): NotFoundError {
  return new NotFoundError(`TickTick has no ${what}.`, { service: 'ticktick', status });
}
