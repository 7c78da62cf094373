import { parseCalendarPush } from '@context-sdk/google-workspace';
import { WebhookVerificationError } from '@context-sdk/oauth-core';
import { currentGrant } from '../../connections/current-grant.ts';
import { isRandomName } from '../../utils/text.ts';
import { bringPollForward } from '../bring-forward.ts';
import type { ChangeWebhook } from '../change-source.ts';

const SOURCE = { service: 'google-calendar', provider: 'google' } as const;

/** Notifications of Google Calendar's channels. */
export const calendarWebhook: ChangeWebhook = {
  path: 'google/calendar',
  allowsPathKey: false,

  /** The channel's id identifies the user, and its token proves that Google sent the notification. */
  async receive({ options, routing }, { headers }) {
    const channelId = headers.get('x-goog-channel-id') ?? '';
    const channel = isRandomName(channelId) ? await routing.versionedChannel(channelId) : undefined;
    if (channel === undefined && channelId !== '') {
      throw new WebhookVerificationError('The notification belongs to no open channel.', {
        service: 'google-calendar',
      });
    }
    const receivedAt = Date.now();
    const { data, ...event } = await parseCalendarPush(headers, { token: () => channel?.value.token });
    if (channel === undefined) return [];
    const { userId, owner, calendarId } = channel.value;
    const { resourceId } = data;
    const facts = { resourceId, ...(event.type === 'changed' && { notifiedAt: receivedAt }) };
    if (calendarId === undefined) {
      if ((await currentGrant(options, userId, 'google'))?.owner !== owner) throw gone();
      // Which calendars came or went is for the poll to tell.
      if (event.type === 'changed') await bringPollForward(options, SOURCE, channel.value);
      await routing.noteNotification(channelId, facts, channel);
      return [];
    }
    return [
      {
        event: { ...event, userId, data: { calendarId, channelId, resourceId } },
        owner,
        onHandled: () => routing.noteNotification(channelId, facts, channel),
      },
    ];
  },
};

function gone(): WebhookVerificationError {
  return new WebhookVerificationError('The notification belongs to an account that is no longer connected.', {
    service: 'google-calendar',
  });
}
