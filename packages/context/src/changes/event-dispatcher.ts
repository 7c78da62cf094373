import { type RecordStore, ServiceUnavailableError, TimeoutError } from '@context-sdk/oauth-core';
import { sha256 } from '@context-sdk/oauth-core/client-kit';
import { keys } from '../records/keys.ts';
import { asError } from '../utils/as-error.ts';
import type { ContextEvent, OnEvent } from './context-event.ts';

/** The host's time for one event. Services give up on a delivery after ten seconds. */
const HANDLING_MS = 8_000;
/** The host's time plus a margin. If a process crashes, the next delivery is accepted after this. */
const PROCESSING_MS = 20_000;
/** How long a handled event is remembered. */
const DONE_MS = 24 * 3_600_000;

/** Passes each event to the host once, even if it is delivered several times or to several processes. */
export class EventDispatcher {
  readonly #store: RecordStore;
  readonly #onEvent: OnEvent | undefined;

  constructor(store: RecordStore, onEvent: OnEvent | undefined) {
    this.#store = store;
    this.#onEvent = onEvent;
  }

  /**
   * Resolves once the host has handled the event, now or earlier. Rejects if the event has to be redelivered: with the
   * host's error, with {@link TimeoutError} after 8 s, or with {@link ServiceUnavailableError} while another process
   * handles it. An event without an id cannot be recognized and is always new.
   */
  async dispatch(event: ContextEvent): Promise<void> {
    if (this.#onEvent === undefined) return;
    if (event.id === undefined) return await handleInTime(event, this.#onEvent);
    const key = keys.delivery(await sha256(JSON.stringify([event.source, event.userId, event.id])));
    const version = await this.#store.compareAndSet(key, undefined, 'processing', { ttlMs: PROCESSING_MS });
    if (version === undefined) return await this.#checkDone(key);
    try {
      await handleInTime(event, this.#onEvent);
    } catch (error) {
      await this.#store.delete(key, version);
      throw asError(error);
    }
    await this.#store.compareAndSet(key, version, 'done', { ttlMs: DONE_MS });
  }

  async #checkDone(key: string): Promise<void> {
    const record = await this.#store.get(key);
    if (record?.value === 'done') return;
    throw new ServiceUnavailableError('The event is being handled by another delivery.');
  }
}

async function handleInTime(event: ContextEvent, onEvent: OnEvent): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  const timeout = new TimeoutError(`The host took longer than ${HANDLING_MS} ms.`, {
    timeoutMs: HANDLING_MS,
  });
  const timer = setTimeout(() => controller.abort(timeout), HANDLING_MS);
  const timedOut = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(timeout), { once: true });
  });
  try {
    await Promise.race([(async () => onEvent(event, { signal }))(), timedOut]);
  } finally {
    clearTimeout(timer);
  }
}
