import { type RecordStore, sha256 } from '@context-sdk/oauth-core';
import { readJson, updateJson } from '../../records/json-record.ts';
import { keys } from '../../records/keys.ts';

/** A channel of Google Calendar, and the secret that its notifications bring. */
export interface ChannelOwner {
  userId: string;
  calendarId: string;
  token: string;
}

/** A user's service hooks, by the user name that their deliveries bring. */
export interface HookOwner {
  userId: string;
  password: string;
}

interface MailboxOwners {
  userIds: string[];
}

/** Whose deliveries these are: records that are written before a service is asked to deliver. */
export class DeliveryOwners {
  readonly #store: RecordStore;

  constructor(store: RecordStore) {
    this.#store = store;
  }

  /** By the random key of the path. Looked up by its hash, so that no comparison tells anything of it. */
  async ofTickTickKey(key: string): Promise<string | undefined> {
    return (await readJson<{ userId: string }>(this.#store, keys.tickTickHook(await sha256(key))))?.value
      .userId;
  }

  async addTickTickKey(key: string, userId: string): Promise<void> {
    await updateJson<{ userId: string }>(this.#store, keys.tickTickHook(await sha256(key)), () => ({
      userId,
    }));
  }

  async removeTickTickKey(key: string): Promise<void> {
    await this.#store.delete(keys.tickTickHook(await sha256(key)));
  }

  async ofChannel(channelId: string): Promise<ChannelOwner | undefined> {
    return (await readJson<ChannelOwner>(this.#store, keys.channel(channelId)))?.value;
  }

  async addChannel(channelId: string, owner: ChannelOwner): Promise<void> {
    await updateJson<ChannelOwner>(this.#store, keys.channel(channelId), () => owner);
  }

  async removeChannel(channelId: string): Promise<void> {
    await this.#store.delete(keys.channel(channelId));
  }

  async ofHook(username: string): Promise<HookOwner | undefined> {
    return (await readJson<HookOwner>(this.#store, keys.azureDevOpsHook(username)))?.value;
  }

  async addHook(username: string, owner: HookOwner): Promise<void> {
    await updateJson<HookOwner>(this.#store, keys.azureDevOpsHook(username), () => owner);
  }

  async removeHook(username: string): Promise<void> {
    await this.#store.delete(keys.azureDevOpsHook(username));
  }

  /** Several users may have connected one mailbox. */
  async ofMailbox(address: string): Promise<readonly string[]> {
    return (await readJson<MailboxOwners>(this.#store, await mailboxKey(address)))?.value.userIds ?? [];
  }

  async addMailbox(address: string, userId: string): Promise<void> {
    await updateJson<MailboxOwners>(this.#store, await mailboxKey(address), (owners = { userIds: [] }) =>
      owners.userIds.includes(userId) ? undefined : { userIds: [...owners.userIds, userId] },
    );
  }

  async removeMailbox(address: string, userId: string): Promise<void> {
    await updateJson<MailboxOwners>(this.#store, await mailboxKey(address), (owners) =>
      owners?.userIds.includes(userId)
        ? { userIds: owners.userIds.filter((other) => other !== userId) }
        : undefined,
    );
  }
}

async function mailboxKey(address: string): Promise<string> {
  return keys.mailbox(await sha256(address.toLowerCase()));
}
