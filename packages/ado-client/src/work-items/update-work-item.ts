import { ConflictError } from '@context-sdk/oauth-core/errors';
import { delay } from '@context-sdk/oauth-core/client-kit';
import { invalid, SERVICE } from '../errors.ts';
import { checkedId } from '../input.ts';
import type { WorkItemUpdateOptions } from '../model/options.ts';
import type { WorkItem } from '../model/work-item.ts';
import { changesPatch, dependsOnItem } from '../patches/changes-patch.ts';
import { namesPlaces } from '../patches/relation-operations.ts';
import type { WorkItemChanges } from '../patches/work-item-input.ts';
import { getWorkItem, patchWorkItem } from '../requests/work-item-requests.ts';
import type { AdoCall } from '../wire.ts';
import { updateAt } from './conditional-update.ts';

/** Works out the changes from the item as it is. */
export type Updater = (
  current: WorkItem,
) => WorkItemChanges | undefined | Promise<WorkItemChanges | undefined>;

/** How often an item is read again because somebody else was faster; of any number of writers one always succeeds. */
const MAX_CONFLICTS = 20;

function conflict(id: number, rev: number, ifRev: number): ConflictError {
  return new ConflictError(`Work item ${id} is at revision ${rev}, not at ${ifRev}.`, { service: SERVICE });
}

/** Reads, changes, and writes if nothing changed in between; reads again where something did. */
async function readAndUpdate(
  call: AdoCall,
  organizationUrl: string,
  id: number,
  updater: Updater,
  options: WorkItemUpdateOptions,
): Promise<WorkItem> {
  const { ifRev } = options;
  for (let conflicts = 0; ; conflicts += 1) {
    const startedAt = performance.now();
    const item = await getWorkItem(call, id, { expand: 'relations' });
    if (ifRev !== undefined && item.rev !== ifRev) throw conflict(id, item.rev, ifRev);
    const patch = changesPatch((await updater(item)) ?? {}, organizationUrl, { item });
    if (patch.length === 0) return item;
    try {
      return await updateAt(call, id, item.rev, patch, options);
    } catch (error) {
      if (!(error instanceof ConflictError) || ifRev !== undefined || conflicts === MAX_CONFLICTS)
        throw error;
      // Writers in step would meet again and again, and the same one would lose.
      await delay(Math.random() * (performance.now() - startedAt), call.signal);
    }
  }
}

/** Changes an item, as `WorkItems.update` promises. */
export async function updateWorkItem(
  call: AdoCall,
  organizationUrl: string,
  id: number,
  changes: WorkItemChanges | Updater,
  options: WorkItemUpdateOptions = {},
): Promise<WorkItem> {
  checkedId(id, 'id');
  const { ifRev } = options;
  if (ifRev !== undefined) checkedId(ifRev, 'ifRev');
  if (typeof changes === 'function') return await readAndUpdate(call, organizationUrl, id, changes, options);
  const patch = changesPatch(changes, organizationUrl);
  if (changes.relations && ifRev === undefined && namesPlaces(changes)) {
    throw invalid(
      'ifRev',
      'is needed where relations are named by their place, which is another in other revisions',
    );
  }
  if (dependsOnItem(changes)) return await readAndUpdate(call, organizationUrl, id, () => changes, options);
  if (patch.length === 0) throw invalid('changes', 'is empty');
  if (ifRev !== undefined) return await updateAt(call, id, ifRev, patch, options);
  return await patchWorkItem(call, id, patch, options);
}
