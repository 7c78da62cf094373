import type { Channel } from '@context-sdk/google-workspace';
import { type ContextSdkError, StoreError } from '@context-sdk/oauth-core';
import { webhookUrl } from '../../options/host-urls.ts';
import { isOfOneCalendar } from '../../utils/own-calendars.ts';
import { randomToken } from '../../utils/text.ts';
import { DAY_MS, type RecordPush, type UserContext } from '../change-source.ts';
import { feedCalendars } from './calendar-feeds.ts';

/** The channel's token is in its route only. `resourceId` is unknown while Google has not answered. */
type CalendarChannel = Pick<Channel, 'id'> &
  Partial<Pick<Channel, 'resourceId' | 'expiration' | 'calendarId'>>;

/** The channels of all calendars that are read. Before there were several, the channel itself was the push. */
export interface CalendarPush extends CalendarChannel {
  channels?: CalendarChannel[];
}

/** A channel for each calendar. One that Google doesn't notify about is polled. */
export async function openChannels(
  context: UserContext,
  path: string,
  record: RecordPush<CalendarPush>,
): Promise<CalendarPush> {
  const { ids } = await feedCalendars(context.clients.calendar, undefined, context.signal);
  const push: CalendarPush & { channels: CalendarChannel[] } = { id: crypto.randomUUID(), channels: [] };
  const failures: ContextSdkError[] = [];
  for (const calendarId of ids) {
    try {
      await openChannel(context, { path, calendarId, push, record });
    } catch (error) {
      if (!isOfOneCalendar(error, context.signal) || error instanceof StoreError) throw error;
      failures.push(error);
    }
  }
  const open = push.channels.filter(({ resourceId }) => resourceId !== undefined);
  if (open.length === 0 && failures[0] !== undefined) throw failures[0];
  return push;
}

/** A channel that Google never answered for can only be ended if a notification told its resource. */
export async function stopChannels({ clients, signal }: UserContext, push: CalendarPush): Promise<void> {
  const open = channelsOf(push).flatMap(({ id, resourceId }) =>
    resourceId === undefined ? [] : [{ id, resourceId }],
  );
  const stops = await Promise.allSettled(open.map((one) => clients.calendar.events.stop(one, { signal })));
  for (const stop of stops) if (stop.status === 'rejected') throw stop.reason;
}

/** The channels of a push of any version. */
export function channelsOf(push: CalendarPush): readonly CalendarChannel[] {
  return push.channels ?? [push];
}

/** Longer than any channel lives. */
const MAX_LIFE_MS = 35 * DAY_MS;
/** When a channel is renewed whose end makes no sense by this machine's clock. */
const UNKNOWN_LIFE_MS = DAY_MS / 24;

/** At half of a short life, and a day before the end of a long one: Google may grant less than an hour or a week. */
export function renewalOf(push: CalendarPush, now: number): number {
  const expirations = channelsOf(push).flatMap(({ expiration }) => expiration ?? []);
  if (expirations.length === 0) return 0;
  const lifeMs = Math.min(...expirations) - now;
  if (lifeMs <= 0 || lifeMs > MAX_LIFE_MS) return now + UNKNOWN_LIFE_MS;
  return now + lifeMs - Math.min(DAY_MS, lifeMs / 2);
}

async function openChannel(
  { options, clients, grant, routing, signal }: UserContext,
  {
    path,
    calendarId,
    push,
    record,
  }: {
    path: string;
    calendarId: string;
    push: CalendarPush & { channels: CalendarChannel[] };
    record: RecordPush<CalendarPush>;
  },
): Promise<void> {
  const id = crypto.randomUUID();
  const token = randomToken();
  const channel: CalendarChannel = { id, calendarId };
  push.channels.push(channel);
  await record(push.id, push);
  // Google may send the first notification before it responds.
  await routing.addChannel(id, { userId: clients.id, owner: grant.owner, calendarId, token });
  const address = webhookUrl(options, path);
  const { resourceId, expiration } = await clients.calendar.events.watch({
    id,
    token,
    address,
    calendarId,
    signal,
  });
  Object.assign(channel, { resourceId, expiration });
  try {
    await record(push.id, push);
  } catch (error) {
    await clients.calendar.events.stop({ id, resourceId }, { signal }).catch(() => undefined);
    throw error;
  }
}
