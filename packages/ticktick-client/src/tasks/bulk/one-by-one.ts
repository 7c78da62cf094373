import { bulkError, type Chunk, inChunks, newOutcomes } from '@context-sdk/oauth-core/client-kit';
import { isMissingOperation } from '../../errors.ts';
import type { TickTickCall } from '../../operations.ts';
import { done, failedOrUnknown, type TaskOutcome, type TaskReceipt } from './task-outcome.ts';

type SendChunk<Item> = (chunk: Chunk<Item>, call: TickTickCall) => Promise<TaskOutcome[]>;
type SendOne<Item> = (item: Item, call: TickTickCall) => Promise<TaskReceipt>;

/** Sends each task of a chunk in its own request, in order. */
export function oneByOne<Item>(send: SendOne<Item>): SendChunk<Item> {
  return async (chunk, call) => {
    const outcomes = newOutcomes<TaskReceipt>(chunk.length);
    const single = chunk.map(({ item }, index) => [{ index, item }]);
    await inChunks(single, outcomes, call, ([one]) =>
      Promise.all(one === undefined ? [] : [outcomeOf(send(one.item, call), call)]),
    );
    return outcomes;
  };
}

async function outcomeOf(request: Promise<TaskReceipt>, call: TickTickCall): Promise<TaskOutcome> {
  try {
    return done(await request);
  } catch (failure) {
    return failedOrUnknown(bulkError(failure, call));
  }
}

/** Sends batches, until the gateway turns out to have no route for them, and from then on one task at a time. */
export function batchesOrOneByOne<Item>(sendBatch: SendChunk<Item>, sendOne: SendOne<Item>): SendChunk<Item> {
  const sendEach = oneByOne(sendOne);
  let hasBatches = true;
  return async (chunk, call) => {
    if (hasBatches) {
      const outcomes = await unlessMissing(sendBatch(chunk, call));
      if (outcomes !== undefined) return outcomes;
      hasBatches = false;
    }
    return await sendEach(chunk, call);
  };
}

/** `undefined` if there is no such route. */
async function unlessMissing(sent: Promise<TaskOutcome[]>): Promise<TaskOutcome[] | undefined> {
  try {
    const outcomes = await sent;
    const isMissing = outcomes.some(
      (outcome) => outcome.status === 'failed' && isMissingOperation(outcome.error),
    );
    return isMissing ? undefined : outcomes;
  } catch (error) {
    if (error instanceof Error && isMissingOperation(error)) return undefined;
    throw error;
  }
}
