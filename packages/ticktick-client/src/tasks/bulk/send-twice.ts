import { bulkError, type Chunk, mayHaveHappened, unlessFailed } from '@context-sdk/oauth-core/client-kit';
import type { TickTickCall } from '../../operations.ts';
import { failedOrUnknown, type TaskOutcome } from './task-outcome.ts';

type Send<T> = (chunk: Chunk<T>, call: TickTickCall) => Promise<TaskOutcome[]>;

async function attempt<T>(chunk: Chunk<T>, call: TickTickCall, send: Send<T>): Promise<TaskOutcome[]> {
  try {
    return await send(chunk, call);
  } catch (failure) {
    const error = bulkError(failure, call);
    if (!mayHaveHappened(error)) throw failure;
    return chunk.map(() => failedOrUnknown(error));
  }
}

/** Sends a chunk, and once more what has no outcome then: for changes that are the same however often they arrive. */
export async function sendTwice<T>(
  chunk: Chunk<T>,
  call: TickTickCall,
  send: Send<T>,
): Promise<TaskOutcome[]> {
  const outcomes = await attempt(chunk, call, send);
  const open = chunk.flatMap((_, index) => (outcomes[index]?.status === 'unknown' ? [index] : []));
  const again = chunk.filter((_, index) => open.includes(index));
  if (again.length === 0 || call.signal?.aborted) return outcomes;
  const settled = (await unlessFailed(attempt(again, call, send), call)) ?? [];
  return outcomes.map((outcome, index) => settled[open.indexOf(index)] ?? outcome);
}
