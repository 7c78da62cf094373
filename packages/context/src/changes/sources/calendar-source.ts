import type { Channel } from '@context-sdk/google-workspace';
import { randomText } from '../../utils/random-token.ts';
import { DAY_MS, type Feed, type FeedParts } from './change-source.ts';

/** Its token is in the record of whose channel it is. */
type CalendarPush = Pick<Channel, 'id' | 'resourceId' | 'expiration'>;

interface CalendarPosition {
  cursor: string;
}

const CALENDAR = 'primary';

async function openChannel({ clients, owners, userId, url, signal }: FeedParts): Promise<CalendarPush> {
  const [id, token] = [crypto.randomUUID(), randomText()];
  // The first notification may come before Google has answered.
  await owners.addChannel(id, { userId, calendarId: CALENDAR, token });
  try {
    const wanted = { id, token, address: url('google/calendar'), calendarId: CALENDAR, signal };
    const { resourceId, expiration } = await clients.calendar.events.watch(wanted);
    return { id, resourceId, expiration };
  } catch (error) {
    await owners.removeChannel(id);
    throw error;
  }
}

async function closeChannel({ clients, owners, signal }: FeedParts, channel: CalendarPush): Promise<void> {
  await owners.removeChannel(channel.id);
  await clients.calendar.events.stop(channel, { signal });
}

/** The user's own calendar. Channels live for a week, and Google renews none. */
export const calendarFeed: Feed<CalendarPush, CalendarPosition> = {
  service: 'google-calendar',
  provider: 'google',
  // A request a minute, of the 600 that a user may make.
  pollEveryMs: 60_000,
  canPush: () => true,
  canPoll: () => true,

  async open(parts, before) {
    const push = await openChannel(parts);
    // One that can't be stopped ends by itself; nobody knows its token any more.
    if (before !== undefined) await closeChannel(parts, before).catch(() => undefined);
    return { push, renewAt: push.expiration - DAY_MS };
  },

  close: closeChannel,

  async poll({ clients, userId, signal }, position, emit) {
    const synced = await clients.calendar.events.sync(position?.cursor, { calendarId: CALENDAR, signal });
    const { cursor, events, deleted, full } = synced;
    if (position !== undefined && (full || events.length + deleted.length > 0)) {
      const id = `${CALENDAR}/${position.cursor}`;
      const raw = [...events, ...deleted];
      const data = { calendarId: CALENDAR };
      await emit({ source: 'google-calendar', type: 'changed', id, userId, verified: true, data, raw });
    }
    return { cursor };
  },
};
