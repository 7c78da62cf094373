import {
  type CalendarEvent,
  type Channel,
  type DeletedEvent,
  parseCalendarPush,
} from '@context-sdk/google-workspace';
import {
  type ContextSdkError,
  InvalidRequestError,
  StoreError,
  WebhookVerificationError,
} from '@context-sdk/oauth-core';
import { sha256 } from '@context-sdk/oauth-core/client-kit';
import { webhookUrl } from '../../options/host-urls.ts';
import { isOfOneCalendar } from '../../utils/own-calendars.ts';
import { isRandomName, randomToken } from '../../utils/text.ts';
import {
  type ChangeSource,
  type ChangeWebhook,
  DAY_MS,
  type Emit,
  type RecordPush,
  type UserContext,
} from '../change-source.ts';
import {
  type CalendarListChange,
  type CalendarPosition,
  feedCalendars,
  PRIMARY,
  readPosition,
} from './calendar-feeds.ts';

/** The channel's token is in its route only. `resourceId` is unknown while Google has not answered. */
type CalendarChannel = Pick<Channel, 'id'> &
  Partial<Pick<Channel, 'resourceId' | 'expiration' | 'calendarId'>>;

/** The channels of all calendars that are read. Before there were several, the channel itself was the push. */
interface CalendarPush extends CalendarChannel {
  channels?: CalendarChannel[];
}

const calendarWebhook: ChangeWebhook = {
  path: 'google/calendar',
  allowsPathKey: false,

  /** The channel's id identifies the user, and its token proves that Google sent the notification. */
  async receive({ routing }, { headers }) {
    const channelId = headers.get('x-goog-channel-id') ?? '';
    const route = isRandomName(channelId) ? await routing.channel(channelId) : undefined;
    if (route === undefined && channelId !== '') {
      throw new WebhookVerificationError('The notification belongs to no open channel.', {
        service: 'google-calendar',
      });
    }
    const receivedAt = Date.now();
    const { data, ...event } = await parseCalendarPush(headers, { token: () => route?.token });
    if (route === undefined) return [];
    const { userId, owner, calendarId } = route;
    const { resourceId } = data;
    const notifiedAt = event.type === 'changed' ? { notifiedAt: receivedAt } : {};
    return [
      {
        event: { ...event, userId, data: { calendarId, channelId, resourceId } },
        owner,
        onHandled: () => routing.noteNotification(channelId, { resourceId, ...notifiedAt }),
      },
    ];
  },
};

/** The user's own calendars, one feed each. Channels live for a week or less, and Google does not renew them. */
export const calendarSource: ChangeSource<CalendarPush, CalendarPosition> = {
  service: 'google-calendar',
  provider: 'google',
  webhook: calendarWebhook,
  // One request per minute and calendar, and one for the list. The limit is 600 per user.
  pollEveryMs: 60_000,
  canPush: () => true,
  canPoll: () => true,

  async open(context, _previous, record) {
    const push = await openChannels(context, calendarWebhook.path, record);
    return { id: push.id, push, renewAt: renewalOf(push, Date.now()) };
  },

  isOutdated: (push, stored) => {
    const open = new Set(channelsOf(push).map(({ calendarId = PRIMARY }) => calendarId));
    const read = Object.keys(readPosition(stored)?.cursors ?? {});
    // A calendar that went ends its channel with the next renewal: what it tells no longer matters.
    return read.some((id) => !open.has(id) && push.channels !== undefined);
  },

  async unroute({ routing }, push) {
    for (const { id } of channelsOf(push)) await routing.removeChannel(id);
  },

  /** A channel that Google never answered for can only be ended if a notification told its resource. */
  async stop({ clients, signal }, push) {
    const open = channelsOf(push).flatMap(({ id, resourceId }) =>
      resourceId === undefined ? [] : [{ id, resourceId }],
    );
    const stops = await Promise.allSettled(open.map((one) => clients.calendar.events.stop(one, { signal })));
    for (const stop of stops) if (stop.status === 'rejected') throw stop.reason;
  },

  async poll(context, stored, emit, push) {
    const position = readPosition(stored);
    const { ids, list, change } = await feedCalendars(context.clients.calendar, position, context.signal);
    const cursors: CalendarPosition['cursors'] = {};
    const failures: ContextSdkError[] = [];
    for (const id of ids) {
      const cursor = position?.cursors[id] ?? null;
      try {
        cursors[id] = await pollCalendar(context, id, cursor, emit, push);
      } catch (error) {
        if (error instanceof HostFailure) throw error.reason;
        if (!isOfOneCalendar(error, context.signal)) throw error;
        cursors[id] = cursor;
        failures.push(error);
      }
    }
    // One calendar that can't be read costs no other; it is read from the same position next time.
    if (failures.length === ids.length && failures[0] !== undefined) throw failures[0];
    if (change.added.length + change.removed.length > 0)
      await emitListChange(context, list ?? '', change, emit);
    return { cursors, ...(list !== undefined && { list }) };
  },
};

