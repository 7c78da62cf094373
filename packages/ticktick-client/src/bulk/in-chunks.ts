import { AbortedError, type CallOptions, ReauthorizationRequiredError } from '@context-sdk/oauth-core';
import type { BulkOptions, BulkOutcome } from './outcome.ts';

/** An item that passed its checks, with its place in the caller's list. */
export interface Checked<T> {
  index: number;
  item: T;
}

type Send<T, R> = (chunk: readonly Checked<T>[]) => Promise<BulkOutcome<R>[]>;

/** What stops the chunks behind this one from being sent: there is no use in asking again. */
function stopsTheRest<R>(outcomes: readonly BulkOutcome<R>[]): BulkOutcome<R> | undefined {
  return outcomes.find(
    (outcome) => outcome.status === 'failed' && outcome.error instanceof ReauthorizationRequiredError,
  );
}

/**
 * Sends the items chunk after chunk and puts one outcome per item into `outcomes`, at the item's place. After an
 * abort, or once the user has to sign in again, the items that were not sent are `failed`.
 */
export async function inChunks<T, R>(
  items: readonly Checked<T>[],
  size: number,
  outcomes: BulkOutcome<R>[],
  { signal, onProgress }: CallOptions & BulkOptions,
  send: Send<T, R>,
): Promise<void> {
  let stopped: BulkOutcome<R> | undefined;
  const total = outcomes.length;
  let done = total - items.length;
  let failed = done;
  for (let start = 0; start < items.length; start += size) {
    const chunk = items.slice(start, start + size);
    if (signal?.aborted && stopped === undefined) {
      stopped = {
        status: 'failed',
        error: new AbortedError('Aborted before this was sent.', { service: 'ticktick' }),
      };
    }
    const results = stopped === undefined ? await send(chunk) : [];
    chunk.forEach(({ index }, position) => {
      const outcome = results[position] ?? stopped;
      if (outcome !== undefined) outcomes[index] = outcome;
    });
    stopped ??= stopsTheRest(results);
    done += chunk.length;
    failed += chunk.filter(({ index }) => outcomes[index]?.status !== 'ok').length;
    onProgress?.({ done, total, failed });
  }
}
