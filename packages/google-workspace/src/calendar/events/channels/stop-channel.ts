import { type CallOptions, NotFoundError } from '@context-sdk/oauth-core';
import type { CalendarRequests } from '../../calendar-requests.ts';
import { checkedId } from '../../invalid.ts';
import type { Channel } from './channel.ts';

/** Ends a channel, or finds it ended. */
export async function stopChannel(
  requests: CalendarRequests,
  channel: Pick<Channel, 'id' | 'resourceId'>,
  options: CallOptions | undefined,
): Promise<void> {
  const requestBody = {
    id: checkedId(channel?.id, 'channel.id'),
    resourceId: checkedId(channel?.resourceId, 'channel.resourceId'),
  };
  try {
    await requests.call('channels.stop', options, (api, library) =>
      api.channels.stop({ requestBody }, library),
    );
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
}
