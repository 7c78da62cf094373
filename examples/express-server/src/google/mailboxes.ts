import type { RecordStore } from '@context-sdk/oauth-core';
import type { GoogleApp } from '../settings.ts';
import type { Users } from '../users.ts';

/** Whose mailbox an address is: Gmail's pushes name no more than the address. */
export class Mailboxes {
  readonly #store: RecordStore;
  readonly #users: Users;

  constructor(store: RecordStore, users: Users) {
    this.#store = store;
    this.#users = users;
  }

  /** Has Gmail tell what happens in the user's mailbox, for a week. */
  async watch(userId: string, { topicName }: NonNullable<GoogleApp['push']>): Promise<void> {
    const gmail = this.#users.gmail(userId);
    const { emailAddress } = await gmail.profile.get();
    const record = await this.#store.get(keyOf(emailAddress));
    await this.#store.compareAndSet(keyOf(emailAddress), record?.version, userId);
    await gmail.mailbox.watch({ topicName });
  }

  async ownerOf(emailAddress: string): Promise<string | undefined> {
    return (await this.#store.get(keyOf(emailAddress)))?.value;
  }
}

function keyOf(emailAddress: string): string {
  return `mailbox/${emailAddress}`;
}
