import { InvalidRequestError, NotFoundError, ReauthorizationRequiredError } from '@context-sdk/oauth-core';

/** Whether TickTick isn't connected, or the task is none of TickTick's. */
export function isWithoutTask(error: unknown): boolean {
  if (error instanceof ReauthorizationRequiredError)
    return error.reason === 'never-connected' && error.service === 'ticktick';
  const isRefused = error instanceof NotFoundError || error instanceof InvalidRequestError;
  return isRefused && error.service === 'ticktick';
}
