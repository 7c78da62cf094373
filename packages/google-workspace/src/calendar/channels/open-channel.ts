import {
  type CallOptions,
  hideFromInspect,
  isLoopback,
  isObject,
  type OwnOptions,
} from '@context-sdk/oauth-core/client-kit';
import { checkedId } from '../../input.ts';
import type { LibraryParams, LibraryRequest } from '../../wire.ts';
import { invalid } from '../errors.ts';
import type { CalendarCall, CalendarOperationName } from '../operations.ts';

/** Google may grant a channel without saying for how long. An hour is the shortest that was seen, in milliseconds. */
const UNKNOWN_LIFE_MS = 3_600_000;

/** A channel for notifications. `util.inspect` shows no token. */
export interface OpenChannel {
  id: string;
  /** How Google names what is watched in its notifications. */
  resourceId: string;
  /**
   * When it expires, in epoch milliseconds: an hour from now if Google didn't say. Google can't renew it: open another one
   * before, and stop this one.
   */
  expiration: number;
  /** The secret that every notification carries. */
  token: string;
}

/** A channel to open. */
export interface ChannelOptions extends CallOptions {
  /** Where notifications go: https, with a publicly trusted certificate. */
  address: string;
  /** A secret of the host's, up to 256 characters of printable ASCII. Default: random. */
  token?: string | undefined;
  /** Up to 64 letters, digits and `-_+/=`, never used before. Default: random. */
  id?: string | undefined;
  /** Seconds until it expires. Google may grant less. Google's default: a week. */
  ttlSeconds?: number | undefined;
}

export const CHANNEL_OPTIONS: OwnOptions<ChannelOptions> = {
  address: 'string',
  token: 'string',
  id: 'string',
  ttlSeconds: 'number',
};

/** What a channel is opened with. */
export interface ChannelInput {
  id: string;
  token: string;
}

/** Opens the channel for what the operation watches, with fields of the caller's own beside it. */
export async function openChannel<Extra extends object>(
  call: CalendarCall,
  name: CalendarOperationName,
  { params, json, extra }: { params: LibraryParams; json: ChannelInput; extra: Extra },
): Promise<OpenChannel & Extra> {
  const response = await call.send(name, { params, json });
  const { resourceId, expiration } = response.object<{ resourceId: string; expiration?: unknown }>({
    resourceId: 'string',
  });
  const { id, token } = json;
  const channel = { id, resourceId, expiration: epochMs(expiration), token, ...extra };
  return hideFromInspect(channel, () => ({ ...channel, token: '[redacted]' }));
}

export function stopRequest(channel: Pick<OpenChannel, 'id' | 'resourceId'>): LibraryRequest {
  return {
    json: {
      id: checkedId(channel?.id, 'channel.id', invalid),
      resourceId: checkedId(channel?.resourceId, 'channel.resourceId', invalid),
    },
  };
}

/** Throws {@link InvalidRequestError} naming the option that Google would refuse. */
export function checkedChannel(options: ChannelOptions): ChannelInput {
  if (!isObject(options)) throw invalid('options', 'is not an object');
  const { address, id = crypto.randomUUID(), token = randomToken(), ttlSeconds } = options;
  const url = typeof address === 'string' ? URL.parse(address) : null;
  // A gateway on this machine may accept http; Google itself never does.
  if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && isLoopback(url))) {
    throw invalid('address', 'is not an https URL');
  }
  if (typeof id !== 'string' || !/^[\w+/=-]{1,64}$/.test(id)) {
    throw invalid('id', 'must be 1 to 64 letters, digits and -_+/=');
  }
  // It comes back in a header.
  if (typeof token !== 'string' || !/^[\x21-\x7e]([\x20-\x7e]{0,254}[\x21-\x7e])?$/.test(token)) {
    throw invalid('token', 'must be 1 to 256 characters of printable ASCII');
  }
  if (ttlSeconds !== undefined && !(Number.isSafeInteger(ttlSeconds) && ttlSeconds > 0)) {
    throw invalid('ttlSeconds', 'must be a whole number above 0');
  }
  const ttl = ttlSeconds === undefined ? {} : { params: { ttl: String(ttlSeconds) } };
  const channel = { id, token, type: 'web_hook', address, ...ttl };
  return channel;
}

function randomToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A string by Google's schema, a number in its guide; 0 is none. The channel is open, so it is not refused for lack of a time. */
function epochMs(expiration: unknown): number {
  const isWritten = typeof expiration === 'string' && /^\d+$/.test(expiration);
  const at = isWritten ? Number(expiration) : expiration;
  return typeof at === 'number' && Number.isSafeInteger(at) && at > 0 ? at : Date.now() + UNKNOWN_LIFE_MS;
}
