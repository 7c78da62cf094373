import type { Channel } from '@context-sdk/google-workspace';
import { ApiError, type ContextSdkError, StoreError } from '@context-sdk/oauth-core';
import { webhookUrl } from '../../options/host-urls.ts';
import { isId, isMoment, isNumber, isText, listOf, type Shape, shapeOf } from '../../records/shape.ts';
import { isOfOneCalendar } from '../../utils/own-calendars.ts';
import { randomToken } from '../../utils/text.ts';
import { DAY_MS, type RecordPush, type StopContext, type UserContext } from '../change-source.ts';
import { type CalendarPosition, feedCalendars, followedBy, PRIMARY, readPosition } from './calendar-feeds.ts';

/** The channel's token is in its route only. `resourceId` is unknown while Google has not answered. */
interface CalendarChannel extends Pick<Channel, 'id'>, Partial<Pick<Channel, 'resourceId' | 'expiration'>> {
  /** Absent for the channel of the list of calendars. */
  calendarId?: string;
  /** When Google was asked for it, and when it has to be renewed, in epoch milliseconds. */
  askedAt?: number;
  renewAt?: number;
  /** `refused`: there is none. `failed`: there may be one, or another try may open one. */
  failure?: 'refused' | 'failed';
}

/** One channel for each calendar that is read, and one for their list. Before there were several, the channel itself was the push. */
export type CalendarPush = { channels: CalendarChannel[] } | (CalendarChannel & { channels?: undefined });

const CHANNEL = shapeOf(
  { id: isId },
  {
    resourceId: isText,
    expiration: isNumber,
    calendarId: isId,
    askedAt: isMoment,
    renewAt: isMoment,
    channels: () => false,
  },
);
const CHANNELS = shapeOf({ channels: listOf(CHANNEL) });

export const isCalendarPush: Shape = (push) => CHANNELS(push) || CHANNEL(push);

/**
 * A channel for each calendar and for their list, in place of those before, of which the fresh ones stay. What Google doesn't
 * notify about is polled.
 */
export async function openChannels(
  context: UserContext,
  path: string,
  { push, position }: { push: CalendarPush | undefined; position: CalendarPosition | undefined },
  record: RecordPush<CalendarPush>,
): Promise<CalendarChannel[]> {
  const { onPartFailed, signal } = context;
  const channels: CalendarChannel[] = [];
  const failures: ContextSdkError[] = [];
  for (const calendarId of await followed(context, position)) {
    const former = push && channelOf(push, calendarId);
    const isKept = former !== undefined && isFresh(former, Date.now());
    const channel: CalendarChannel = isKept ? former : newChannel(calendarId);
    channels.push(channel);
    const recordIt = (): Promise<void> => record(channel.id, { channels: [channel] });
    try {
      if (isKept) await recordIt();
      else await openChannel(context, path, { channel, former, record: recordIt });
    } catch (error) {
      if (!isOfOneCalendar(error, signal) || error instanceof StoreError) throw error;
      channel.failure = error instanceof ApiError && !error.retryable ? 'refused' : 'failed';
      onPartFailed?.({ ...(calendarId !== undefined && { calendarId }), error });
      if (calendarId !== undefined) failures.push(error);
    }
  }
  const isOpen = channels.some((one) => one.calendarId !== undefined && one.resourceId !== undefined);
  if (!isOpen && failures[0] !== undefined) throw failures[0];
  return channels;
}

async function followed(
  context: UserContext,
  stored: CalendarPosition | undefined,
): Promise<(string | undefined)[]> {
  const position = readPosition(stored);
  if (position !== undefined) return followedBy(position);
  const { ids, list } = await feedCalendars(context, undefined);
  return list === undefined ? ids : [...ids, undefined];
}

function newChannel(calendarId: string | undefined): CalendarChannel {
  return { id: crypto.randomUUID(), ...(calendarId !== undefined && { calendarId }), askedAt: Date.now() };
}

/** Whether a channel can stay when others are opened: it is open, and not half as old as it gets. */
function isFresh({ resourceId, failure, askedAt = 0, renewAt = 0 }: CalendarChannel, now: number): boolean {
  const isOpen = resourceId !== undefined && failure === undefined;
  return isOpen && askedAt <= now && now - askedAt < renewAt - now;
}

/** Ends the channels whose resource is known: from Google's answer, or from a notification. */
export async function stopChannels({ clients, signal }: StopContext, push: CalendarPush): Promise<void> {
  const open = channelsOf(push).flatMap(({ id, resourceId }) =>
    resourceId === undefined ? [] : [{ id, resourceId }],
  );
  const stops = await Promise.allSettled(open.map((one) => clients.calendar.events.stop(one, { signal })));
  for (const stop of stops) if (stop.status === 'rejected') throw stop.reason;
}

/** The channels of a push of any version. */
export function channelsOf(push: CalendarPush): readonly CalendarChannel[] {
  return push.channels ?? [{ ...push, calendarId: push.calendarId ?? PRIMARY }];
}

/** The channel of a calendar, or, without an id, of the list of calendars. */
export function channelOf(push: CalendarPush, calendarId: string | undefined): CalendarChannel | undefined {
  return channelsOf(push).find((channel) => channel.calendarId === calendarId);
}

/** The push with the resources that notifications named of channels for which Google's answer was lost. */
export async function withDelivered(
  { routing }: Pick<UserContext, 'routing'>,
  push: CalendarPush,
): Promise<CalendarPush> {
  const channels = await Promise.all(
    channelsOf(push).map(async (channel) => {
      const resourceId = channel.resourceId ?? (await routing.resourceOf(channel.id));
      return { ...channel, ...(resourceId !== undefined && { resourceId }) };
    }),
  );
  return { channels };
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
function channelRenewal({ expiration, failure, renewAt }: CalendarChannel, now: number): number {
  if (failure === 'refused') return Number.POSITIVE_INFINITY;
  if (renewAt !== undefined) return renewAt;
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
  const { id, calendarId } = channel;
  const token = randomToken();
  await record();
  // What the former channel has told is not told again.
  const notifiedAt = former && (await routing.channel(former.id))?.notifiedAt;
  const known = notifiedAt === undefined ? {} : { notifiedAt };
  const place = calendarId === undefined ? {} : { calendarId };
  // Google may send the first notification before it responds.
  await routing.addChannel(id, { userId: clients.id, owner: grant.owner, ...place, token, ...known });
  const { events, calendarList } = clients.calendar;
  const wanted = { id, token, address: webhookUrl(options, path), signal };
  const { resourceId, expiration } =
    calendarId === undefined
      ? await calendarList.watch(wanted)
      : await events.watch({ ...wanted, calendarId });
  Object.assign(channel, { resourceId, expiration });
  channel.renewAt = channelRenewal(channel, Date.now());
  try {
    await record();
  } catch (error) {
    await events.stop({ id, resourceId }, { signal }).catch(() => undefined);
    throw error;
  }
}
