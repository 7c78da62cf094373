import type { Channel } from '@context-sdk/google-workspace';
import { ApiError, type ContextSdkError, StoreError } from '@context-sdk/oauth-core';
import { webhookUrl } from '../../options/host-urls.ts';
import { isOfOneCalendar } from '../../utils/own-calendars.ts';
import { randomToken } from '../../utils/text.ts';
import { DAY_MS, type RecordPush, type UserContext } from '../change-source.ts';
import { feedCalendars, PRIMARY } from './calendar-feeds.ts';

/** The channel's token is in its route only. `resourceId` is unknown while Google has not answered. */
interface CalendarChannel
  extends Pick<Channel, 'id'>, Partial<Pick<Channel, 'resourceId' | 'expiration' | 'calendarId'>> {
  /** When Google was asked for it, in epoch milliseconds. */
  askedAt?: number;
  /** `refused`: there is none. `failed`: there may be one, or another try may open one. */
  failure?: 'refused' | 'failed';
}

/** The channels of all calendars that are read. Before there were several, the channel itself was the push. */
export interface CalendarPush extends CalendarChannel {
  channels?: CalendarChannel[];
}

/** A channel for each calendar, in place of those before. One that Google doesn't notify about is polled. */
export async function openChannels(
  context: UserContext,
  path: string,
  previous: CalendarPush | undefined,
  record: RecordPush<CalendarPush>,
): Promise<CalendarPush> {
  const { ids } = await feedCalendars(context.clients.calendar, undefined, context.signal);
  const push = { id: crypto.randomUUID(), channels: [] as CalendarChannel[] };
  const failures: ContextSdkError[] = [];
  for (const calendarId of ids) {
    const channel: CalendarChannel = { id: crypto.randomUUID(), calendarId, askedAt: Date.now() };
    push.channels.push(channel);
    try {
      const former = previous && channelOf(previous, calendarId);
      await openChannel(context, path, { channel, former, record: () => record(push.id, push) });
    } catch (error) {
      if (!isOfOneCalendar(error, context.signal) || error instanceof StoreError) throw error;
      channel.failure = error instanceof ApiError && !error.retryable ? 'refused' : 'failed';
      failures.push(error);
    }
  }
  const isOpen = push.channels.some(({ resourceId }) => resourceId !== undefined);
  if (!isOpen && failures[0] !== undefined) throw failures[0];
  return push;
}

/** Ends the channels whose resource is known: from Google's answer, or from a notification. */
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

export function channelOf(push: CalendarPush, calendarId: string): CalendarChannel | undefined {
  return channelsOf(push).find((one) => (one.calendarId ?? PRIMARY) === calendarId);
}

/** The push with the resources that notifications named of channels for which Google's answer was lost. */
export async function withDelivered(
  { routing }: Pick<UserContext, 'routing'>,
  push: CalendarPush,
): Promise<CalendarPush> {
  const channels = await Promise.all(
    channelsOf(push).map(async (channel) => {
      const resourceId = channel.resourceId ?? (await routing.channel(channel.id))?.resourceId;
      return { ...channel, ...(resourceId !== undefined && { resourceId }) };
    }),
  );
  return { ...push, channels };
}

/** Longer than any channel lives. */
const MAX_LIFE_MS = 35 * DAY_MS;
/** When a channel is renewed whose end makes no sense by this machine's clock. */
const UNKNOWN_LIFE_MS = DAY_MS / 24;

/** Whether a channel may be open that can't be ended, as nobody knows its resource yet. */
export function isUnanswered({ resourceId, failure, askedAt = 0 }: CalendarChannel, now: number): boolean {
  return resourceId === undefined && failure !== 'refused' && askedAt + MAX_LIFE_MS > now;
}

/** The first renewal that one of the channels needs. */
export function renewalOf(push: CalendarPush, now: number): number {
  return Math.min(now + MAX_LIFE_MS, ...channelsOf(push).map((channel) => channelRenewal(channel, now)));
}

/** At half of a short life, and a day before the end of a long one: Google may grant less than an hour or a week. */
function channelRenewal({ expiration, failure }: CalendarChannel, now: number): number {
  if (failure === 'refused') return Number.POSITIVE_INFINITY;
  const lifeMs = (expiration ?? 0) - now;
  if (lifeMs <= 0 || lifeMs > MAX_LIFE_MS) return now + UNKNOWN_LIFE_MS;
  return now + lifeMs - Math.min(DAY_MS, lifeMs / 2);
}

interface Opening {
  channel: CalendarChannel;
  former: CalendarChannel | undefined;
  record: () => Promise<void>;
}

/** The channel is recorded before Google is asked for it, and with Google's answer. */
async function openChannel(
  { options, clients, grant, routing, signal }: UserContext,
  path: string,
  { channel, former, record }: Opening,
): Promise<void> {
  const { id, calendarId = PRIMARY } = channel;
  const token = randomToken();
  await record();
  // What the former channel has told is not told again.
  const notifiedAt = former && (await routing.channel(former.id))?.notifiedAt;
  const known = notifiedAt === undefined ? {} : { notifiedAt };
  // Google may send the first notification before it responds.
  await routing.addChannel(id, { userId: clients.id, owner: grant.owner, calendarId, token, ...known });
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
    await record();
  } catch (error) {
    await clients.calendar.events.stop({ id, resourceId }, { signal }).catch(() => undefined);
    throw error;
  }
}
