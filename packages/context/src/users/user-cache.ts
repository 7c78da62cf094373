import { checkUserId } from '../utils/input-checks.ts';
import type { User } from './user.ts';

/** How many users are kept, so that the clients of a returning user are reused. */
const MAX_USERS = 1_000;

/** The most recently used {@link User} objects. */
export class UserCache {
  readonly #create: (userId: string) => User;
  readonly #users = new Map<string, User>();

  constructor(create: (userId: string) => User) {
    this.#create = create;
  }

  /** The user, if there is one already. */
  peek(userId: string): User | undefined {
    return this.#users.get(userId);
  }

  /** Throws {@link InvalidRequestError} for an invalid id. */
  get(userId: string): User {
    const id = checkUserId(userId);
    const user = this.#users.get(id) ?? this.#create(id);
    // Deleting and adding moves the user to the end of the map.
    this.#users.delete(id);
    this.#users.set(id, user);
    const [oldest] = this.#users.keys();
    if (this.#users.size > MAX_USERS && oldest !== undefined) this.#users.delete(oldest);
    return user;
  }
}
