import { type Channel, parseCalendarPush } from '@context-sdk/google-workspace';
import { webhookUrl } from '../../options/host-urls.ts';
import { randomToken } from '../../utils/text.ts';
import { type ChangeSource, type ChangeWebhook, DAY_MS, type UserContext } from '../change-source.ts';

/** The channel's token is in its route only. */
type CalendarPush = Pick<Channel, 'id' | 'resourceId' | 'expiration'>;

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
    const route = channelId === '' ? undefined : await routing.channel(channelId);
    const { data, ...event } = await parseCalendarPush(headers, { token: () => route?.token });
    if (route === undefined) return [];
    const { userId, calendarId } = route;
    const { resourceId } = data;
    return [{ ...event, userId, data: { calendarId, channelId, resourceId } }];
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

  async open(context, previous) {
    const push = await openChannel(context);
    // A channel that cannot be stopped expires, and its token is no longer valid.
    if (previous !== undefined) await closeChannel(context, previous).catch(() => undefined);
    return { push, renewAt: renewalOf(push, Date.now()) };
  },

  close: closeChannel,

  async poll({ clients, signal }, position, emit) {
    const options = { calendarId: CALENDAR_ID, signal };
    const { cursor, events, deleted, full } = await clients.calendar.events.sync(position?.cursor, options);
    if (position !== undefined && (full || events.length + deleted.length > 0)) {
      await emit({
        source: 'google-calendar',
        type: 'changed',
        id: `${CALENDAR_ID}/${position.cursor}`,
        userId: clients.id,
        verified: true,
        data: { calendarId: CALENDAR_ID },
        raw: [...events, ...deleted],
      });
    }
    return { cursor };
  },
};

/** At half of a short life, and a day before the end of a long one: Google may grant less than an hour or a week. */
function renewalOf({ expiration }: CalendarPush, now: number): number {
  return expiration - Math.min(DAY_MS, Math.max(expiration - now, 0) / 2);
}

async function openChannel({ options, clients, routing, signal }: UserContext): Promise<CalendarPush> {
  const id = crypto.randomUUID();
  const token = randomToken();
  // Google may send the first notification before it responds.
  await routing.addChannel(id, { userId: clients.id, calendarId: CALENDAR_ID, token });
  try {
    const address = webhookUrl(options, calendarWebhook.path);
    const channel = { id, token, address, calendarId: CALENDAR_ID, signal };
    const { resourceId, expiration } = await clients.calendar.events.watch(channel);
    return { id, resourceId, expiration };
  } catch (error) {
    await routing.removeChannel(id);
    throw error;
  }
}

async function closeChannel({ clients, routing, signal }: UserContext, channel: CalendarPush): Promise<void> {
  await routing.removeChannel(channel.id);
  await clients.calendar.events.stop(channel, { signal });
}
