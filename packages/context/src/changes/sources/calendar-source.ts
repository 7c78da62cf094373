import {
  type CalendarEvent,
  type Channel,
  type DeletedEvent,
  parseCalendarPush,
} from '@context-sdk/google-workspace';
import { InvalidRequestError, WebhookVerificationError } from '@context-sdk/oauth-core';
import { sha256 } from '@context-sdk/oauth-core/client-kit';
import { webhookUrl } from '../../options/host-urls.ts';
import { isRandomName, randomToken } from '../../utils/text.ts';
import {
  type ChangeSource,
  type ChangeWebhook,
  DAY_MS,
  type RecordPush,
  type UserContext,
} from '../change-source.ts';

/** The channel's token is in its route only. `resourceId` is unknown while Google has not answered. */
type CalendarPush = Pick<Channel, 'id'> & Partial<Pick<Channel, 'resourceId' | 'expiration'>>;

interface CalendarPosition {
  cursor: string;
}

const CALENDAR_ID = 'primary';

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

/** The user's primary calendar. Channels live for a week or less, and Google does not renew them. */
export const calendarSource: ChangeSource<CalendarPush, CalendarPosition> = {
  service: 'google-calendar',
  provider: 'google',
  webhook: calendarWebhook,
  // One request per minute. The limit is 600 per user.
  pollEveryMs: 60_000,
  canPush: () => true,
  canPoll: () => true,

  async open(context, _previous, record) {
    const push = await openChannel(context, record);
    return { id: push.id, push, renewAt: renewalOf(push, Date.now()) };
  },

  async unroute({ routing }, { id }) {
    await routing.removeChannel(id);
  },

  /** A channel that Google never answered for can only be ended if a notification told its resource. */
  async stop({ clients, signal }, { id, resourceId }) {
    if (resourceId !== undefined) await clients.calendar.events.stop({ id, resourceId }, { signal });
  },

  async poll({ clients, grant, routing, signal }, position, emit, push) {
    const { cursor, events, deleted, full } = await syncPrimary(clients, position?.cursor, signal);
    if (position === undefined) return { cursor };
    const notifiedAt = push && (await routing.channel(push.id))?.notifiedAt;
    const untold = [...events, ...deleted].filter((event) => !isOlderThan(event, notifiedAt));
    if (full || untold.length > 0) {
      const id = `${CALENDAR_ID}/${full ? cursor : await sha256(JSON.stringify(untold.map(versionOf)))}`;
      const data = { calendarId: CALENDAR_ID };
      const common = { source: 'google-calendar', type: 'changed', userId: clients.id } as const;
      await emit({ event: { ...common, id, verified: true, data, raw: untold }, owner: grant.owner });
    }
    return { cursor };
  },
};

/** Begins anew with a cursor that is damaged. One that Google refuses begins anew in the client. */
async function syncPrimary(
  { calendar }: UserContext['clients'],
  cursor: string | undefined,
  signal: AbortSignal,
) {
  const options = { calendarId: CALENDAR_ID, signal };
  try {
    return await calendar.events.sync(cursor, options);
  } catch (error) {
    if (!(error instanceof InvalidRequestError) || error.field !== 'cursor') throw error;
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

/** At half of a short life, and a day before the end of a long one: Google may grant less than an hour or a week. */
function renewalOf({ expiration = 0 }: CalendarPush, now: number): number {
  return expiration - Math.min(DAY_MS, Math.max(expiration - now, 0) / 2);
}

async function openChannel(
  { options, clients, grant, routing, signal }: UserContext,
  record: RecordPush<CalendarPush>,
): Promise<CalendarPush> {
  const id = crypto.randomUUID();
  const token = randomToken();
  await record(id, { id });
  // Google may send the first notification before it responds.
  const target = { userId: clients.id, owner: grant.owner };
  await routing.addChannel(id, { ...target, calendarId: CALENDAR_ID, token });
  const address = webhookUrl(options, calendarWebhook.path);
  const channel = { id, token, address, calendarId: CALENDAR_ID, signal };
  const { resourceId, expiration } = await clients.calendar.events.watch(channel);
  const push = { id, resourceId, expiration };
  try {
    await record(id, push);
  } catch (error) {
    await clients.calendar.events.stop(push, { signal }).catch(() => undefined);
    throw error;
  }
  return push;
}
