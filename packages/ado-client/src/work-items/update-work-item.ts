import { ConflictError, delay, oneDeadline } from '@context-sdk/oauth-core';
import { checkedId } from '../input/checked-id.ts';
import { invalid } from '../input/invalid.ts';
import { namesPlaces } from '../relations/relation-operations.ts';
import { changesPatch, dependsOnItem } from './changes-patch.ts';
import type { UpdateOptions } from './options.ts';
import { updateAt } from './tested-update.ts';
import type { WorkItemRoutes } from './work-item-routes.ts';
import type { WorkItem } from './work-item.ts';
import type { WorkItemChanges } from './work-item-changes.ts';

/** Changes that are found out from the item as it is. */
export type Reviser = (
  current: WorkItem,
) => WorkItemChanges | undefined | Promise<WorkItemChanges | undefined>;

/** So often is an item read anew because somebody else was faster; of any number of writers one always gets through. */
const MOST_CONFLICTS = 20;

function conflict(id: number, rev: number, ifRev: number): ConflictError {
  return new ConflictError(`Work item ${id} is at revision ${rev}, not at ${ifRev}.`, {
    service: 'azure-devops',
  });
}

/** Reads, changes, and writes what has not changed in between; reads again where it has. */
async function revise(
  routes: WorkItemRoutes,
  id: number,
  reviser: Reviser,
  options: UpdateOptions,
): Promise<WorkItem> {
  const { ifRev } = options;
  const { organizationUrl } = routes.transport;
  for (let conflicts = 0; ; conflicts += 1) {
    const startedAt = performance.now();
    const item = await routes.get('workItems.update', id, { expand: 'relations' }, options);
    if (ifRev !== undefined && item.rev !== ifRev) throw conflict(id, item.rev, ifRev);
    const patch = changesPatch((await reviser(item)) ?? {}, organizationUrl, { item });
    if (patch.length === 0) return item;
    try {
      return await updateAt(routes, id, item.rev, patch, options);
    } catch (error) {
      if (!(error instanceof ConflictError) || ifRev !== undefined || conflicts === MOST_CONFLICTS)
        throw error;
      // Writers in step would meet again and again, and the same one would lose.
      await delay(Math.random() * (performance.now() - startedAt), options.signal);
    }
  }
}

export async function updateWorkItem(
  routes: WorkItemRoutes,
  id: number,
  changes: WorkItemChanges | Reviser,
  given: UpdateOptions = {},
): Promise<WorkItem> {
  checkedId(id, 'id');
  const options = oneDeadline(given, 'azure-devops') ?? given;
  const { ifRev } = options;
  if (ifRev !== undefined) checkedId(ifRev, 'ifRev');
  if (typeof changes === 'function') return await revise(routes, id, changes, options);
  const patch = changesPatch(changes, routes.transport.organizationUrl);
  if (namesPlaces(changes) && ifRev === undefined) {
    throw invalid(
      'ifRev',
      'is needed where relations are named by their place, which other revisions have otherwise',
    );
  }
  if (dependsOnItem(changes)) return await revise(routes, id, () => changes, options);
  if (patch.length === 0) throw invalid('changes', 'is empty');
  if (ifRev !== undefined) return await updateAt(routes, id, ifRev, patch, options);
  return await routes.update('workItems.update', id, patch, options);
}
