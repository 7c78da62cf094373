import { ConfigurationError, ContextSdkError } from '@context-sdk/oauth-core';
import { delay } from '@context-sdk/oauth-core/client-kit';
import type { Transport } from '../transport/transport.ts';
import type { TaskChangeEvent } from './change-event.ts';
import type * as polling from './poll.ts';
import type { ChangeBatch, PollOptions } from './poll.ts';

/** How a feed is watched. */
export interface WatchOptions extends PollOptions {
  /** Milliseconds between two polls at least; a minute unless given. */
  intervalMs?: number | undefined;
  /** Told of failures that pass by themselves: the watch goes on after them. */
  onError?: ((error: ContextSdkError) => void) | undefined;
}

/** Loaded with the first poll: a tenth of the client, for hosts that follow changes. */
function loadPoll(): Promise<typeof polling> {
  return import('./poll.ts');
}

/** A request a poll for every three seconds until the next: a fifth of what an account may do. */
const PACE_MS = 3_000;

/**
 * What changes in an account, by comparing what it holds now with what it held: TickTick's Open API has no webhooks.
 * A poll takes one request while nothing vanished and there are fewer than 200 open tasks, else projects + 3; a
 * vanished task is read once more before it is called completed, moved or deleted.
 */
export class ChangeFeed {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * What changed since the last acknowledged poll of this key. One consumer at a time: while another's batch is not
   * acknowledged this waits, at most `leaseTtlMs`. Scope `tasks:read`.
   */
  async poll(options: PollOptions): Promise<ChangeBatch> {
    checkKey(options);
    const { nothingNew, poll } = await loadPoll();
    return (await poll(this.#transport, options)) ?? nothingNew(0);
  }

  /**
   * Polls for ever and gives event after event; a batch is acknowledged when the event behind its last one is asked
   * for. Several processes may watch one key: each change reaches one of them. A failure that passes is told to
   * `onError`, any other ends the watch, and so does `signal`, with its reason.
   */
  async *watch(options: WatchOptions): AsyncGenerator<TaskChangeEvent, never> {
    checkKey(options);
    const { intervalMs = 60_000, signal } = options;
    if (!(intervalMs > 0)) throw new ConfigurationError('intervalMs must be positive.');
    const polledLately = (lastAt: number): boolean => Math.abs(Date.now() - lastAt) < intervalMs / 2;
    const { poll } = await loadPoll();
    for (;;) {
      const batch = await unlessPassing(poll(this.#transport, options, polledLately), options);
      if (batch !== undefined && batch.events.length > 0) {
        try {
          yield* batch.events;
          await unlessPassing(batch.acknowledge(), options);
        } finally {
          // Who leaves in the middle leaves the rest to the next watch, at once.
          batch.release();
        }
      }
      await delay(Math.max(intervalMs, (batch?.requests ?? 0) * PACE_MS), signal);
    }
  }
}

/** What the work gives, or undefined after a failure that passes by itself. */
async function unlessPassing<T>(work: Promise<T>, { signal, onError }: WatchOptions): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof ContextSdkError) || !error.retryable) throw error;
    onError?.(error);
    return undefined;
  }
}

function checkKey({ key, store }: PollOptions): void {
  if (typeof key !== 'string' || key === '') throw new ConfigurationError('key is empty.');
  if (typeof store?.compareAndSet !== 'function') throw new ConfigurationError('store is not a RecordStore.');
}
