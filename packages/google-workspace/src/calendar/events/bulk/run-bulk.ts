import {
  type BulkContext,
  bulkError,
  type BulkOptions,
  type BulkOutcome,
  type Checked,
  type Chunk,
  chunksOf,
  type Classify,
  inChunks,
  mayHaveHappened,
  type ServiceResponse,
  settleLostResponse,
} from '@context-sdk/oauth-core/client-kit';
import { ContextSdkError, UnexpectedResponseError } from '@context-sdk/oauth-core/errors';
import type { BatchPart } from '../../../batch/batch-part.ts';
import { sendBatch } from '../../../bulk/send-batch.ts';
import type { CalendarCall, CalendarOperationName, CalendarService } from '../../operations.ts';

/** What a batch of Calendar takes at most. https://developers.google.com/workspace/calendar/api/guides/batch */
const MAX_PARTS = 50;

/** What bulk calls are sent with. */
export interface BulkParts {
  service: CalendarService;
  classify: Classify;
  /** Units that the parts of an operation cost each. */
  costs: (name: CalendarOperationName) => number;
  /** Units that one request can cost at most: what the limits allow. */
  maxUnits: number;
}

/** How one kind of change is made many times. */
export interface BulkPlan<Item, Result> {
  name: CalendarOperationName;
  partOf(item: Item): BatchPart;
  /** What a part's response or error means. */
  outcomeOf(
    item: Item,
    result: ServiceResponse | ContextSdkError,
    call: CalendarCall,
  ): BulkOutcome<Result> | Promise<BulkOutcome<Result>>;
  /** What became of an item whose response was lost. */
  settle(
    item: Item,
    error: ContextSdkError,
    call: CalendarCall,
  ): BulkOutcome<Result> | Promise<BulkOutcome<Result>>;
}

/** Sends the items, 50 per request, and fills in their outcomes. */
export async function runBulk<Item, Result>(
  plan: BulkPlan<Item, Result>,
  items: readonly Checked<Item>[],
  outcomes: BulkOutcome<Result>[],
  { service, classify, costs, maxUnits }: BulkParts,
  call: CalendarCall,
  onProgress: BulkOptions['onProgress'],
): Promise<BulkOutcome<Result>[]> {
  const { signal } = call;
  const cost = costs(plan.name);
  const size = Math.max(1, Math.min(MAX_PARTS, Math.floor(maxUnits / cost)));
  const context = { service: service.name, signal, onProgress };
  const sender = { call, name: plan.name, cost, classify };
  const results = async (chunk: Chunk<Item>): Promise<BulkOutcome<Result>[]> => {
    const answers = await sendBatch(
      sender,
      chunk.map(({ item }) => plan.partOf(item)),
    );
    return await Promise.all(
      chunk.map(({ item }, position) => outcomeOf(plan, item, answers[position], call)),
    );
  };
  const settled = async (chunk: Chunk<Item>, error: ContextSdkError): Promise<BulkOutcome<Result>[]> =>
    await Promise.all(chunk.map(async ({ item }) => await plan.settle(item, error, call)));
  await inChunks(chunksOf(items, size), outcomes, context, (chunk) =>
    settleLostResponse(chunk, context, results(chunk), (error) => settled(chunk, error)),
  );
  return outcomes;
}

async function outcomeOf<Item, Result>(
  plan: BulkPlan<Item, Result>,
  item: Item,
  result: ServiceResponse | ContextSdkError | undefined,
  call: CalendarCall,
): Promise<BulkOutcome<Result>> {
  if (result === undefined) throw new RangeError('A batch has a result for every part.');
  if (result instanceof ContextSdkError && mayHaveHappened(result))
    return await plan.settle(item, result, call);
  try {
    return await plan.outcomeOf(item, result, call);
  } catch (error) {
    if (error instanceof UnexpectedResponseError) return await plan.settle(item, error, call);
    throw error;
  }
}

/** The outcome of a request of its own. */
export async function asOutcome<Result>(
  request: Promise<Result>,
  context: BulkContext,
): Promise<BulkOutcome<Result>> {
  try {
    return { status: 'ok', ...(await request) };
  } catch (failure) {
    const error = bulkError(failure, context);
    return { status: mayHaveHappened(error) ? 'unknown' : 'failed', error };
  }
}
