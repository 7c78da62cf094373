import { EventHandout } from './changes/event-dispatcher.ts';
import { type FollowedService, Followers, type FollowOptions } from './changes/change-subscriptions.ts';
import {
  type MaintenanceOptions,
  type MaintenanceReport,
  runMaintenance,
} from './changes/run-maintenance.ts';
import { webhookRoutes } from './http/webhook-routes.ts';
import { checkedOptions } from './context-options.ts';
import type { ContextOptions } from './context-options.ts';
import { createHandler } from './http/create-handler.ts';
import type { ContextHandler, HandlerOptions } from './http/handler.ts';
import { UsersInUse } from './users/user-cache.ts';
import { User } from './users/user.ts';

/** A host's view of all its users' services. */
export interface Context {
  /**
   * One user, by the host's own id. Cheap: nothing is read until something is asked. Throws {@link InvalidRequestError}
   * for an id that is empty or over 256 characters after URL encoding.
   */
  user(userId: string): User;
  /**
   * Every route that the services need, to be mounted in any framework: `/auth/{provider}/authorize`, `/callback` and
   * `/disconnect`, and `/webhooks/…`. See `toNodeListener` for Express and `node:http`.
   */
  createHandler(options: HandlerOptions): ContextHandler;
  readonly subscriptions: {
    /**
     * Has every connected service of a user deliver its changes, where it can: webhooks and push channels if the world
     * reaches `baseUrl`, polling by {@link Context.runMaintenance} elsewhere. Says per service what was done; what one of
     * them throws is told beside the rest. Idempotent, over all processes. Throws {@link StoreError}.
     */
    ensure(userId: string, options?: FollowOptions): Promise<FollowedService[]>;
  };
  /**
   * Looks after every connection of every user: sets deliveries up, renews them before they end, polls where there are
   * none, and so keeps refresh tokens alive. Any scheduler on any number of machines may call it, every minute for
   * example: what is not due is passed over, and what another process is at is left to it. Events go to `onEvent`, and come again until it
   * took them. Throws {@link StoreError} and the signal's reason; failures of single connections are in the report.
   */
  runMaintenance(options?: MaintenanceOptions): Promise<MaintenanceReport>;
}

/** Throws {@link ConfigurationError} naming the option that is missing or can't work. */
export function createContext(options: ContextOptions): Context {
  const setup = checkedOptions(options);
  const handout = new EventHandout(setup);
  const followers = new Followers(setup, handout);
  const users = new UsersInUse((userId) => new User(setup, followers, userId));
  const webhooks = webhookRoutes(setup, handout);
  return {
    user: (userId) => users.get(userId),
    createHandler: (handlerOptions) => createHandler(setup, users, webhooks, handlerOptions),
    subscriptions: {
      async ensure(userId, followOptions = {}) {
        const user = users.get(userId);
        const connected = (await user.connections.list()).filter(
          ({ reason }) => reason !== 'never-connected',
        );
        const asked = { ...followOptions, isAskedFor: true };
        const followed = connected.map(({ provider }) => followers.follow(user, provider, asked));
        return (await Promise.all(followed)).flat();
      },
    },
    runMaintenance: (maintenance) => runMaintenance({ store: setup.store, users, followers }, maintenance),
  };
}
