import { Notifier } from '../../http/notifier.ts';
import type { JsonObject } from '../../json.ts';
import type { Organization } from '../organization/organization.ts';
import type { WorkItemChange } from '../work-items/work-item.ts';
import {
  type HookDelivery,
  notificationRequest,
  type Outcome,
  outcomeOf,
  PROBE_DELAYS,
  RETRY_DELAYS,
  TIMEOUT_MS,
} from './delivery.ts';
import { eventPayload } from './event-payload.ts';
import { matches } from './matches.ts';
import type { Subscription, Subscriptions } from './subscriptions.ts';

/** A notification on its way. */
interface Notification {
  readonly organization: string;
  readonly subscription: Subscription;
  readonly workItemId: number;
  readonly number: number;
  readonly payload: JsonObject;
  attempts: number;
}

/**
 * Delivers as in docs/facts/azure-devops.md#delivery-and-probation. A subscription on probation gets only probes of the
 * notification that failed; events that happen meanwhile are lost, as Microsoft's troubleshooting page says.
 */
export class Hooks extends Notifier<HookDelivery> {
  /** Starts deliveries of a change to every subscription that is for it. */
  dispatch(organization: Organization, subscriptions: Subscriptions, change: WorkItemChange): void {
    for (const subscription of subscriptions.all) {
      if (subscription.status !== 'enabled' || !matches(organization, subscription, change)) continue;
      subscription.notifications += 1;
      const number = subscription.notifications;
      const payload = eventPayload(organization, subscription, change, { id: crypto.randomUUID(), number });
      const workItemId = change.item.id;
      const { name } = organization;
      this.track(this.#run({ organization: name, subscription, workItemId, number, payload, attempts: 0 }));
    }
  }

  async #run(notification: Notification): Promise<void> {
    const { subscription } = notification;
    const outcome = await this.#attemptWithRetries(notification);
    if (outcome === 'delivered') return;
    if (outcome === 'terminal') subscription.status = 'disabledBySystem';
    else if (subscription.status === 'enabled') await this.#probe(notification);
  }

  async #attemptWithRetries(notification: Notification): Promise<Outcome> {
    let outcome = await this.#attempt(notification, 'first');
    for (const delay of RETRY_DELAYS) {
      if (outcome !== 'transient') return outcome;
      await this.sleep(delay);
      outcome = await this.#attempt(notification, 'retry');
    }
    return outcome;
  }

  /** One success restores the subscription; after the last failure it is disabled. Whoever edits it ends this. */
  async #probe(notification: Notification): Promise<void> {
    const { subscription } = notification;
    subscription.status = 'onProbation';
    for (const delay of PROBE_DELAYS) {
      await this.sleep(delay);
      if (!isOnProbation(subscription)) return;
      const outcome = await this.#attempt(notification, 'probe');
      if (outcome === 'delivered') subscription.status = 'enabled';
      if (outcome === 'terminal') subscription.status = 'disabledBySystem';
      if (!isOnProbation(subscription)) return;
    }
    subscription.status = 'disabledBySystem';
  }

  async #attempt(notification: Notification, kind: HookDelivery['kind']): Promise<Outcome> {
    const { organization, subscription, workItemId, number, payload } = notification;
    const url = subscription.consumerInputs['url'] ?? '';
    notification.attempts += 1;
    const { attempts: attempt } = notification;
    const status = await this.post(url, notificationRequest(subscription, payload), TIMEOUT_MS);
    const { id: subscriptionId, eventType } = subscription;
    const at = this.clock.now();
    this.deliveries.push({
      organization,
      subscriptionId,
      notificationId: number,
      eventType,
      workItemId,
      url,
      attempt,
      kind,
      at,
      status,
    });
    return outcomeOf(status);
  }
}

function isOnProbation({ status }: Subscription): boolean {
  return status === 'onProbation';
}
