import type { WebhookEvent } from '@context-sdk/oauth-core';
import { sha256 } from '@context-sdk/oauth-core/client-kit';
import {
  ConfigurationError,
  WebhookParseError,
  WebhookVerificationError,
} from '@context-sdk/oauth-core/errors';
import { googleHeaders, type PushHeaders } from './push-headers.ts';

/** What a notification reports: that something changed, not what. */
export interface CalendarPush {
  channelId: string;
  resourceId: string;
  /** `sync`, `exists` or `not_exists`. */
  resourceState: string;
  /** Grows from notification to notification, by one or more. */
  messageNumber: number;
  /** When the channel expires, in epoch milliseconds. */
  expiresAt?: number;
}

/**
 * A notification of a channel: `sync` when it opens, `changed` for every change after; call `events.sync`. `id` is the same
 * if Google delivers it again. `raw` holds Google's headers without the token.
 */
export type CalendarPushEvent =
  | (WebhookEvent<'google-calendar', 'sync', CalendarPush> & { id: string })
  | (WebhookEvent<'google-calendar', 'changed', CalendarPush> & { id: string });

/** How to recognize a notification as Google's. It has no signature, only the channel's token. */
export interface CalendarPushOptions {
  /**
   * The `token` of the channel, or a function that finds it, for hosts with many channels. It returns `undefined` for a
   * channel that is not, or no longer, the host's.
   */
  token: string | ((channelId: string) => string | undefined | Promise<string | undefined>);
  /** Only from this channel. */
  channelId?: string | undefined;
  /** Only of this resource: the `resourceId` that `events.watch` returned. */
  resourceId?: string | undefined;
}

const SERVICE = 'google-calendar';

const TYPES: Readonly<Record<string, CalendarPushEvent['type']>> = {
  sync: 'sync',
  exists: 'changed',
  not_exists: 'changed',
};

/**
 * Reads a notification of a channel that `events.watch` opened; its body is empty. Respond with 2xx at once, then sync.
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
    throw unverified('it belongs to another resource');
  }
  const data = pushIn(google, channelId, resourceId);
  const type = Object.hasOwn(TYPES, data.resourceState) ? TYPES[data.resourceState] : undefined;
  if (type === undefined) throw malformed('X-Goog-Resource-State', 'is not a state of calendars');
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

function malformed(header: string, problem: string): WebhookParseError {
  return new WebhookParseError(`The header ${header} ${problem}.`, { service: SERVICE, field: header });
}

function unverified(problem: string): WebhookVerificationError {
  return new WebhookVerificationError(`The notification can't be verified: ${problem}.`, {
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
    throw new ConfigurationError('token must be the secret of the channel, and not empty.', {
      service: SERVICE,
    });
  }
  const expected = typeof token === 'string' ? token : await token(channelId);
  const sent = headers.get('x-goog-channel-token');
  if (!expected) throw unverified('the channel is unknown');
  if (!sent) throw unverified('it has no token');
  if (!(await timingSafeEqual(sent, expected))) throw unverified('its token is wrong');
  if (options.channelId !== undefined && options.channelId !== channelId) {
    throw unverified('it belongs to another channel');
  }
}

function pushIn(headers: ReadonlyMap<string, string>, channelId: string, resourceId: string): CalendarPush {
  const number = needed(headers, 'X-Goog-Message-Number');
  const messageNumber = /^\d+$/.test(number) ? Number(number) : Number.NaN;
  if (!Number.isSafeInteger(messageNumber) || messageNumber < 1) {
    throw malformed('X-Goog-Message-Number', 'must be a whole number above 0');
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

/** Compares digests to their end, so that the time reveals nothing about either text. */
async function timingSafeEqual(one: string, other: string): Promise<boolean> {
  const [left, right] = await Promise.all([sha256(one), sha256(other)]);
  let difference = 0;
  for (let index = 0; index < left.length; index += 1)
    difference |= left.charCodeAt(index) ^ right.charCodeAt(index);
  return difference === 0;
}
