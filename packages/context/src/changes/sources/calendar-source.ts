import { type ChangeSource } from '../change-source.ts';
import {
  type CalendarPush,
  channelsOf,
  isCalendarPush,
  isUnanswered,
  openChannels,
  renewalOf,
  stopChannels,
  withDelivered,
} from './calendar-channels.ts';
import { type CalendarPosition, followedBy, readPosition } from './calendar-feeds.ts';
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
  isPush: isCalendarPush,
  // Its route knows the rest.
  lostPush: (id) => ({ channels: [{ id }] }),

  async open(context, previous, record) {
    const channels = await openChannels(context, calendarWebhook.path, previous, record);
    const push = { channels };
    return { ids: channels.map(({ id }) => id), push, renewAt: renewalOf(push, Date.now()) };
  },

  isOutdated: (push, stored) => {
    const position = readPosition(stored);
    if (push.channels === undefined || position === undefined) return false;
    const open = new Set(push.channels.map(({ calendarId }) => calendarId));
    const followed = followedBy(position);
    return followed.length !== open.size || followed.some((id) => !open.has(id));
  },

  isPartial: ({ isPartial }) => isPartial === true,
  withDelivered,
  mayBeOpen: (push) => channelsOf(push).some((channel) => isUnanswered(channel, Date.now())),

  async unroute({ routing }, push) {
    for (const { id } of channelsOf(push)) await routing.removeChannel(id);
  },

  stop: stopChannels,
  poll: pollCalendars,
};
