import type { JsonObject } from '../../json.ts';
import type { Clock } from '../../clock.ts';
import type { Sleep } from '../../sleep.ts';
import type { Organization } from '../organization/organization.ts';
import type { WorkItemChange } from '../work-items/work-item-change.ts';
import {
  type Deliver,
  type HookDelivery,
  type Outcome,
  outcomeOf,
  PROBE_DELAYS,
  RETRY_DELAYS,
} from './delivery.ts';
import { eventPayload } from './event-payload.ts';
import { matches } from './matches.ts';
import { notificationRequest } from './notification-request.ts';
import type { Subscription } from './subscription.ts';
import type { Subscriptions } from './subscriptions.ts';

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
export class Hooks {
  readonly deliveries: HookDelivery[] = [];
  readonly #underWay = new Set<Promise<void>>();
  readonly #deliver: Deliver;
  readonly #sleep: Sleep;
  readonly #clock: Clock;

  constructor({ deliver, sleep, clock }: { deliver: Deliver; sleep: Sleep; clock: Clock }) {
    this.#deliver = deliver;
    this.#sleep = sleep;
    this.#clock = clock;
  }

  /** Starts deliveries of a change to every subscription that is for it. */
  dispatch(organization: Organization, subscriptions: Subscriptions, change: WorkItemChange): void {
    for (const subscription of subscriptions.all) {
      if (subscription.status !== 'enabled' || !matches(organization, subscription, change)) continue;
      subscription.notifications += 1;
      const number = subscription.notifications;
      const payload = eventPayload(organization, subscription, change, { id: crypto.randomUUID(), number });
      const workItemId = change.item.id;
      const delivery = this.#run({
        organization: organization.name,
        subscription,
        workItemId,
        number,
        payload,
        attempts: 0,
      });
      this.#underWay.add(delivery);
      void delivery.finally(() => this.#underWay.delete(delivery));
    }
  }

  /** Resolves when no delivery, retry or probe is under way any more. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
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
      await this.#sleep(delay);
      outcome = await this.#attempt(notification, 'retry');
    }
    return outcome;
  }

  /** One success restores the subscription; after the last failure it is disabled. Whoever edits it ends this. */
  async #probe(notification: Notification): Promise<void> {
    const { subscription } = notification;
    subscription.status = 'onProbation';
    for (const delay of PROBE_DELAYS) {
      await this.#sleep(delay);
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
    const status = await this.#send(url, notificationRequest(subscription, payload));
    const { id: subscriptionId, eventType } = subscription;
    const at = this.#clock.now();
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

  async #send(url: string, init: RequestInit): Promise<number | undefined> {
    try {
      const response = await this.#deliver(url, init);
      await response.body?.cancel();
      return response.status;
    } catch {
      return undefined;
    }
  }
}

function isOnProbation({ status }: Subscription): boolean {
  return status === 'onProbation';
}
