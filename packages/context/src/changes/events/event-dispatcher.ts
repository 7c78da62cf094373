import type { RecordStore } from '@context-sdk/oauth-core';
import { sha256 } from '@context-sdk/oauth-core/client-kit';
import type { ResolvedOptions } from '../../options/resolved-options.ts';
import { keys } from '../../records/keys.ts';
import { asError, nameOfError } from '../../utils/as-error.ts';
import { inTime } from '../../utils/in-time.ts';
import type { ContextEvent, OnEvent } from '../context-event.ts';
import { deleteDeadLetter, type OnDeadLetter } from './dead-letters.ts';
import { claimDelivery, type ClaimedDelivery, rememberFailed, rememberHandled } from './delivery-record.ts';
import { handleInTime } from './handle-in-time.ts';
import { isConnected } from './is-connected.ts';
import type { EventOutcome, OutgoingEvent } from './outgoing-event.ts';
import { deletePendingEvent, savePendingEvent } from './pending-events.ts';
import { saveDeadLetter } from './stored-letters.ts';

/** What the host wants to hear. */
export interface EventHandlers {
  onEvent: OnEvent | undefined;
  onDeadLetter: OnDeadLetter | undefined;
  /** Tries per event. After that it is a dead letter. */
  maxAttempts: number;
  follower?: TaskFollower | undefined;
}

/** What has the blocks and the links of tasks follow them. */
export interface TaskFollower {
  /** Whether an event may mean something for a block or a link. */
  isConcerned(event: ContextEvent): Promise<boolean>;
  follow(event: ContextEvent, options: { signal: AbortSignal }): Promise<void>;
}

/** An event with the keys of its records. */
interface KeyedEvent {
  outgoing: OutgoingEvent;
  onEvent: OnEvent;
  /** The record that says whether the event was handled. */
  key: string;
  /** Names the event among those of all users. */
  id: string;
}

/** Passes each event to the host once, even if it is delivered several times or to several processes. */
export class EventDispatcher {
  readonly #options: Pick<ResolvedOptions, 'store' | 'providers' | 'jobs'>;
  readonly #handlers: EventHandlers;

  constructor(options: Pick<ResolvedOptions, 'store' | 'providers' | 'jobs'>, handlers: EventHandlers) {
    this.#options = options;
    this.#handlers = handlers;
  }

  /**
   * Passes an event to the host and tells what came of it. Rejects only if the store fails before the host is called. An
   * event without an id or a user cannot be recognized and is always new; one without an id is recorded if the host fails.
   */
  async dispatch(outgoing: OutgoingEvent): Promise<EventOutcome> {
    const { follower } = this.#handlers;
    // Asked before the host is called: a store that fails then must not have the host called again.
    const isForBlocks = (await follower?.isConcerned(outgoing.event)) === true;
    if (outgoing.to === 'blocks') {
      return isForBlocks ? await this.#dispatchToBlocks(outgoing) : { state: 'gone' };
    }
    const outcome = await this.#dispatchTo(this.#handlers.onEvent, outgoing);
    if (outcome.state === 'gone' || !isForBlocks) return outcome;
    const followed = await this.#dispatchToBlocks(outgoing).catch(unrecorded);
    // What could not even be recorded for another try has to be delivered again, if the host can tell that it has it already.
    return followed.state === 'failed' && outgoing.event.id !== undefined ? followed : outcome;
  }

