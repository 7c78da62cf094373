import type { Setup } from '../../setup.ts';
import type { Users } from '../../users/users-in-use.ts';
import type { HandlerOptions } from '../handler.ts';

/** What the routes of a sign-in work with. */
export interface AuthParts {
  setup: Setup;
  users: Users;
  getUserId: HandlerOptions['getUserId'];
}
