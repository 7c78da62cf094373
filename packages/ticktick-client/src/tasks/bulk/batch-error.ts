import { ApiError, ConflictError, NotFoundError, PermissionError } from '@context-sdk/oauth-core';

const KINDS = new Map<string, typeof ApiError>([
  ['EXISTED', ConflictError],
  ['DELETED', NotFoundError],
  ['NOT_EXISTED', NotFoundError],
  ['NO_PROJECT_PERMISSION', PermissionError],
  ['NO_TEAM_PERMISSION', PermissionError],
]);

/** The error for a code that a batch gives one of its tasks, inside an answer that is 200. */
export function batchError(serviceCode: string): ApiError {
  const Kind = KINDS.get(serviceCode) ?? ApiError;
  return new Kind(`TickTick did not take this task (${serviceCode}).`, {
    service: 'ticktick',
    status: 200,
    serviceCode,
  });
}
