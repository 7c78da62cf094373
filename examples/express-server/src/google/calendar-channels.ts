import type { RecordStore } from '@context-sdk/oauth-core';
import { randomValue } from '../cookies.ts';
import type { Users } from '../users.ts';

interface ChannelOwner {
  userId: string;
  token: string;
}

/** Google's push channels for users' calendars: whose they are, and the secret that every push has to bring. */
export class CalendarChannels {
  readonly #store: RecordStore;
  readonly #users: Users;
  readonly #address: string;

  constructor(store: RecordStore, users: Users, backendUrl: URL) {
    this.#store = store;
    this.#users = users;
    this.#address = new URL('/webhooks/google/calendar', backendUrl).href;
  }

  /** Has Google tell what happens in the user's calendar, for a week. */
  async open(userId: string): Promise<void> {
    const id = crypto.randomUUID();
    const token = randomValue();
    // Before the request: Google's first message may be faster than its answer.
    const owner: ChannelOwner = { userId, token };
    await this.#store.compareAndSet(keyOf(id), undefined, JSON.stringify(owner));
    await this.#users.calendar(userId).events.watch({ id, token, address: this.#address });
  }

  async ownerOf(channelId: string): Promise<ChannelOwner | undefined> {
    const record = await this.#store.get(keyOf(channelId));
    return record === undefined ? undefined : (JSON.parse(record.value) as ChannelOwner);
  }
}

function keyOf(channelId: string): string {
  return `channel/${channelId}`;
}
