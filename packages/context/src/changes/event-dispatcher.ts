import { type RecordStore, ServiceUnavailableError, sha256, TimeoutError } from '@context-sdk/oauth-core';
import { keys } from '../records/keys.ts';
import type { ContextEvent, OnEvent } from './context-event.ts';

/** Services give up on a delivery after ten seconds. */
const HANDLING_MS = 8_000;
/** The host's time and some slack: after a crash in the middle the next delivery is taken up. */
const PROCESSING_MS = 20_000;
const DONE_MS = 24 * 3_600_000;

/** Gives events to the host, each once, however often and in however many processes it is delivered. */
export class EventHandout {
  readonly #store: RecordStore;
  readonly #onEvent: OnEvent | undefined;

  constructor({ store, onEvent }: { store: RecordStore; onEvent: OnEvent | undefined }) {
    this.#store = store;
    this.#onEvent = onEvent;
  }

  /**
   * Resolves when the host has the event, now or before. Rejects where it has to be delivered again: with what the host
   * threw, with {@link TimeoutError} where it took longer than 8 s, or with {@link ServiceUnavailableError} while another
   * process is at it. An event without an id can't be told from another: it is always new.
   */
  async give(event: ContextEvent): Promise<void> {
    if (this.#onEvent === undefined) return;
    if (event.id === undefined) return await this.#handle(event, this.#onEvent);
    const key = keys.delivery(await sha256(JSON.stringify([event.source, event.userId, event.id])));
    const version = await this.#store.compareAndSet(key, undefined, 'processing', { ttlMs: PROCESSING_MS });
    if (version === undefined) return await this.#checkDone(key);
    try {
      await this.#handle(event, this.#onEvent);
    } catch (error) {
      await this.#store.delete(key, version);
      throw error;
    }
    await this.#store.compareAndSet(key, version, 'done', { ttlMs: DONE_MS });
  }

  async #checkDone(key: string): Promise<void> {
    const record = await this.#store.get(key);
    if (record?.value === 'done') return;
    throw new ServiceUnavailableError('The event is being handled at this moment.');
  }

  async #handle(event: ContextEvent, onEvent: OnEvent): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    const late = new TimeoutError(`The host took longer than ${HANDLING_MS} ms.`, { timeoutMs: HANDLING_MS });
    const timer = setTimeout(() => controller.abort(late), HANDLING_MS);
    const ended = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(late), { once: true });
    });
    try {
      await Promise.race([(async () => onEvent(event, { signal }))(), ended]);
    } finally {
      clearTimeout(timer);
    }
  }
}
