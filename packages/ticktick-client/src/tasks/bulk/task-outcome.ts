import type { ContextSdkError } from '@context-sdk/oauth-core';
import { type BulkOutcome, mayHaveHappened, type ServiceResponse } from '@context-sdk/oauth-core/client-kit';
import { ApiError, ConflictError, NotFoundError, PermissionError } from '@context-sdk/oauth-core/errors';
import { errors, SERVICE } from '../../errors.ts';

/** A task of a bulk call that succeeded. */
export interface TaskReceipt {
  id: string;
  /** If TickTick returns one: it changes with every change of the task. */
  etag?: string;
}

/** The outcome of one task of a bulk call. */
export type TaskOutcome = BulkOutcome<TaskReceipt>;

/** The response to a batch: an etag for each accepted task, a code for each refused one. */
export interface BatchReceipt {
  id2etag: Record<string, string>;
  id2error: Record<string, string>;
}

export function readReceipt(response: ServiceResponse): BatchReceipt {
  return {
    id2etag: response.member('id2etag', {}).object(),
    id2error: response.member('id2error', {}).object(),
  };
}

/** Codes in `id2error`: docs/facts/ticktick.md, Writing. */
const KINDS = new Map<string, typeof ApiError>([
  ['EXISTED', ConflictError],
  ['DELETED', NotFoundError],
  ['NOT_EXISTED', NotFoundError],
  ['NO_PROJECT_PERMISSION', PermissionError],
  ['NO_TEAM_PERMISSION', PermissionError],
]);

function batchError(serviceCode: string): ApiError {
  const Kind = KINDS.get(serviceCode) ?? ApiError;
  const message = `TickTick refused this task (${serviceCode}).`;
  return new Kind(message, { service: SERVICE, status: 200, serviceCode });
}

export function done({ id, etag }: { id: string; etag?: string | undefined }): TaskOutcome {
  return { status: 'ok', id, ...(etag !== undefined && { etag }) };
}

export function failedOrUnknown(error: ContextSdkError): TaskOutcome {
  return { status: mayHaveHappened(error) ? 'unknown' : 'failed', error };
}

export function notMentioned(): { status: 'unknown'; error: ContextSdkError } {
  return {
    status: 'unknown',
    error: errors.unexpected('does not mention this task in its response', 'id2etag'),
  };
}

/** What a batch's response says about one task; undefined if it says nothing. */
export function outcomeIn({ id2etag, id2error }: BatchReceipt, id: string): TaskOutcome | undefined {
  if (Object.hasOwn(id2error, id)) return { status: 'failed', error: batchError(String(id2error[id])) };
  if (!Object.hasOwn(id2etag, id)) return undefined;
  const etag: unknown = id2etag[id];
  return done({ id, etag: typeof etag === 'string' ? etag : undefined });
}
