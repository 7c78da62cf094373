import { isObject, type OwnOptions } from '@context-sdk/oauth-core/client-kit';
import type { LibraryParams } from '../../wire.ts';
import {
  CHANNEL_OPTIONS,
  type ChannelInput,
  type ChannelOptions,
  checkedChannel,
  type OpenChannel,
} from '../channels/open-channel.ts';
import { invalid } from '../errors.ts';
import { checkedCalendarId } from './event-requests.ts';
import type { EventType } from './event.ts';

/** A channel for notifications. Store it for `parseCalendarPush` and `events.stop`. `util.inspect` shows no token. */
export interface Channel extends OpenChannel {
  calendarId: string;
}

/** A channel to open. */
export interface WatchEventsOptions extends ChannelOptions {
  /** Default: `primary`, the user's own calendar. */
  calendarId?: string | undefined;
  eventTypes?: readonly EventType[] | undefined;
}

export const WATCH_OPTIONS: OwnOptions<WatchEventsOptions> = {
  ...CHANNEL_OPTIONS,
  calendarId: 'string',
  eventTypes: 'list',
};

/** Throws {@link InvalidRequestError} naming the option that Google would refuse. */
export function watchRequest(options: WatchEventsOptions): {
  params: LibraryParams;
  json: ChannelInput;
  extra: { calendarId: string };
} {
  if (!isObject(options)) throw invalid('options', 'is not an object');
  const calendarId = checkedCalendarId(options);
  const { eventTypes } = options;
  return { params: { calendarId, eventTypes }, json: checkedChannel(options), extra: { calendarId } };
}