  /** Each event is handled once by the host and once by the blocks: neither waits for the other's tries. */
  async #dispatchToBlocks({ event, owner, to }: OutgoingEvent): Promise<EventOutcome> {
    const { follower } = this.#handlers;
    // Deliveries of the guide's dialect have no ids.
    const id = `blocks/${event.id ?? crypto.randomUUID()}`;
    const own = to === 'blocks' ? event : ({ ...event, id } as ContextEvent);
    const handle: OnEvent = (one, options) => follower?.follow(one, options);
    return await this.#dispatchTo(handle, { event: own, owner, to: 'blocks' });
  }

  async #dispatchTo(onEvent: OnEvent | undefined, outgoing: OutgoingEvent): Promise<EventOutcome> {
    const { event } = outgoing;
    if (event.id === undefined || event.userId === undefined) {
      if (onEvent === undefined) return { state: 'handled' };
      if (!(await isConnected(this.#options, outgoing))) return { state: 'gone' };
      const error = await handleInTime(event, onEvent);
      if (error === undefined) return { state: 'handled' };
      return await this.#keep(outgoing, onEvent, error).catch(() => ({ state: 'failed', error }));
    }
    if (onEvent === undefined)
      return { state: (await isConnected(this.#options, outgoing)) ? 'handled' : 'gone' };
    const keyed = await keyedEvent(outgoing, onEvent, { userId: event.userId, id: event.id });
    const { key } = keyed;
    const claimed = await claimDelivery(this.#options.store, key);
    if (claimed === 'handled' || claimed === 'busy') {
      if (!(await isConnected(this.#options, outgoing))) return { state: 'gone' };
      return claimed === 'busy' ? { state: 'busy' } : { state: 'handled', isRepeated: true };
    }
    // Checked after the claim is stored: a disconnect that does not see the claim is seen here.
    if (!(await isConnected(this.#options, outgoing))) {
      await this.#options.store.delete(key, claimed.version);
      return { state: 'gone' };
    }
    return await this.#handle(keyed, claimed);
  }

  /** Records an event that has no id for another try, under an id of our own. Without a user, nobody could be asked again. */
  async #keep(outgoing: OutgoingEvent, onEvent: OnEvent, error: Error): Promise<EventOutcome> {
    const { userId } = outgoing.event;
    if (userId === undefined) return { state: 'failed', error };
    const id = crypto.randomUUID();
    const named = { ...outgoing, event: { ...outgoing.event, id } };
    const keyed = await keyedEvent(named, onEvent, { userId, id });
    const claimed = await claimDelivery(this.#options.store, keyed.key);
    if (typeof claimed === 'string') return { state: 'failed', error };
    return await this.#fail(keyed, { attempts: 1, version: claimed.version }, error);
  }

  async #handle(keyed: KeyedEvent, { attempts, version }: ClaimedDelivery): Promise<EventOutcome> {
    const { store } = this.#options;
    const { outgoing, onEvent, key, id } = keyed;
    const error = await handleInTime(outgoing.event, onEvent);
    if (error !== undefined) return await this.#fail(keyed, { attempts: attempts + 1, version }, error);
    await rememberHandled(store, key, version);
    await this.#rememberOtherIds(outgoing);
    if (attempts > 0) await store.delete(keys.pendingEvent(id)).catch(() => undefined);
    return { state: 'handled' };
  }

  async #fail(
    keyed: KeyedEvent,
    { attempts, version }: ClaimedDelivery,
    error: Error,
  ): Promise<EventOutcome> {
    const { store } = this.#options;
    const { outgoing, key, id } = keyed;
    const isDead = attempts >= this.#handlers.maxAttempts;
    try {
      if (!isDead) {
        const nextAt = await savePendingEvent(store, keys.pendingEvent(id), outgoing, attempts);
        await rememberFailed(store, key, version, attempts);
        await this.#options.jobs.plan(keys.pendingEvent(id), nextAt);
        if (await isConnected(this.#options, outgoing)) return { state: 'pending', error, attempts };
        return await this.#leave(keyed);
      }
      if (outgoing.to === 'blocks') {
        await store.delete(keys.pendingEvent(id));
        await rememberHandled(store, key, version);
        return { state: 'dead' };
      }
      const { event, owner } = outgoing;
      const errorName = nameOfError(error);
      const failedAt = Date.now();
      const letter = await saveDeadLetter(store, id, { event, owner, attempts, failedAt, errorName });
      await store.delete(keys.pendingEvent(id));
      if (!(await isConnected(this.#options, outgoing))) return await this.#leave(keyed);
      await rememberHandled(store, key, version);
      // What it throws is ignored, and nothing waits for one that never ends.
      await inTime(() => this.#handlers.onDeadLetter?.(letter, error)).catch(() => undefined);
      return { state: 'dead' };
    } catch {
      await giveBack(store, key, version);
      return { state: 'failed', error };
    }
  }

  /** Deletes what was written of an event after its account was left, which a disconnect didn't see. */
  async #leave({ key, id }: KeyedEvent): Promise<EventOutcome> {
    const { store } = this.#options;
    await deletePendingEvent(store, keys.pendingEvent(id));
    await deleteDeadLetter(store, id);
    await store.delete(key);
    return { state: 'gone' };
  }

  async #rememberOtherIds(outgoing: OutgoingEvent): Promise<void> {
    const { store } = this.#options;
    const { event, owner, alsoAs = [] } = outgoing;
    const { userId, source } = event;
    if (userId === undefined || alsoAs.length === 0) return;
    const hashes = await Promise.all(alsoAs.map((id) => sha256(JSON.stringify([owner, id]))));
    const known = hashes.map((hash) => keys.delivery(userId, source, hash));
    for (const key of known) await rememberHandled(store, key, undefined);
    // What a disconnect deleted while the host was handling the event stays deleted.
    if (await isConnected(this.#options, outgoing).catch(() => true)) return;
    for (const key of known) await store.delete(key).catch(() => undefined);
  }
}

async function keyedEvent(
  outgoing: OutgoingEvent,
  onEvent: OnEvent,
  { userId, id: eventId }: { userId: string; id: string },
): Promise<KeyedEvent> {
  const { source } = outgoing.event;
  const hash = await sha256(JSON.stringify([outgoing.owner, eventId]));
  const key = keys.delivery(userId, source, hash);
  return { outgoing, onEvent, key, id: `${encodeURIComponent(userId)}/${source}/${hash}` };
}

/** The store failed before it could say that the blocks are to follow. */
function unrecorded(thrown: unknown): EventOutcome {
  return { state: 'failed', error: asError(thrown) };
}

/** Lets the next delivery begin at once. If the store fails, it may begin when the record expires. */
async function giveBack(store: RecordStore, key: string, version: string): Promise<void> {
  await store.delete(key, version).catch(() => undefined);
}
