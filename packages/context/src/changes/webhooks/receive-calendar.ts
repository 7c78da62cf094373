import { parseCalendarPush } from '@context-sdk/google-workspace';
import type { Receive } from './receive.ts';

/** A notification of a channel: whose it is says the channel's id, and its token proves it. */
export const receiveCalendar: Receive = async ({ owners }, { headers }) => {
  const channelId = headers.get('x-goog-channel-id') ?? '';
  const owner = channelId === '' ? undefined : await owners.ofChannel(channelId);
  const { data, ...event } = await parseCalendarPush(headers, { token: () => owner?.token });
  if (owner === undefined) return [];
  const { userId, calendarId } = owner;
  const { resourceId } = data;
  return [{ ...event, userId, data: { calendarId, channelId, resourceId } }];
};
