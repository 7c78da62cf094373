import {
  type BulkContext,
  bulkError,
  type BulkOptions,
  type BulkOutcome,
  checkEach,
  type Chunk,
  chunksOf,
  type Classify,
  inChunks,
  newOutcomes,
  type RequiredMembers,
  ServiceResponse,
} from '@context-sdk/oauth-core/client-kit';
import { UnexpectedResponseError } from '@context-sdk/oauth-core/errors';
import type { BatchPart } from '../../batch/batch-part.ts';
import { sendBatch } from '../../bulk/send-batch.ts';
import { checkedId } from '../../input.ts';
import type { LibraryParams } from '../../wire.ts';
import { invalid } from '../errors.ts';
import type { GmailCall, GmailOperationName } from '../operations.ts';

/**
 * Gmail takes 100 requests in a batch, but carries out only about 25 of one user at once and refuses the others:
 * `docs/facts/google.md`.
 */
const MAX_PARTS = 25;

/** What batches are sent with. */
export interface BatchParts {
  classify: Classify;
  /** Units that one part of an operation costs. */
  costOf(name: GmailOperationName): number;
  /** Units that one request can cost at most: what the limits allow. */
  maxUnits: number;
  userId: string;
}

/** What to read many of, and how. */
export interface ManyReads {
  name: 'messages.getMany' | 'threads.getMany';
  resource: 'messages' | 'threads';
  params: LibraryParams;
}

/** Reads what the ids name, 25 per request. Each has its own outcome, in the order of the ids. */
export async function getMany<T, Member extends string>(
  { name, resource, params }: ManyReads,
  member: Member,
  ids: readonly string[],
  { classify, costOf, maxUnits, userId }: BatchParts,
  call: GmailCall,
  onProgress: BulkOptions['onProgress'],
): Promise<BulkOutcome<Record<Member, T>>[]> {
  if (!Array.isArray(ids)) throw invalid('ids', 'is not a list');
  const outcomes = newOutcomes<Record<Member, T>>(ids.length);
  const checked = checkEach(ids, outcomes, (id, at) => checkedId(id, at, invalid));
  const cost = costOf(name);
  const size = Math.max(1, Math.min(MAX_PARTS, Math.floor(maxUnits / cost)));
  const context: BulkContext & BulkOptions = { service: call.service, signal: call.signal, onProgress };
  const path = `/gmail/v1/users/${encodeURIComponent(userId)}/${resource}`;
  const partOf = (id: string): BatchPart => ({
    method: 'GET',
    path: `${path}/${encodeURIComponent(id)}`,
    params,
  });
  await inChunks(chunksOf(checked, size), outcomes, context, async (chunk) => {
    try {
      const parts = chunk.map(({ item }) => partOf(item));
      const results = await sendBatch({ call, name, cost, classify }, parts);
      return results.map((result) => outcomeOf<T, Member>(result, member));
    } catch (failure) {
      return failedChunk(chunk, failure, context);
    }
  });
  return outcomes;
}

function outcomeOf<T, Member extends string>(
  result: Awaited<ReturnType<typeof sendBatch>>[number],
  member: Member,
): BulkOutcome<Record<Member, T>> {
  if (!(result instanceof ServiceResponse)) return { status: 'failed', error: result };
  try {
    const read = { [member]: result.object<T>({ id: 'string' } as RequiredMembers<T>) } as Record<Member, T>;
    return { status: 'ok', ...read };
  } catch (error) {
    if (error instanceof UnexpectedResponseError) return { status: 'failed', error };
    throw error;
  }
}

/** Reading changes nothing, so what became of it is never unknown. */
function failedChunk<R>(chunk: Chunk<string>, failure: unknown, context: BulkContext): BulkOutcome<R>[] {
  const error = bulkError(failure, context);
  return chunk.map(() => ({ status: 'failed', error }));
}