/** What the host or the store says to an event, told apart from what Google says of a calendar. */
class HostFailure extends Error {
  readonly reason: unknown;

  constructor(reason: unknown) {
    super('An event could not be passed on.');
    this.reason = reason;
  }
}

/** Tells what has changed since the cursor, if there is one. Returns the next. */
async function pollCalendar(
  { clients, grant, routing, signal }: UserContext,
  calendarId: string,
  before: string | null,
  emit: Emit,
  push: CalendarPush | undefined,
): Promise<string> {
  const { cursor, events, deleted, full } = await syncCalendar(
    clients,
    calendarId,
    before ?? undefined,
    signal,
  );
  if (before === null) return cursor;
  const channel = push && channelsOf(push).find((one) => (one.calendarId ?? PRIMARY) === calendarId);
  const notifiedAt = channel && (await routing.channel(channel.id))?.notifiedAt;
  const untold = [...events, ...deleted].filter((event) => !isOlderThan(event, notifiedAt));
  if (!full && untold.length === 0) return cursor;
  const id = `${calendarId}/${full ? cursor : await sha256(JSON.stringify(untold.map(versionOf)))}`;
  const common = { source: 'google-calendar', type: 'changed', userId: clients.id } as const;
  const event = { ...common, id, verified: true, data: { calendarId }, raw: untold } as const;
  await emit({ event, owner: grant.owner }).catch((error: unknown) => {
    throw new HostFailure(error);
  });
  return cursor;
}

async function emitListChange(
  { clients, grant }: UserContext,
  list: string,
  data: CalendarListChange,
  emit: Emit,
): Promise<void> {
  const common = { source: 'google-calendar', type: 'calendars.changed', userId: clients.id } as const;
  const id = `calendars/${await sha256(JSON.stringify([list, data]))}`;
  await emit({ event: { ...common, id, verified: true, data, raw: data }, owner: grant.owner });
}

/** Begins anew with a cursor that is damaged. One that Google refuses begins anew in the client. */
async function syncCalendar(
  { calendar }: UserContext['clients'],
  calendarId: string,
  cursor: string | undefined,
  signal: AbortSignal,
) {
  const options = { calendarId, signal };
  try {
    return await calendar.events.sync(cursor, options);
  } catch (error) {
    const isDamaged = error instanceof InvalidRequestError && error.field === 'cursor';
    if (!isDamaged) throw error;
    return await calendar.events.sync(undefined, options);
  }
}

/** Names an event's state. Google may tell nothing of a deleted event but its id. */
function versionOf(event: CalendarEvent | DeletedEvent): unknown {
  const { etag, updated } = event as Partial<CalendarEvent>;
  return [event.id, etag ?? updated ?? event];
}

/** Whether the change was made before a notification: then that told it. */
function isOlderThan(event: CalendarEvent | DeletedEvent, notifiedAt: number | undefined): boolean {
  const updatedAt = Date.parse((event as Partial<CalendarEvent>).updated ?? '');
  return notifiedAt !== undefined && updatedAt <= notifiedAt;
}

function channelsOf(push: CalendarPush): readonly CalendarChannel[] {
  return push.channels ?? [push];
}

/** At half of a short life, and a day before the end of a long one: Google may grant less than an hour or a week. */
function renewalOf(push: CalendarPush, now: number): number {
  const expirations = channelsOf(push).flatMap(({ expiration }) => expiration ?? []);
  const first = expirations.length > 0 ? Math.min(...expirations) : 0;
  return first - Math.min(DAY_MS, Math.max(first - now, 0) / 2);
}

/** A channel for each calendar. One that Google doesn't notify about is polled. */
async function openChannels(
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
