import type { RecordStore } from '@context-sdk/oauth-core';
import { CLOCK_TOLERANCE_MS, DAY_MS, sha256 } from '@context-sdk/oauth-core/client-kit';
import {
  isThere,
  isUnreadable,
  overwriteJson,
  readJson,
  readVersioned,
  readWhole,
  updateJson,
  type Versioned,
} from '../records/json-record.ts';
import { keys } from '../records/keys.ts';
import { isId, isMoment, isText, shapeOf } from '../records/shape.ts';

/** Routes that are not renewed end by themselves. Maintenance renews them at least daily, those of TickTick yearly. */
const CHANNEL_TTL_MS = 35 * DAY_MS;
const MAILBOX_TTL_MS = 14 * DAY_MS;
const HOOK_TTL_MS = 90 * DAY_MS;
const KEY_TTL_MS = 400 * DAY_MS;

/** Whose changes a delivery tells. */
export interface RouteTarget {
  userId: string;
  /** The account that was connected when the push was opened: {@link Grant.owner}. */
  owner: string;
}

/** The target of a Google Calendar channel, and the secret that its notifications carry. */
export interface ChannelRoute extends RouteTarget {
  /** Absent for the channel of the list of calendars. */
  calendarId?: string;
  token: string;
  /** As a notification told it. */
  resourceId?: string;
  /** Epoch milliseconds: when the last notification that the host handled arrived. */
  notifiedAt?: number;
}

/** What a notification tells of its channel. */
type NotificationFacts = Pick<ChannelRoute, 'resourceId' | 'notifiedAt'>;

/** The target of service hooks with a given user name, and the password that they carry. */
export interface HookRoute extends RouteTarget {
  password: string;
}

interface MailboxRoute {
  members: RouteTarget[];
}

const TARGET = { userId: isId, owner: isId };
const KEY_ROUTE = shapeOf(TARGET);
const HOOK_ROUTE = shapeOf({ ...TARGET, password: isId });
const CHANNEL_ROUTE = shapeOf(
  { ...TARGET, token: isId },
  { calendarId: isId, resourceId: isText, notifiedAt: isMoment },
);

/** Whether a record is the route of a random key. */
export function isRouteTarget(value: unknown): value is RouteTarget {
  return KEY_ROUTE(value);
}

export function isHookRoute(value: unknown): value is HookRoute {
  return HOOK_ROUTE(value);
}

export function isChannelRoute(value: unknown): value is ChannelRoute {
  return CHANNEL_ROUTE(value);
}

/** Whether a record is the route of a mailbox. */
export function isMailboxRoute({ members }: Partial<Record<keyof MailboxRoute, unknown>>): boolean {
  return Array.isArray(members) && members.every(isRouteTarget);
}

/** The members of a damaged record that are left, as the record that they are stored in. Nothing if there are none. */
export function mendedMailbox(
  route: Partial<MailboxRoute> | undefined,
): { value: object; ttlMs: number } | undefined {
  const members = membersOf(route);
  return members.length === 0 ? undefined : { value: { members }, ttlMs: MAILBOX_TTL_MS };
}

/** The record of a hook that Azure DevOps may still have. It doesn't name the hook's user. */
export function endedHook(): { value: object; ttlMs: number } {
  return { value: {}, ttlMs: HOOK_TTL_MS };
}

/** Finds the user of a delivery. Routes are stored before a service is asked to deliver. */
export class WebhookRouting {
  readonly #store: RecordStore;

  constructor(store: RecordStore) {
    this.#store = store;
  }

