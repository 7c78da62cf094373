import type { JsonObject } from '../../../json.ts';
import { createRandom, type Random } from '../../../random.ts';
import { GoogleFailure, notFound } from '../../api/failures.ts';
import type { GoogleCall } from '../../api/method.ts';
import type { GoogleCore } from '../../core.ts';
import type { RetryPolicy } from '../../push/push-sender.ts';
import { type Channel, channelHeaders, readChannelRequest, type WatchedResource } from './channel.ts';

/** "500, 502, 503, 504: retried with backoff; anything else is a failure." How often is not documented. */
const RETRY_POLICY: RetryPolicy = {
  retries: (status) => status !== undefined && [500, 502, 503, 504].includes(status),
  attempts: 6,
  delayMs: (attempt) => 100 * 2 ** (attempt - 2),
};

/** Every notification channel. */
export class Channels {
  readonly #channels: Channel[] = [];
  readonly #usedIds = new Set<string>();
  readonly #core: GoogleCore;
  readonly #random: Random = createRandom('google/channels');

  constructor(core: GoogleCore) {
    this.#core = core;
  }

  /** Opens a channel. Its `sync` message is on the wire before the answer is. */
  open(call: GoogleCall, resource: WatchedResource, body: JsonObject): JsonObject {
    const { clock, channels } = this.#core;
    const { maxChannelSeconds = Number.POSITIVE_INFINITY, showsChannelExpiration = true } = channels;
    const request = readChannelRequest(body, clock.now());
    if (this.#usedIds.has(request.id)) throw notUnique(request.id);
    const channel: Channel = {
      ...request,
      expiration: Math.min(request.expiration, clock.now() + maxChannelSeconds * 1000),
      key: resource.key,
      account: call.account.email,
      clientId: call.clientId,
      resourceId: resourceIdOf(resource),
      resourceUri: `https://www.googleapis.com/calendar/v3${resource.path}?alt=json`,
      messageNumber: 1,
    };
    this.#usedIds.add(channel.id);
    this.#channels.push(channel);
    this.#send(channel, 'sync');
    return {
      kind: 'api#channel',
      id: channel.id,
      resourceId: channel.resourceId,
      resourceUri: channel.resourceUri,
      ...(channel.token !== undefined && { token: channel.token }),
      ...(showsChannelExpiration && { expiration: String(channel.expiration) }),
    };
  }

  /** Closes a channel of the same user and OAuth client; 404 for any other. */
  stop({ account, clientId }: GoogleCall, { id, resourceId }: JsonObject): void {
    const index = this.#channels.findIndex(
      (channel) =>
        channel.id === id &&
        channel.resourceId === resourceId &&
        channel.account === account.email &&
        channel.clientId === clientId,
    );
    if (index < 0) throw notFound();
    this.#channels.splice(index, 1);
  }

  /** Tells every channel of the resource that has not expired. Numbers grow, with gaps. */
  announce(key: string): void {
    const now = this.#core.clock.now();
    for (const channel of this.#channels) {
      if (channel.key !== key || channel.expiration <= now) continue;
      channel.messageNumber += 1 + this.#random.integer(5);
      this.#send(channel, 'exists');
    }
  }

  #send(channel: Channel, state: 'sync' | 'exists'): void {
    const headers = channelHeaders(channel, state);
    this.#core.push.send({ kind: 'calendar', url: channel.address, headers, body: '' }, RETRY_POLICY);
  }
}

/** The same for every channel of a resource. */
function resourceIdOf({ key }: WatchedResource): string {
  const random = createRandom(`resource/${key}`);
  return Array.from({ length: 3 }, () => random.integer(2 ** 31).toString(36)).join('');
}

function notUnique(id: string): GoogleFailure {
  const message = `Channel id ${id} not unique`;
  return new GoogleFailure(400, 'channelIdNotUnique', message);
}
