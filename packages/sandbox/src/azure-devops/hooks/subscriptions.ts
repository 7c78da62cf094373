import type { Clock } from '../../time/clock.ts';
import type { IdentityRef } from '../organization/person.ts';
import type { SubscriptionInput } from './read-subscription.ts';
import type { Subscription } from './subscription.ts';

/** The service hooks of an organisation. */
export class Subscriptions {
  readonly #byId = new Map<string, Subscription>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get all(): readonly Subscription[] {
    return [...this.#byId.values()];
  }

  create(input: SubscriptionInput, createdBy: IdentityRef): Subscription {
    const now = this.#clock.now();
    const subscription: Subscription = {
      id: crypto.randomUUID(),
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
