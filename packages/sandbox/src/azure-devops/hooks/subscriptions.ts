import type { JsonObject } from '../../json.ts';
import { createRandom, type Random, uuidFrom } from '../../random.ts';
import type { Clock } from '../../time/clock.ts';
import type { IdentityRef } from '../organization/person.ts';
import { wireDate } from '../work-items/wire.ts';

/** Where a service hook stands: failed deliveries put it on probation, and then switch it off. */
export type SubscriptionStatus = 'enabled' | 'onProbation' | 'disabledBySystem' | 'disabledByUser';

/** The events of work items. */
export const EVENT_TYPES = [
  'workitem.created',
  'workitem.updated',
  'workitem.deleted',
  'workitem.restored',
  'workitem.commented',
] as const;

/** What a service hook can tell of. */
export type EventType = (typeof EVENT_TYPES)[number];

/** A service hook: which events go where, and how. */
export interface Subscription {
  readonly id: string;
  eventType: EventType;
  resourceVersion: string;
  /** Filters: projectId, areaPath, workItemType, changedFields, tag, linksChanged, commentPattern. */
  publisherInputs: Readonly<Record<string, string>>;
  /** url, basicAuthUsername, basicAuthPassword, httpHeaders, resourceDetailsToSend, messagesToSend, … */
  consumerInputs: Readonly<Record<string, string>>;
  readonly createdBy: IdentityRef;
  readonly createdAt: number;
  modifiedAt: number;
  status: SubscriptionStatus;
  /** Numbers its notifications. */
  notifications: number;
}

/** What a client says of a subscription. */
export type SubscriptionInput = Readonly<
  Pick<Subscription, 'eventType' | 'resourceVersion' | 'publisherInputs' | 'consumerInputs'>
>;

/** A subscription on the wire: the password is masked; headers are not, as Microsoft's documentation warns. */
export function subscriptionToWire(organizationUrl: string, subscription: Subscription): JsonObject {
  const { id, eventType, resourceVersion, status, publisherInputs, consumerInputs, createdBy } = subscription;
  const url = `${organizationUrl}/_apis/hooks/subscriptions/${id}`;
  const masked = Object.entries(consumerInputs).map(([name, value]) => [
    name,
    name === 'basicAuthPassword' && value !== '' ? '********' : value,
  ]);
  return {
    id,
    url,
    status,
    publisherId: 'tfs',
    eventType,
    subscriber: null,
    resourceVersion,
    eventDescription: publisherInputs['workItemType'] ?? 'Any work item',
    consumerId: 'webHooks',
    consumerActionId: 'httpRequest',
    actionDescription: `To host ${new URL(consumerInputs['url'] ?? '').host}`,
    createdBy,
    createdDate: wireDate(subscription.createdAt),
    modifiedBy: createdBy,
    modifiedDate: wireDate(subscription.modifiedAt),
    publisherInputs: { ...publisherInputs },
    consumerInputs: Object.fromEntries(masked),
    _links: { self: { href: url } },
  };
}

/** The service hooks of an organization. */
export class Subscriptions {
  readonly #byId = new Map<string, Subscription>();
  readonly #clock: Clock;
  readonly #ids: Random = createRandom('azure-devops/hooks');

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get all(): readonly Subscription[] {
    return [...this.#byId.values()];
  }

  create(input: SubscriptionInput, createdBy: IdentityRef): Subscription {
    const now = this.#clock.now();
    const subscription: Subscription = {
      id: uuidFrom(this.#ids),
      ...input,
      createdBy,
      createdAt: now,
      modifiedAt: now,
      status: 'enabled',
      notifications: 0,
    };
    this.#byId.set(subscription.id, subscription);
    return subscription;
  }

  find(id: string): Subscription | undefined {
    return this.#byId.get(id.toLowerCase());
  }

  /** Replaces what it says, which also ends probation and a disabling. A masked value means the one that is there. */
  replace(old: Subscription, input: SubscriptionInput): Subscription {
    const consumerInputs = Object.fromEntries(
      Object.entries(input.consumerInputs).map(([name, value]) => [
        name,
        value === '********' ? (old.consumerInputs[name] ?? '') : value,
      ]),
    );
    return Object.assign(old, input, {
      consumerInputs,
      status: 'enabled' as const,
      modifiedAt: this.#clock.now(),
    });
  }

  delete(subscription: Subscription): void {
    subscription.status = 'disabledByUser';
    this.#byId.delete(subscription.id);
  }
}
