import { WebhookVerificationError } from '@context-sdk/oauth-core';
import { parseTickTickWebhook } from '@context-sdk/ticktick-client';
import { webhookUrl } from '../../options/host-urls.ts';
import type { ResolvedOptions } from '../../options/resolved-options.ts';
import { keys } from '../../records/keys.ts';
import { randomToken } from '../../utils/text.ts';
import { type ChangeSource, type ChangeWebhook, DAY_MS } from '../change-source.ts';
import type { ContextEvent } from '../context-event.ts';

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

  /**
   * Deliveries of the guide's dialect are not signed. The random key in the path, which only the gateway knows, identifies
   * the user. Without a key the user is unknown, and `verified` is false.
   */
  async receive({ routing }, { body, pathKey }) {
    if (pathKey === undefined) return [parseTickTickWebhook(body)];
    const userId = await routing.userOfTickTickKey(pathKey);
    if (userId === undefined) {
      throw new WebhookVerificationError('No webhook is registered at this address.', {
        service: 'ticktick',
      });
    }
    return [{ ...parseTickTickWebhook(body), userId, verified: true } satisfies ContextEvent];
  },
};

/** The Open API has no webhooks, so it is polled. Gateways of the guide's dialect deliver, and cannot be polled. */
export const tickTickSource: ChangeSource<TickTickPush> = {
  service: 'ticktick',
  provider: 'ticktick',
  webhook: tickTickWebhook,
  // One request per minute for most accounts. The limit is 100.
  pollEveryMs: 60_000,
  canPush: isGuide,
  canPoll: (options) => !isGuide(options),

  async open({ options, clients, routing, signal }, previous) {
    if (previous !== undefined) return { push: previous, renewAt: Date.now() + RENEW_MS };
    const key = randomToken();
    await routing.addTickTickKey(key, clients.id);
    const url = webhookUrl(options, `${tickTickWebhook.path}/${key}`);
    await clients.ticktick.webhooks.register({ url, events: WEBHOOK_EVENTS }, { signal });
    return { push: { key }, renewAt: Date.now() + RENEW_MS };
  },

  /** Without its route, the key's deliveries are refused. */
  async close({ routing }, { key }) {
    await routing.removeTickTickKey(key);
  },

  async poll({ options, clients, signal }, _position, emit) {
    const feed = { store: options.store, key: keys.taskChanges(clients.id), signal };
    const batch = await clients.ticktick.changes.poll(feed);
    try {
      for (const event of batch.events) await emit({ ...event, userId: clients.id });
      await batch.acknowledge();
    } finally {
      batch.release();
    }
    // The client stores the position itself.
    return {};
  },
};

function isGuide({ providers }: ResolvedOptions): boolean {
  return providers.ticktick?.dialect === 'guide';
}
