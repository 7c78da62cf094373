import type { RecordStore } from '@context-sdk/oauth-core';
import { sha256 } from '@context-sdk/oauth-core/client-kit';
import { readJson, updateJson } from '../records/json-record.ts';
import { keys } from '../records/keys.ts';

/** The target of a Google Calendar channel, and the secret that its notifications carry. */
export interface ChannelRoute {
  userId: string;
  calendarId: string;
  token: string;
}

/** The target of service hooks with a given user name, and the password that they carry. */
export interface HookRoute {
  userId: string;
  password: string;
}

interface KeyRoute {
  userId: string;
}

interface MailboxRoute {
  userIds: string[];
}

/** Finds the user of a delivery. Routes are stored before a service is asked to deliver. */
export class WebhookRouting {
  readonly #store: RecordStore;

  constructor(store: RecordStore) {
    this.#store = store;
  }

  /** Looks up the random key of a path by its hash, so that response times reveal nothing about valid keys. */
  async userOfTickTickKey(key: string): Promise<string | undefined> {
    return (await readJson<KeyRoute>(this.#store, keys.tickTickHook(await sha256(key))))?.userId;
  }

  async addTickTickKey(key: string, userId: string): Promise<void> {
    await this.#write(keys.tickTickHook(await sha256(key)), { userId });
  }

  async removeTickTickKey(key: string): Promise<void> {
    await this.#store.delete(keys.tickTickHook(await sha256(key)));
  }

  channel(channelId: string): Promise<ChannelRoute | undefined> {
    return readJson<ChannelRoute>(this.#store, keys.channel(channelId));
  }

  async addChannel(channelId: string, route: ChannelRoute): Promise<void> {
    await this.#write(keys.channel(channelId), route);
  }

  async removeChannel(channelId: string): Promise<void> {
    await this.#store.delete(keys.channel(channelId));
  }

  hook(username: string): Promise<HookRoute | undefined> {
    return readJson<HookRoute>(this.#store, keys.azureDevOpsHook(username));
  }

  async addHook(username: string, route: HookRoute): Promise<void> {
    await this.#write(keys.azureDevOpsHook(username), route);
  }

  async removeHook(username: string): Promise<void> {
    await this.#store.delete(keys.azureDevOpsHook(username));
  }

  /** Several users may have connected the same mailbox. */
  async usersOfMailbox(address: string): Promise<readonly string[]> {
    return (await readJson<MailboxRoute>(this.#store, await mailboxKey(address)))?.userIds ?? [];
  }

  async addMailbox(address: string, userId: string): Promise<void> {
    await updateJson<MailboxRoute>(this.#store, await mailboxKey(address), (route = { userIds: [] }) =>
      route.userIds.includes(userId) ? undefined : { userIds: [...route.userIds, userId] },
    );
  }

  async removeMailbox(address: string, userId: string): Promise<void> {
    await updateJson<MailboxRoute>(this.#store, await mailboxKey(address), (route) =>
      route?.userIds.includes(userId)
        ? { userIds: route.userIds.filter((other) => other !== userId) }
        : undefined,
    );
  }

  async #write(key: string, route: object): Promise<void> {
    await updateJson(this.#store, key, () => route);
  }
}

async function mailboxKey(address: string): Promise<string> {
  return keys.mailbox(await sha256(address.toLowerCase()));
}
