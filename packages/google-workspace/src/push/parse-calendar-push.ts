import { ConfigurationError, WebhookParseError, WebhookVerificationError } from '@context-sdk/oauth-core';
import type { CalendarPush, CalendarPushEvent } from './calendar-push-event.ts';
import { googleHeaders, type PushHeaders } from './push-headers.ts';
import { isSameSecret } from './same-secret.ts';

/** How a notification is known to be Google's. It carries no signature: its token is all there is. */
export interface CalendarPushOptions {
  /**
   * The `token` of the channel, or where to find it for hosts with many: `undefined` for a channel that is not (or no
   * longer) the host's.
   */
  token: string | ((channelId: string) => string | undefined | Promise<string | undefined>);
  /** Only from this channel. */
  channelId?: string | undefined;
  /** Only of this resource: the `resourceId` that `events.watch` gave. */
  resourceId?: string | undefined;
}

const SERVICE = 'google-calendar';

const TYPES: Readonly<Record<string, CalendarPushEvent['type']>> = {
  sync: 'sync',
  exists: 'changed',
  not_exists: 'changed',
};

function malformed(header: string, problem: string): WebhookParseError {
  return new WebhookParseError(`The header ${header} ${problem}.`, { service: SERVICE, field: header });
}

function unverified(problem: string): WebhookVerificationError {
  return new WebhookVerificationError(`The notification is not this channel's: ${problem}.`, {
    service: SERVICE,
  });
}

function needed(headers: ReadonlyMap<string, string>, header: string): string {
  const value = headers.get(header.toLowerCase());
  if (value) return value;
  throw malformed(header, 'is missing');
}

async function verify(
  headers: ReadonlyMap<string, string>,
  channelId: string,
  options: CalendarPushOptions,
): Promise<void> {
  const { token } = options;
  if (typeof token !== 'function' && (typeof token !== 'string' || token === '')) {
    throw new ConfigurationError('token is the secret of the channel, and may not be empty.', {
      service: SERVICE,
    });
  }
  const expected = typeof token === 'string' ? token : await token(channelId);
  const sent = headers.get('x-goog-channel-token');
  if (!expected) throw unverified('nobody knows the channel');
  if (!sent) throw unverified('it has no token');
  if (!(await isSameSecret(sent, expected))) throw unverified('its token is wrong');
  if (options.channelId !== undefined && options.channelId !== channelId) {
    throw unverified('it is of another channel');
  }
}

function pushIn(headers: ReadonlyMap<string, string>, channelId: string, resourceId: string): CalendarPush {
  const number = needed(headers, 'X-Goog-Message-Number');
  const messageNumber = /^\d+$/.test(number) ? Number(number) : NaN;
  if (!Number.isSafeInteger(messageNumber) || messageNumber < 1) {
    throw malformed('X-Goog-Message-Number', 'is not a whole number above 0');
  }
  const expiration = headers.get('x-goog-channel-expiration');
  const expiresAt = Date.parse(expiration ?? '');
  if (expiration !== undefined && Number.isNaN(expiresAt)) {
    throw malformed('X-Goog-Channel-Expiration', 'is not a time');
  }
  const resourceState = needed(headers, 'X-Goog-Resource-State');
  return {
    channelId,
    resourceId,
    resourceState,
    messageNumber,
    ...(expiration !== undefined && { expiresAt }),
  };
}

/**
 * Reads a notification of a channel that `events.watch` opened; its body is empty. Answer 2xx at once and sync then.
 * Throws {@link WebhookVerificationError} without the channel's token, which is compared in constant time, and
 * {@link WebhookParseError} naming the header that does not fit.
 * https://developers.google.com/workspace/calendar/api/guides/push
 */
export async function parseCalendarPush(
  headers: PushHeaders,
  options: CalendarPushOptions,
): Promise<CalendarPushEvent> {
  const google = googleHeaders(headers);
  const channelId = needed(google, 'X-Goog-Channel-ID');
  await verify(google, channelId, options);
  const resourceId = needed(google, 'X-Goog-Resource-ID');
  if (options.resourceId !== undefined && options.resourceId !== resourceId) {
    throw unverified('it is of another resource');
  }
  const data = pushIn(google, channelId, resourceId);
  const type = Object.hasOwn(TYPES, data.resourceState) ? TYPES[data.resourceState] : undefined;
  if (type === undefined) throw malformed('X-Goog-Resource-State', 'is none that calendars have');
  google.delete('x-goog-channel-token');
  return {
    source: SERVICE,
    type,
    id: `${channelId}/${data.messageNumber}`,
    verified: true,
    data,
    raw: Object.fromEntries(google),
  };
}
