import type { CallOptions } from '@context-sdk/oauth-core';
import type { EventType } from '../event-query.ts';

/** A stream of notifications, to keep for `parseCalendarPush` and `events.stop`. `util.inspect` shows no token. */
export interface Channel {
  id: string;
  /** What Google calls the calendar in its notifications. */
  resourceId: string;
  /** When it ends, in epoch milliseconds. Google renews none: watch anew before, and stop this one. */
  expiration: number;
  /** The secret that every notification has to bring. */
  token: string;
  calendarId: string;
}

/** A channel to open. */
export interface WatchOptions extends CallOptions {
  /** Where notifications go: https, with a certificate that the world trusts. */
  address: string;
  /** `primary`, the user's own calendar, unless given. */
  calendarId?: string | undefined;
  /** A secret of the host's, up to 256 characters of printable ASCII; made at random unless given. */
  token?: string | undefined;
  /** Up to 64 letters, digits and `-_+/=`, never used before; made at random unless given. */
  id?: string | undefined;
  /** Seconds until it ends; Google's own choice is a week. It may grant less. */
  ttlSeconds?: number | undefined;
  eventTypes?: readonly EventType[] | undefined;
}

const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** The same channel, safe to log. */
export function concealChannel(channel: Channel): Channel {
  const value = (): object => ({ ...channel, token: '[redacted]' });
  return Object.defineProperty(channel, INSPECT, { value, enumerable: false });
}
