import type { Setup } from '../../options/resolved-options.ts';
import type { Users } from '../../users/user-cache.ts';
import type { HandlerOptions } from '../handler.ts';

/** What the routes of a sign-in work with. */
export interface AuthParts {
  setup: Setup;
  users: Users;
  getUserId: HandlerOptions['getUserId'];
}
