import type { ContextSdkError } from '@context-sdk/oauth-core';
import { mayHaveHappened } from '../../bulk/lost-answers.ts';
import type { BulkOutcome } from '../../bulk/outcome.ts';
import { unexpected } from '../../transport/unexpected.ts';
import type { BatchReceipt } from '../task-routes.ts';
import { batchError } from './batch-error.ts';

/** A task of a bulk call that went well. */
export interface TaskReceipt {
  id: string;
  /** Where TickTick gives one: it changes with every change of the task. */
  etag?: string;
}

/** What became of one task of a bulk call. */
export type TaskOutcome = BulkOutcome<TaskReceipt>;

export function done({ id, etag }: { id: string; etag?: string | undefined }): TaskOutcome {
  return { status: 'ok', id, ...(etag !== undefined && { etag }) };
}

export function failedOrUnknown(error: ContextSdkError): TaskOutcome {
  return { status: mayHaveHappened(error) ? 'unknown' : 'failed', error };
}

export function notNamed(): TaskOutcome {
  const problem = 'took the request, but its answer does not tell what became of this task';
  return { status: 'unknown', error: unexpected(problem, 'id2etag') };
}

/** What a batch's answer says of one task; undefined where it says nothing. */
export function outcomeIn({ id2etag, id2error }: BatchReceipt, id: string): TaskOutcome | undefined {
  if (Object.hasOwn(id2error, id)) return { status: 'failed', error: batchError(String(id2error[id])) };
  if (!Object.hasOwn(id2etag, id)) return undefined;
  const etag: unknown = id2etag[id];
  return done({ id, etag: typeof etag === 'string' ? etag : undefined });
}
