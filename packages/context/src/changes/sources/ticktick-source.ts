import { WebhookVerificationError } from '@context-sdk/oauth-core';
import { isLoopback, sha256 } from '@context-sdk/oauth-core/client-kit';
import { parseTickTickWebhook } from '@context-sdk/ticktick-client';
import { webhookUrl } from '../../options/host-urls.ts';
import type { ResolvedOptions } from '../../options/resolved-options.ts';
import { isUnreadable } from '../../records/json-record.ts';
import { keys } from '../../records/keys.ts';
import { deleteUnder } from '../../records/list-keys.ts';
import { isId, shapeOf } from '../../records/shape.ts';
import { isRandomName, randomToken } from '../../utils/text.ts';
import { type ChangeSource, type ChangeWebhook, DAY_MS, type UserContext } from '../change-source.ts';

interface TickTickPush {
  /** Part of the webhook's path. Deliveries carry no other proof. */
  key: string;
}

const WEBHOOK_EVENTS = ['task.created', 'task.updated', 'task.deleted'] as const;

/** Gateways cannot list or delete webhooks, so one is registered once. */
const RENEW_MS = 365 * DAY_MS;

const tickTickWebhook: ChangeWebhook = {
  path: 'ticktick',
  allowsPathKey: true,
  // TickTick's own API delivers nothing, so whatever comes there is forged.
  isOpen: (options, pathKey) =>
    isGuide(options) &&
    (pathKey !== undefined || options.providers.ticktick?.acceptUnverifiedWebhooks === true),

  isDelivery: (body) => typeof body['event'] === 'string',

  /**
   * Deliveries of the guide's dialect are not signed. The random key in the path, which only the gateway knows, identifies
   * the user. Without a key the user is unknown, and `verified` is false.
   */
  async receive({ routing }, { pathKey, readBody }) {
    if (pathKey === undefined) return [{ event: parseTickTickWebhook(await readBody()) }];
    const target = isRandomName(pathKey) ? await routing.targetOfTickTickKey(pathKey) : undefined;
    if (target === undefined) {
      throw new WebhookVerificationError('No webhook is registered at this address.', {
        service: 'ticktick',
      });
    }
    const { userId, owner } = target;
    return [{ event: { ...parseTickTickWebhook(await readBody()), userId, verified: true }, owner }];
  },
};

/**
 * The Open API has no webhooks, so it is polled. Gateways of the guide's dialect deliver, also on one machine, and are polled
 * where they can't. Their deliveries have no ids, so nothing is polled beside them.
 */
export const tickTickSource: ChangeSource<TickTickPush> = {
  service: 'ticktick',
  provider: 'ticktick',
  webhook: tickTickWebhook,
  // One request per minute for most accounts. The limit is 100.
  pollEveryMs: 60_000,
  canPush: isGuide,
  canReach: (options) => options.push || (options.pushesLocally && isLocalGateway(options)),
  canPoll: () => true,
  isPush: shapeOf({ key: isId }),
  pushesAll: true,

  async open({ options, clients, grant, routing, signal }, { push: previous }, record) {
    const key = previous?.key ?? randomToken();
    const id = await sha256(key);
    if (previous === undefined) await record(id, { key });
    await routing.addTickTickKey(key, { userId: clients.id, owner: grant.owner });
    if (previous === undefined) {
      const url = webhookUrl(options, `${tickTickWebhook.path}/${key}`);
      await clients.ticktick.webhooks.register({ url, events: WEBHOOK_EVENTS }, { signal });
    }
    return { ids: [id], push: { key }, renewAt: Date.now() + RENEW_MS };
  },

  /** Without its route, the key's deliveries are refused. */
  async unroute({ routing }, { key }) {
    await routing.removeTickTickKey(key);
  },

  async stop() {
    // Gateways cannot delete webhooks.
  },

  async poll(context, _position, emit) {
    const { clients, grant } = context;
    const batch = await pollFeed(context);
    try {
      for (const event of batch.events) {
        await emit({ event: { ...event, userId: clients.id }, owner: grant.owner });
      }
      await batch.acknowledge();
    } finally {
      batch.release();
    }
    // The client stores the position itself.
    return {};
  },

  async forgetPositions({ options }, userId, owner) {
    const prefix = owner === undefined ? keys.allTaskChanges(userId) : `${keys.taskChanges(userId, owner)}/`;
    await deleteUnder(options.store, prefix);
  },
};

/** Begins anew if what is stored of the account is damaged. */
async function pollFeed({ options, clients, grant, signal }: UserContext) {
  const key = keys.taskChanges(clients.id, grant.owner);
  // Polls of a user run under a lease: what is begun is of a process that lost it.
  const feed = { store: options.store, key, signal, takesOver: true };
  try {
    return await clients.ticktick.changes.poll(feed);
  } catch (error) {
    // Any other failure passes, and to begin anew would lose what happened until then.
    if (signal.aborted || !isUnreadable(error) || error.reason !== 'corrupt') throw error;
    await deleteUnder(options.store, `${key}/`);
    return await clients.ticktick.changes.poll(feed);
  }
}

function isLocalGateway({ providers }: ResolvedOptions): boolean {
  const url = URL.parse(providers.ticktick?.baseUrl ?? '');
  return url !== null && isLoopback(url);
}

function isGuide({ providers }: ResolvedOptions): boolean {
  return providers.ticktick?.dialect === 'guide';
}
