import { checkedOptions } from './context-options.ts';
import type { ContextOptions } from './context-options.ts';
import { createHandler } from './web/create-handler.ts';
import type { ContextHandler, HandlerOptions } from './web/handler.ts';
import { noSuchRoute } from './web/no-such-route.ts';
import { UsersInUse } from './users/users-in-use.ts';
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
}

/** Throws {@link ConfigurationError} naming the option that is missing or can't work. */
export function createContext(options: ContextOptions): Context {
  const setup = checkedOptions(options);
  const webhooks = async (): Promise<Response> => {
    throw noSuchRoute();
  };
  const users = new UsersInUse((userId) => new User(setup, userId));
  return {
    user: (userId) => users.get(userId),
    createHandler: (handlerOptions) => createHandler(setup, users, webhooks, handlerOptions),
  };
}
