import { isLoopback, UnexpectedResponseError } from '@context-sdk/oauth-core';
import type { CalendarRequests } from '../../calendar-requests.ts';
import { checkedCalendarId, invalid, SERVICE } from '../../invalid.ts';
import { type Channel, concealChannel, type WatchOptions } from './channel.ts';

export async function watchEvents(requests: CalendarRequests, options: WatchOptions): Promise<Channel> {
  const calendarId = checkedCalendarId(options);
  const requestBody = checkedChannel(options);
  const { eventTypes } = options;
  const answer = await requests.call('events.watch', options, (api, library) =>
    api.events.watch(
      { calendarId, ...(eventTypes && { eventTypes: [...eventTypes] }), requestBody },
      library,
    ),
  );
  const { resourceId, expiration } = answer.object<{ resourceId: string; expiration?: unknown }>(
    'resourceId',
  );
  const { id, token } = requestBody;
  return concealChannel({ id, resourceId, expiration: epochMs(expiration), token, calendarId });
}

function checkedChannel(options: WatchOptions) {
  const { address, id = crypto.randomUUID(), token = randomToken(), ttlSeconds } = options;
  const url = typeof address === 'string' ? URL.parse(address) : null;
  // A gateway on this machine may take http; Google itself never does.
  if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && isLoopback(url))) {
    throw invalid('address', 'is not an https URL');
  }
  if (typeof id !== 'string' || !/^[\w+/=-]{1,64}$/.test(id)) {
    throw invalid('id', 'is not 1 to 64 letters, digits and -_+/=');
  }
  // It comes back in a header.
  if (typeof token !== 'string' || !/^[\x21-\x7e]([\x20-\x7e]{0,254}[\x21-\x7e])?$/.test(token)) {
    throw invalid('token', 'is not 1 to 256 characters of printable ASCII');
  }
  if (ttlSeconds !== undefined && !(Number.isSafeInteger(ttlSeconds) && ttlSeconds > 0)) {
    throw invalid('ttlSeconds', 'is not a whole number above 0');
  }
  const params = ttlSeconds === undefined ? {} : { params: { ttl: String(ttlSeconds) } };
  return { id, token, type: 'web_hook', address, ...params };
}

function randomToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A text by Google's schema, a number in its guide. */
function epochMs(expiration: unknown): number {
  const isWritten = typeof expiration === 'string' && /^\d+$/.test(expiration);
  const at = isWritten ? Number(expiration) : expiration;
  if (typeof at === 'number' && Number.isSafeInteger(at)) return at;
  throw new UnexpectedResponseError(`${SERVICE} answered events.watch without a time in expiration.`, {
    service: SERVICE,
    field: 'expiration',
  });
}
