import { listing } from '@context-sdk/oauth-core/client-kit';
import type { Dialect, TickTickCall } from '../operations.ts';
import { listOpen, queryGateway } from '../tasks/lists/list-open.ts';
import type { Task } from '../tasks/task.ts';

/** What a poll compares: the open tasks, and at a gateway all that it lists. */
export function listNow(
  dialect: Dialect,
  call: TickTickCall,
  includeClosed: boolean | undefined,
): Promise<Task[]> {
  if (!dialect.hasProjects) return queryGateway(call);
  return listing(() => listOpen(dialect, call, includeClosed)).toArray();
}
