import { AbortedError, InvalidRequestError, ReauthorizationRequiredError } from '../../errors/index.ts';
import { tellListener } from '../../hooks/tell-listener.ts';
import type { BulkContext } from './lost-responses.ts';
import type { BulkOptions, BulkOutcome } from './outcome.ts';

/** An item that passed its checks, with its place in the caller's list. */
export interface Checked<T> {
  index: number;
  item: T;
}

/** The items of one request. */
export type Chunk<T> = readonly Checked<T>[];

/** Outcomes for so many items, to be filled in as they become known. */
export function newOutcomes<R>(length: number): BulkOutcome<R>[] {
  return Array.from<BulkOutcome<R>>({ length });
}

/** Checks every input before any is sent: one that can't be right is `failed` and keeps no other back. */
export function checkEach<Input, T, R>(
  inputs: readonly Input[],
  outcomes: BulkOutcome<R>[],
  check: (input: Input, at: string, index: number) => T,
): Checked<T>[] {
  // A list with holes is read as if they held undefined.
  return Array.from(inputs).flatMap((input, index) => {
    try {
      return [{ index, item: check(input, `items[${index}]`, index) }];
    } catch (error) {
      if (!(error instanceof InvalidRequestError)) throw error;
      outcomes[index] = { status: 'failed', error };
      return [];
    }
  });
}

/** The items in chunks of `size`. */
export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}

/** What keeps the next chunks from being sent: an abort, or a user who must sign in again. */
function obstacle<R>(
  outcomes: readonly BulkOutcome<R>[],
  { service, signal }: BulkContext,
): BulkOutcome<R> | undefined {
  const refused = outcomes.find(
    (outcome) => outcome.status === 'failed' && outcome.error instanceof ReauthorizationRequiredError,
  );
  if (refused !== undefined || !signal?.aborted) return refused;
  return { status: 'failed', error: new AbortedError('Aborted before this was sent.', { service }) };
}

/**
 * Sends chunk after chunk and puts one outcome per item into `outcomes`, at the item's place. After an abort, or once
 * the user has to sign in again, the items that were not sent are `failed`.
 */
export async function inChunks<T, R>(
  chunks: readonly Chunk<T>[],
  outcomes: BulkOutcome<R>[],
  { onProgress, ...context }: BulkContext & BulkOptions,
  send: (chunk: Chunk<T>) => Promise<BulkOutcome<R>[]>,
): Promise<void> {
  const total = outcomes.length;
  let done = total - chunks.flat().length;
  let failed = done;
  let stopped: BulkOutcome<R> | undefined;
  let results: BulkOutcome<R>[] = [];
  for (const chunk of chunks) {
    // The host's progress callback may have aborted meanwhile.
    stopped ??= obstacle(results, context);
    results = stopped === undefined ? await send(chunk) : [];
    chunk.forEach(({ index }, position) => {
      const outcome = results[position] ?? stopped;
      if (outcome !== undefined) outcomes[index] = outcome;
    });
    done += chunk.length;
    failed += chunk.filter(({ index }) => outcomes[index]?.status !== 'ok').length;
    tellListener(onProgress, { done, total, failed });
  }
}
