import {
  bulkError,
  type BulkOptions,
  checkEach,
  type Chunk,
  chunksOf,
  inChunks,
  mayHaveHappened,
  newOutcomes,
} from '@context-sdk/oauth-core/client-kit';
import { SERVICE } from '../../errors.ts';
import { checkList } from '../../input.ts';
import { MAX_IN_BATCH } from '../../requests/work-item-requests.ts';
import type { AdoCall } from '../../wire.ts';
import type { WorkItemOutcome } from './batch-outcome.ts';

/** The outcome of an item whose request failed: `unknown` where it may have taken effect. */
export function failedOrUnknown(failure: unknown, call: AdoCall): WorkItemOutcome {
  const error = bulkError(failure, { service: SERVICE, signal: call.signal });
  return { status: mayHaveHappened(error) ? 'unknown' : 'failed', error };
}

/**
 * Checks the inputs, sends them 200 to a request, and gives one outcome per input, in order. `at` stands before a
 * field's name in errors. Throws {@link InvalidRequestError} where the inputs are not a list.
 */
export async function runBatches<Input, Item>(
  call: AdoCall,
  inputs: readonly Input[],
  check: (input: Input, at: string) => Item,
  { onProgress }: BulkOptions,
  send: (chunk: Chunk<Item>) => Promise<WorkItemOutcome[]>,
): Promise<WorkItemOutcome[]> {
  checkList(inputs, 'items');
  const outcomes: WorkItemOutcome[] = newOutcomes(inputs.length);
  const checked = checkEach(inputs, outcomes, (input, at) => check(input, `${at}.`));
  const context = { service: SERVICE, signal: call.signal, onProgress };
  await inChunks(chunksOf(checked, MAX_IN_BATCH), outcomes, context, async (chunk) => {
    try {
      return await send(chunk);
    } catch (failure) {
      return chunk.map(() => failedOrUnknown(failure, call));
    }
  });
  return outcomes;
}
