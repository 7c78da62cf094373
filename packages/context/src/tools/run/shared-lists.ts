import { type CallOptions, ConfigurationError, ContextSdkError } from '@context-sdk/oauth-core';
import type { Task } from '@context-sdk/ticktick-client';
import type { User } from '../../users/user.ts';

/** Lists that are asked about at once, a request each. Tasks of more count as written by others. */
const MAX_ASKED = 10;

/** The one list that can't be shared. */
const INBOX = /^inbox\d*$/;

/** Which lists of TickTick other people write into, as far as one run of an assistant has asked. */
export class SharedLists {
  readonly #known = new Map<string, boolean>();

  /** Whether others may have written one of the tasks. What can't be found out counts as theirs. */
  async haveOneOf(tasks: readonly Task[], { ticktick }: User, call: CallOptions): Promise<boolean> {
    // Only members of shared lists are assigned tasks.
    if (tasks.some(({ assigneeUsername, assignor }) => assigneeUsername || assignor)) return true;
    const lists = new Set(tasks.map(({ projectId }) => projectId));
    if ([...lists].some((id) => this.#known.get(id))) return true;
    const unknown = [...lists].filter((id) => id !== '' && !INBOX.test(id) && !this.#known.has(id));
    if (unknown.length > MAX_ASKED) return true;
    const shared = await Promise.all(
      unknown.map(async (id) => {
        try {
          const members = await ticktick.projects.members(id, call);
          this.#known.set(id, members.length > 1);
          return members.length > 1;
        } catch (error) {
          call.signal?.throwIfAborted();
          if (!(error instanceof ContextSdkError)) throw error;
          // Gateways of the guide's dialect have no members.
          return !(error instanceof ConfigurationError);
        }
      }),
    );
    return shared.includes(true);
  }
}
