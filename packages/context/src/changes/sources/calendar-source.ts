import { type ChangeSource } from '../change-source.ts';
import { type CalendarPush, channelsOf, openChannels, renewalOf, stopChannels } from './calendar-channels.ts';
import { type CalendarPosition, PRIMARY, readPosition } from './calendar-feeds.ts';
import { calendarWebhook } from './calendar-webhook.ts';
import { pollCalendars } from './poll-calendars.ts';

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

  stop: stopChannels,
  poll: pollCalendars,
};
