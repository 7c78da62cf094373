import { mayHaveHappened } from '../bulk/lost-answers.ts';
import { ConflictError } from '@context-sdk/oauth-core';
import { ifStillAt } from './changes-patch.ts';
import type { WriteOptions } from './options.ts';
import type { PatchOperation } from './patch-operation.ts';
import { tookEffect } from './took-effect.ts';
import type { WorkItemRoutes } from './work-item-routes.ts';
import type { WorkItem } from './work-item.ts';

/** Whether a lost patch made the revision behind the one that it was for. */
async function wasThatRevision(
  routes: WorkItemRoutes,
  id: number,
  rev: number,
  patch: readonly PatchOperation[],
  options: WriteOptions,
): Promise<boolean> {
  const changesLinks = patch.some(({ path }) => path.startsWith('/relations/'));
  const hasFields = patch.some(({ path }) => path.startsWith('/fields/'));
  if (changesLinks && !hasFields) return false;
  return tookEffect(patch, await routes.revision('workItems.update', id, rev + 1, options));
}

/**
 * Sends a patch that is for one revision only. Where the answer is lost the item itself tells what became of it, so
 * that nothing is done twice: at the old revision the patch is sent once more; where the next revision holds what it
 * writes it is done; else somebody else was faster, which is a {@link ConflictError}.
 */
export async function updateAt(
  routes: WorkItemRoutes,
  id: number,
  rev: number,
  patch: readonly PatchOperation[],
  options: WriteOptions,
): Promise<WorkItem> {
  const tested = [ifStillAt(rev), ...patch];
  try {
    return await routes.update('workItems.update', id, tested, options);
  } catch (error) {
    if (!mayHaveHappened(error)) throw error;
  }
  const now = await routes.get('workItems.update', id, { expand: options.expand }, options);
  if (now.rev === rev) return await routes.update('workItems.update', id, tested, options);
  if (await wasThatRevision(routes, id, rev, patch, options)) return now;
  throw new ConflictError(
    `Work item ${id} is at revision ${now.rev}, and the answer to a change of revision ${rev} was lost.`,
    { service: 'azure-devops' },
  );
}
