import { delay, tellListener } from '@context-sdk/oauth-core/client-kit';
import { ContextSdkError } from '@context-sdk/oauth-core/errors';
import { errors } from '../errors.ts';
import type { Dialect, TickTickService } from '../operations.ts';
import { isOutOfReach } from '../tasks/project-tasks.ts';
import type { FeedEvent } from './change-event.ts';
import type { WatchOptions } from './change-feed.ts';
import { poll } from './poll.ts';

/** Milliseconds until the next poll for each request of a poll: uses a fifth of an account's limits. */
const PACE_MS = 3_000;

/** How often the interval doubles while polls fail. */
const MAX_DOUBLINGS = 4;

/** Polls forever, as `ChangeFeed.watch` promises. */
export async function* watch(
  service: TickTickService,
  dialect: Dialect,
  { intervalMs = 60_000, onError, ...polling }: WatchOptions,
): AsyncGenerator<FeedEvent, never> {
  if (!(intervalMs > 0)) throw errors.misconfigured('intervalMs must be positive.');
  const { signal } = polling;
  const polledRecently = (lastAt: number): boolean => Math.abs(Date.now() - lastAt) < intervalMs / 2;
  let failures = 0;
  const failed = (error: ContextSdkError): void => {
    failures += 1;
    tellListener(onError, error);
  };
  for (;;) {
    const failuresBefore = failures;
    const batch = await unlessTransient(poll(service, dialect, polling, polledRecently), signal, failed);
    if (batch !== undefined && batch.events.length > 0) {
      try {
        yield* batch.events;
        await unlessTransient(batch.acknowledge(), signal, failed);
      } finally {
        // If the caller leaves in the middle, the next watch gets the rest at once.
        batch.release();
      }
    }
    if (failures === failuresBefore) failures = 0;
    await delay(
      Math.max(intervalMs * 2 ** Math.min(failures, MAX_DOUBLINGS), (batch?.requests ?? 0) * PACE_MS),
      signal,
    );
  }
}

/** The result of the work, or undefined after a failure that a later poll can do without. */
async function unlessTransient<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
  onError: (error: ContextSdkError) => void,
): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof ContextSdkError) || !(error.retryable || isOutOfReach(error))) throw error;
    onError(error);
    return undefined;
  }
}
