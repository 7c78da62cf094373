import { isJsonObject, type JsonObject, type JsonValue } from '../../../json.ts';
import { GoogleFailure, invalid, required } from '../../api/failures.ts';

/** What can be watched: a calendar's events or access rules, a user's list of calendars or settings. */
export interface WatchedResource {
  /** Unique. */
  readonly key: string;
  /** Behind `/calendar/v3`. */
  readonly path: string;
}

/** Where changes are announced. */
export interface Channel {
  readonly id: string;
  /** Of the resource. */
  readonly key: string;
  /** Who opened it, and with which OAuth client: only they can stop it. */
  readonly account: string;
  readonly clientId: string;
  readonly address: string;
  readonly token: string | undefined;
  readonly resourceId: string;
  readonly resourceUri: string;
  /** Milliseconds since the epoch. */
  readonly expiration: number;
  /** Of the last message. */
  messageNumber: number;
}

const WEEK_SECONDS = 604_800;

/** Reads the body of a `watch`; throws a 400 naming the field. */
export function readChannelRequest(
  body: JsonObject,
  now: number,
): Pick<Channel, 'id' | 'address' | 'token' | 'expiration'> {
  const { type } = body;
  if (type !== 'web_hook' && type !== 'webhook') throw invalid('Unknown channel type.', 'resource.type');
  return {
    id: readId(body['id']),
    address: readAddress(body['address']),
    token: readToken(body['token']),
    expiration: readExpiration(body, now),
  };
}

function readId(id: JsonValue | undefined): string {
  if (id === undefined) throw required('Missing channel id.', 'resource.id');
  if (typeof id !== 'string' || !/^[A-Za-z0-9\-_+/=]{1,64}$/.test(id)) {
    throw invalid('Invalid channel id.', 'resource.id');
  }
  return id;
}

/** HTTPS; for demos http on loopback passes, too. */
function readAddress(address: JsonValue | undefined): string {
  if (typeof address !== 'string' || !URL.canParse(address)) {
    throw required('Missing address for the channel.', 'resource.address');
  }
  const { protocol, hostname } = new URL(address);
  const loopback = protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if (protocol === 'https:' || loopback) return address;
  const message = `WebHook callback must be HTTPS: ${address}`;
  throw new GoogleFailure(400, 'push.webhookUrlNotHttps', message);
}

function readToken(token: JsonValue | undefined): string | undefined {
  if (token === undefined || token === null) return undefined;
  if (typeof token !== 'string' || token.length > 256)
    throw invalid('Invalid channel token.', 'resource.token');
  return token;
}

/** By `expiration` (milliseconds, text or number), else by `params.ttl` (seconds), else in a week. */
function readExpiration({ expiration, params }: JsonObject, now: number): number {
  const ttl = isJsonObject(params) ? params['ttl'] : undefined;
  const seconds = ttl === undefined ? WEEK_SECONDS : Number(ttl);
  const at = expiration === undefined || expiration === null ? now + seconds * 1000 : Number(expiration);
  if (!Number.isSafeInteger(at) || at <= now) throw invalid('Invalid expiration.', 'resource.expiration');
  return at;
}

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
