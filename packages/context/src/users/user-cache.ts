import { checkedUserId } from '../utils/checked-user-id.ts';
import type { User } from './user.ts';

/** Objects that are kept beyond their last use, so that clients are made once for a user who comes again. */
const KEPT = 1_000;

/** Finds the object of a user. */
export interface Users {
  get(userId: string): User;
}

/** The same object for a user as long as it is in use; of the others the latest thousand. */
export class UsersInUse implements Users {
  readonly #make: (userId: string) => User;
  readonly #users = new Map<string, User>();

  constructor(make: (userId: string) => User) {
    this.#make = make;
  }

  get(userId: string): User {
    const id = checkedUserId(userId);
    const user = this.#users.get(id) ?? this.#make(id);
    this.#users.delete(id);
    this.#users.set(id, user);
    const [oldest] = this.#users.keys();
    if (this.#users.size > KEPT && oldest !== undefined) this.#users.delete(oldest);
    return user;
  }
}
