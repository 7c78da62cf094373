import { randomText } from '../../utils/random-token.ts';
import { keys } from '../../records/keys.ts';
import { DAY_MS, type Feed } from './change-source.ts';

interface TickTickPush {
  /** In the path of the address: the proof of a delivery, which has no other. */
  key: string;
}

function isGuide({ providers }: Parameters<Feed['canPush']>[0]): boolean {
  return providers.ticktick?.dialect === 'guide';
}

/** The Open API has no webhooks: its changes are found by comparing. The guide's gateways deliver, and can't be compared. */
export const tickTickFeed: Feed<TickTickPush> = {
  service: 'ticktick',
  provider: 'ticktick',
  // One request a minute for most accounts, of 100.
  pollEveryMs: 60_000,
  canPush: isGuide,
  canPoll: (setup) => !isGuide(setup),

  async open({ clients, owners, userId, url, signal }, before) {
    // There is no way to ask a gateway what it knows, nor to end a webhook: one is registered once.
    if (before !== undefined) return { push: before, renewAt: Date.now() + 365 * DAY_MS };
    const key = randomText();
    await owners.addTickTickKey(key, userId);
    const events = ['task.created', 'task.updated', 'task.deleted'] as const;
    await clients.ticktick.webhooks.register({ url: url(`ticktick/${key}`), events }, { signal });
    return { push: { key }, renewAt: Date.now() + 365 * DAY_MS };
  },

  /** Deliveries of a key that nobody knows are refused. */
  async close({ owners }, { key }) {
    await owners.removeTickTickKey(key);
  },

  async poll({ setup, clients, userId, signal }, _position, emit) {
    const batch = await clients.ticktick.changes.poll({
      store: setup.store,
      key: keys.taskChanges(userId),
      signal,
    });
    try {
      for (const event of batch.events) await emit({ ...event, userId });
      await batch.acknowledge();
    } finally {
      batch.release();
    }
    // The client keeps the position itself.
    return {};
  },
};
