import type { CallOptions } from '@context-sdk/oauth-core';
import { unlessNotFound } from '@context-sdk/oauth-core/client-kit';
import type { Task, TickTickClient } from '@context-sdk/ticktick-client';

/** A task as it is now: where it was last seen, or wherever it was moved to. `undefined` if it is gone. */
export async function readTask(
  { tasks }: TickTickClient,
  id: string,
  projectId: string | undefined,
  call: CallOptions,
): Promise<Task | undefined> {
  const there =
    projectId === undefined ? undefined : await unlessNotFound(tasks.get({ id, projectId }, call));
  return there ?? (await unlessNotFound(tasks.get(id, call)));
}
