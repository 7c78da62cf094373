import { checkedOptions } from './context-options.ts';
import type { ContextOptions } from './context-options.ts';
import { UsersInUse } from './users/users-in-use.ts';
import { User } from './users/user.ts';

/** A host's view of all its users' services. */
export interface Context {
  /**
   * One user, by the host's own id. Cheap: nothing is read until something is asked. Throws {@link InvalidRequestError}
   * for an id that is empty or over 256 characters after URL encoding.
   */
  user(userId: string): User;
}

/** Throws {@link ConfigurationError} naming the option that is missing or can't work. */
export function createContext(options: ContextOptions): Context {
  const setup = checkedOptions(options);
  const users = new UsersInUse((userId) => new User(setup, userId));
  return { user: (userId) => users.get(userId) };
}