  /** Looks up the random key of a path by its hash, so that response times reveal nothing about valid keys. */
  async targetOfTickTickKey(key: string): Promise<RouteTarget | undefined> {
    const target = await readJson(this.#store, keys.tickTickHook(await sha256(key)));
    return isRouteTarget(target) ? target : undefined;
  }

  async addTickTickKey(key: string, target: RouteTarget): Promise<void> {
    await overwriteJson(this.#store, keys.tickTickHook(await sha256(key)), target, { ttlMs: KEY_TTL_MS });
  }

  async removeTickTickKey(key: string): Promise<void> {
    await this.#store.delete(keys.tickTickHook(await sha256(key)));
  }

  async channel(channelId: string): Promise<ChannelRoute | undefined> {
    return (await this.versionedChannel(channelId))?.value;
  }

  /** A channel with its version, for {@link noteNotification}. */
  async versionedChannel(channelId: string): Promise<Versioned<ChannelRoute> | undefined> {
    return await readVersioned(this.#store, keys.channel(channelId), isChannelRoute);
  }

  /** The resource that a channel watches, if a notification has named it. */
  async resourceOf(channelId: string): Promise<string | undefined> {
    return (await readWhole(this.#store, keys.channel(channelId), isChannelRoute))?.resourceId;
  }

  async addChannel(channelId: string, route: ChannelRoute): Promise<void> {
    await overwriteJson(this.#store, keys.channel(channelId), route, { ttlMs: CHANNEL_TTL_MS });
  }

  /**
   * Records what a notification tells, unless a later one has. A channel that was removed meanwhile stays removed. `known` is the
   * channel as it was when the notification arrived.
   */
  async noteNotification(
    channelId: string,
    facts: NotificationFacts,
    known: Versioned<ChannelRoute>,
  ): Promise<void> {
    await updateJson<ChannelRoute>(
      this.#store,
      keys.channel(channelId),
      (route) => (isChannelRoute(route) && !isNoted(route, facts) ? { ...route, ...facts } : undefined),
      { ttlMs: CHANNEL_TTL_MS, known },
    );
  }

  async removeChannel(channelId: string): Promise<void> {
    await this.#store.delete(keys.channel(channelId));
  }

  async hook(username: string): Promise<HookRoute | undefined> {
    const route = await readJson(this.#store, keys.azureDevOpsHook(username));
    return isHookRoute(route) ? route : undefined;
  }

  async addHook(username: string, route: HookRoute): Promise<void> {
    await overwriteJson(this.#store, keys.azureDevOpsHook(username), route, { ttlMs: HOOK_TTL_MS });
  }

  async removeHook(username: string): Promise<void> {
    await this.#store.delete(keys.azureDevOpsHook(username));
    await this.#store.delete(keys.endedHook(username));
  }

  /** Remembers hooks that Azure DevOps may still have, but not their user. */
  async endHook(username: string): Promise<void> {
    const { value, ttlMs } = endedHook();
    await overwriteJson(this.#store, keys.endedHook(username), value, { ttlMs });
    await this.#store.delete(keys.azureDevOpsHook(username));
  }

  async hasEndedHook(username: string): Promise<boolean> {
    return await isThere(this.#store, keys.endedHook(username));
  }

  /** Several users may have connected the same mailbox. */
  async membersOfMailbox(address: string): Promise<readonly RouteTarget[]> {
    return membersOf(await readJson<Partial<MailboxRoute>>(this.#store, await mailboxKey(address)));
  }

  async addMailbox(address: string, target: RouteTarget): Promise<void> {
    const key = await mailboxKey(address);
    const add = (route: Partial<MailboxRoute> = {}): MailboxRoute => {
      const others = membersOf(route).filter(({ userId }) => userId !== target.userId);
      return { members: [...others, target] };
    };
    try {
      await updateJson<MailboxRoute>(this.#store, key, add, { ttlMs: MAILBOX_TTL_MS });
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      // The other members come back when their watches are renewed.
      await overwriteJson(this.#store, key, add(), { ttlMs: MAILBOX_TTL_MS });
    }
  }

  /** Deletes the record with its last member, or if it is damaged: the others come back when their watches are renewed. */
  async removeMailbox(address: string, userId: string): Promise<void> {
    const key = await mailboxKey(address);
    const remove = (route: Partial<MailboxRoute> | undefined): MailboxRoute | undefined => {
      const members = membersOf(route).filter((member) => member.userId !== userId);
      return route === undefined || members.length === membersOf(route).length ? undefined : { members };
    };
    try {
      await updateJson<MailboxRoute>(this.#store, key, remove, { ttlMs: MAILBOX_TTL_MS });
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      return void (await this.#store.delete(key));
    }
    const record = await this.#store.get(key);
    if (record?.value === JSON.stringify({ members: [] })) await this.#store.delete(key, record.version);
  }
}

/** Whether a notification says nothing new. Many of one channel may arrive at once. A time from the future is from a wrong clock. */
function isNoted(route: ChannelRoute, { resourceId, notifiedAt = 0 }: NotificationFacts): boolean {
  const { notifiedAt: knownAt = 0 } = route;
  return (
    route.resourceId === resourceId && knownAt >= notifiedAt && knownAt <= Date.now() + CLOCK_TOLERANCE_MS
  );
}

/** Nobody, if the record is damaged: members come back when their watches are renewed. */
function membersOf({ members }: Partial<MailboxRoute> = {}): RouteTarget[] {
  const all: readonly unknown[] = Array.isArray(members) ? members : [];
  return all.filter(isRouteTarget);
}

async function mailboxKey(address: string): Promise<string> {
  return keys.mailbox(await sha256(address.toLowerCase()));
}
