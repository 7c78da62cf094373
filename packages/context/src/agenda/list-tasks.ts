import type { CallOptions } from '@context-sdk/oauth-core';
import type { Skipped, Task } from '@context-sdk/ticktick-client';
import type { UserClients } from '../connections/user-clients.ts';

/** The open tasks as they were listed, and what was left out. */
export interface ListedTasks {
  tasks: Task[];
  skipped: readonly Skipped[];
}

export async function listTasks(clients: UserClients, call: CallOptions): Promise<ListedTasks> {
  const listing = clients.ticktick.tasks.listOpen(call);
  const tasks = await listing.toArray();
  return { tasks, skipped: listing.skipped };
}
