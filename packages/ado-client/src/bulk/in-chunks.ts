import {
  AbortedError,
  type CallOptions,
  InvalidRequestError,
  ReauthorizationRequiredError,
} from '@context-sdk/oauth-core';
import { checkList } from '../input/checked-object.ts';
import { bulkError, mayHaveHappened } from './lost-answers.ts';
import type { BulkOptions, BulkOutcome, BulkProgress } from './outcome.ts';

/** An item that passed its checks, with its place in the caller's list. */
export interface Checked<T> {
  index: number;
  item: T;
}

export type Chunk<T> = readonly Checked<T>[];

/** Checks every input before any is sent: one that can't be right is `failed` and keeps no other back. */
export function checkEach<Input, T, R>(
  inputs: readonly Input[],
  outcomes: BulkOutcome<R>[],
  check: (input: Input, at: string) => T,
): Checked<T>[] {
  // A list with holes is read as if they held undefined.
  return Array.from(inputs).flatMap((input, index) => {
    try {
      return [{ index, item: check(input, `items[${index}].`) }];
    } catch (error) {
      if (!(error instanceof InvalidRequestError)) throw error;
      outcomes[index] = { status: 'failed', error };
      return [];
    }
  });
}

function chunksOf<T>(items: Chunk<T>, size: number): Chunk<T>[] {
  const chunks: Chunk<T>[] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}

/** A progress bar that breaks must not cost the outcomes. */
function report(onProgress: BulkOptions['onProgress'], progress: BulkProgress): void {
  void (async () => onProgress?.(progress))().catch(() => undefined);
}

async function outcomesOf<T, R>(
  chunk: Chunk<T>,
  signal: AbortSignal | undefined,
  send: (chunk: Chunk<T>) => Promise<BulkOutcome<R>[]>,
): Promise<BulkOutcome<R>[]> {
  try {
    return await send(chunk);
  } catch (failure) {
    const error = bulkError(failure, signal);
    const status = mayHaveHappened(error) ? 'unknown' : 'failed';
    return chunk.map(() => ({ status, error }));
  }
}

/** What stops the chunks behind this one from being sent. */
function stop<R>(
  outcomes: readonly BulkOutcome<R>[],
  signal: AbortSignal | undefined,
): BulkOutcome<R> | undefined {
  const refused = outcomes.find(
    (outcome) => outcome.status === 'failed' && outcome.error instanceof ReauthorizationRequiredError,
  );
  if (refused !== undefined || !signal?.aborted) return refused;
  return {
    status: 'failed',
    error: new AbortedError('Aborted before this was sent.', { service: 'azure-devops' }),
  };
}

/**
 * Checks the inputs, sends them chunk after chunk, and gives one outcome per input, in order. After an abort, or once
 * the user has to sign in again, what was not sent is `failed`. Throws {@link InvalidRequestError} for no list.
 */
export async function inChunks<Input, T, R>(
  inputs: readonly Input[],
  size: number,
  check: (input: Input, at: string) => T,
  { signal, onProgress }: CallOptions & BulkOptions,
  send: (chunk: Chunk<T>) => Promise<BulkOutcome<R>[]>,
): Promise<BulkOutcome<R>[]> {
  checkList(inputs, 'items');
  const outcomes = Array.from<BulkOutcome<R>>({ length: inputs.length });
  const checked = checkEach(inputs, outcomes, check);
  let done = inputs.length - checked.length;
  let failed = done;
  let stopped = stop<R>([], signal);
  for (const chunk of chunksOf(checked, size)) {
    const results = stopped === undefined ? await outcomesOf(chunk, signal, send) : [];
    chunk.forEach(({ index }, position) => {
      const outcome = results[position] ?? stopped;
      if (outcome !== undefined) outcomes[index] = outcome;
    });
    stopped ??= stop(results, signal);
    done += chunk.length;
    failed += chunk.filter(({ index }) => outcomes[index]?.status !== 'ok').length;
    report(onProgress, { done, total: inputs.length, failed });
  }
  return outcomes;
}
