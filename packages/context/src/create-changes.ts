import { ChangeSubscriptions } from './changes/change-subscriptions.ts';
import { EventDispatcher, type EventHandlers } from './changes/events/event-dispatcher.ts';
import { Maintenance } from './changes/maintenance/maintenance.ts';
import { Connections } from './connections/connections.ts';
import type { Route } from './http/route.ts';
import { webhookRoutes } from './http/webhook-routes.ts';
import { linkFollower } from './links/link-follower.ts';
import { configuredProviders, type ProviderId } from './options/provider-id.ts';
import type { ResolvedOptions } from './options/resolved-options.ts';
import { allFollowers, taskFollower } from './users/task-follower.ts';
import { UserCache } from './users/user-cache.ts';
import type { User } from './users/user.ts';

/** What a context does about changes in its users' services. */
export interface Changes {
  subscriptions: ChangeSubscriptions;
  maintenance: Maintenance;
  webhooks: Route;
}

interface ChangesParts {
  options: ResolvedOptions;
  handlers: Omit<EventHandlers, 'follower'>;
  users: UserCache;
  createUser: (userId: string) => User;
}

/** Creates what receives changes and passes them to the host. */
export function createChanges({ options, handlers, users, createUser }: ChangesParts): Changes {
  const userOf = (userId: string): User => users.get(userId);
  const follower = allFollowers([
    taskFollower({ options, userOf, tell: (outgoing) => dispatcher.dispatch(outgoing) }),
    linkFollower({ options, userOf }),
  ]);
  const dispatcher: EventDispatcher = new EventDispatcher(options, { ...handlers, follower });
  const subscriptions = new ChangeSubscriptions(options, dispatcher);
  // Maintenance visits so many users that they would displace active ones.
  const maintained = new UserCache(createUser);
  const clientsOf = (userId: string): User => users.peek(userId) ?? maintained.get(userId);
  const finishDisconnect = async (userId: string, provider: ProviderId): Promise<boolean> => {
    if (!configuredProviders(options.providers).includes(provider)) return true;
    return await Connections.finishDisconnect(clientsOf(userId).connections, provider);
  };
  const { store, revocations, jobs } = options;
  const parts = { store, revocations, clientsOf, finishDisconnect, subscriptions, dispatcher };
  return {
    subscriptions,
    maintenance: new Maintenance(parts, jobs),
    webhooks: webhookRoutes(options, dispatcher),
  };
}
