import { AbortedError, type CallOptions, ReauthorizationRequiredError } from '@context-sdk/oauth-core';
import type { BulkOptions, BulkOutcome, BulkProgress } from './outcome.ts';

/** An item that passed its checks, with its place in the caller's list. */
export interface Checked<T> {
  index: number;
  item: T;
}

export type Chunk<T> = readonly Checked<T>[];

export function chunksOf<T>(items: Chunk<T>, size: number): Chunk<T>[] {
  const chunks: Chunk<T>[] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}

/** What stops the chunks behind this one from being sent: there is no use in asking again. */
function stopsTheRest<R>(outcomes: readonly BulkOutcome<R>[]): BulkOutcome<R> | undefined {
  return outcomes.find(
    (outcome) => outcome.status === 'failed' && outcome.error instanceof ReauthorizationRequiredError,
  );
}

/** A progress bar that breaks must not cost the outcomes. */
function report(onProgress: BulkOptions['onProgress'], progress: BulkProgress): void {
  void (async () => onProgress?.(progress))().catch(() => undefined);
}

/**
 * Sends chunk after chunk and puts one outcome per item into `outcomes`, at the item's place. After an abort, or
 * once the user has to sign in again, the items that were not sent are `failed`.
 */
export async function inChunks<T, R>(
  chunks: readonly Chunk<T>[],
  outcomes: BulkOutcome<R>[],
  { signal, onProgress }: CallOptions & BulkOptions,
  send: (chunk: Chunk<T>) => Promise<BulkOutcome<R>[]>,
): Promise<void> {
  const total = outcomes.length;
  let done = total - chunks.flat().length;
  let failed = done;
  let stopped: BulkOutcome<R> | undefined;
  for (const chunk of chunks) {
    if (signal?.aborted && stopped === undefined) {
      const error = new AbortedError('Aborted before this was sent.', { service: 'ticktick' });
      stopped = { status: 'failed', error };
    }
    const results = stopped === undefined ? await send(chunk) : [];
    chunk.forEach(({ index }, position) => {
      const outcome = results[position] ?? stopped;
      if (outcome !== undefined) outcomes[index] = outcome;
    });
    stopped ??= stopsTheRest(results);
    done += chunk.length;
    failed += chunk.filter(({ index }) => outcomes[index]?.status !== 'ok').length;
    report(onProgress, { done, total, failed });
  }
}
