import type { Channel } from './channel.ts';

/** What a message says: all of it stands in the headers, the body is empty. */
export function channelHeaders(channel: Channel, state: 'sync' | 'exists'): Record<string, string> {
  return {
    'content-type': 'application/json; utf-8',
    'content-length': '0',
    'user-agent': 'APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)',
    'x-goog-channel-id': channel.id,
    ...(channel.token !== undefined && { 'x-goog-channel-token': channel.token }),
    'x-goog-channel-expiration': new Date(channel.expiration).toUTCString(),
    'x-goog-resource-id': channel.resourceId,
    'x-goog-resource-uri': channel.resourceUri,
    'x-goog-resource-state': state,
    'x-goog-message-number': String(channel.messageNumber),
  };
}
