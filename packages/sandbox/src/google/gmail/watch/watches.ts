import { DAY_MS } from '../../../time/clock.ts';
import type { PubSub } from '../../pubsub/pubsub.ts';
import type { HistoryRecord } from '../mailbox/history.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';

/** What an app wants to hear of. */
export interface WatchRequest {
  readonly topicName: string;
  /** Empty: every change. */
  readonly labelIds: readonly string[];
  /** Whether `labelIds` are what is wanted, or what is not. */
  readonly behavior: 'include' | 'exclude';
}

interface Watch extends WatchRequest {
  /** Milliseconds since the epoch. */
  readonly expiration: number;
}

const LIFETIME_MS = 7 * DAY_MS;

/** Who watches which mailbox: one watch for each app and mailbox, seven days long. */
export class Watches {
  readonly #byMailbox = new Map<Mailbox, Map<string, Watch>>();
  readonly #pubsub: PubSub;

  constructor(pubsub: PubSub) {
    this.#pubsub = pubsub;
  }

  /** The topic of the app's watch, while it lasts. */
  topicOf(mailbox: Mailbox, clientId: string): string | undefined {
    const watch = this.#byMailbox.get(mailbox)?.get(clientId);
    return watch && watch.expiration > mailbox.now() ? watch.topicName : undefined;
  }

  /** Starts the app's watch, or renews it. Gives its end: milliseconds since the epoch. */
  start(mailbox: Mailbox, clientId: string, request: WatchRequest): number {
    const expiration = mailbox.now() + LIFETIME_MS;
    const watches = this.#byMailbox.get(mailbox) ?? new Map<string, Watch>();
    this.#byMailbox.set(mailbox, watches.set(clientId, { ...request, expiration }));
    return expiration;
  }

  stop(mailbox: Mailbox, clientId: string): void {
    this.#byMailbox.get(mailbox)?.delete(clientId);
  }

  /** Notifies every watch. `historyId` is a number on the wire, whatever the documents show. */
  notify(mailbox: Mailbox, record: HistoryRecord): void {
    for (const watch of this.#byMailbox.get(mailbox)?.values() ?? []) {
      if (watch.expiration <= mailbox.now() || !isWatched(watch, record)) continue;
      this.#pubsub.publish(watch.topicName, { emailAddress: mailbox.address, historyId: record.id });
    }
  }
}

function isWatched({ labelIds, behavior }: WatchRequest, record: HistoryRecord): boolean {
  if (labelIds.length === 0) return true;
  const touched = [...record.labelIds, ...record.changedLabelIds];
  return touched.some((label) => labelIds.includes(label)) === (behavior === 'include');
}
