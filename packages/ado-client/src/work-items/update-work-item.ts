import { delay } from '@context-sdk/oauth-core/client-kit';
import { ConflictError, InvalidRequestError } from '@context-sdk/oauth-core/errors';
import { invalid, SERVICE } from '../errors.ts';
import { checkedId } from '../input.ts';
import type { WorkItemUpdateOptions } from '../model/options.ts';
import { isThatRelation, linksOf, type NewRelation, relationsIn } from '../model/relation.ts';
import type { WorkItem, WorkItemRelation } from '../model/work-item.ts';
import { changesPatch, dependsOnItem } from '../patches/changes-patch.ts';
import { namesPlaces, withoutPlaces } from '../patches/relation-operations.ts';
import type { WorkItemChanges } from '../patches/work-item-input.ts';
import { checkFormats } from '../requests/check-formats.ts';
import { getWorkItem, patchWorkItem } from '../requests/work-item-requests.ts';
import { settleLost } from '../settle-lost.ts';
import type { AdoCall, AdoContext } from '../wire.ts';
import { itemWithLinks, updateAt } from './conditional-update.ts';
import { namesLinksByPlace } from './link-differences.ts';
import { updateLinks } from './link-update.ts';

/** Works out the changes from the item as it is. */
export type Updater = (
  current: WorkItem,
) => WorkItemChanges | undefined | Promise<WorkItemChanges | undefined>;

/** How often an item is read again because somebody else was faster; of any number of writers one always succeeds. */
const MAX_CONFLICTS = 20;

function conflict(id: number, rev: number, ifRev: number): ConflictError {
  return new ConflictError(`Work item ${id} is at revision ${rev}, not at ${ifRev}.`, { service: SERVICE });
}

/** What is left of changes whose fields are written: their links, and comments that others have to get back. */
function linkChangesLeft(
  { parent, relations = {} }: WorkItemChanges,
  commented: readonly WorkItemRelation[],
): WorkItemChanges {
  const restored = commented.map(({ rel, url, attributes }) => ({
    relation: { rel, url },
    comment: attributes?.comment ?? '',
  }));
  return { parent, relations: { ...relations, comment: [...(relations.comment ?? []), ...restored] } };
}

/** The same changes without the links that the item has by now. */
function unlessPresent(changes: WorkItemChanges, item: WorkItem): WorkItemChanges {
  const { add = [] } = changes.relations ?? {};
  const isPresent = ({ rel, id, url }: NewRelation): boolean =>
    linksOf(item).some((relation, index) => isThatRelation(relation, index, { rel, id, url }, item.url));
  return { ...changes, relations: { ...changes.relations, add: add.filter((one) => !isPresent(one)) } };
}

/** The same changes without places of links: those mean the item as it was read first. */
function namedLinks(changes: WorkItemChanges, item: WorkItem): WorkItemChanges {
  return namesPlaces(changes)
    ? { ...changes, relations: withoutPlaces(changes.relations ?? {}, item) }
    : changes;
}

/** Whether somebody else was faster. Links make no revision, so a parent that was set meanwhile shows as TF201036. */
function lostRace(error: unknown, { parent }: WorkItemChanges): boolean {
  if (error instanceof ConflictError) return true;
  return (
    error instanceof InvalidRequestError && error.serviceCode === 'TF201036' && typeof parent === 'number'
  );
}

/** Reads, changes, and writes if nothing changed in between; reads again where something did. */
async function readAndUpdate(
  call: AdoCall,
  context: AdoContext,
  id: number,
  updater: Updater,
  options: WorkItemUpdateOptions,
): Promise<WorkItem> {
  const { ifRev } = options ?? {};
  let unfinished: WorkItemChanges | undefined;
  let refused: string | undefined;
  for (let conflicts = 0; ; conflicts += 1) {
    const startedAt = performance.now();
    const item = await getWorkItem(call, id, { expand: 'relations' });
    if (!unfinished && ifRev !== undefined && item.rev !== ifRev) throw conflict(id, item.rev, ifRev);
    const changes = unfinished
      ? unlessPresent(unfinished, item)
      : namedLinks((await updater(item)) ?? {}, item);
    const patch = changesPatch(changes, context.organizationUrl, { item });
    if (changes.fields !== undefined) await checkFormats(call, context, changes);
    if (patch.length === 0) return item;
    try {
      if (options?.validateOnly || !namesLinksByPlace(patch)) {
        return await updateAt(call, id, item.rev, patch, options);
      }
      const update = await updateLinks(call, item, patch, options);
      if (update.isDone) return update.item;
      if (conflicts === MAX_CONFLICTS) throw conflict(id, update.item.rev, item.rev);
      unfinished = linkChangesLeft(changes, update.commented);
    } catch (error) {
      if (!lostRace(error, changes) || ifRev !== undefined || conflicts === MAX_CONFLICTS) throw error;
      const links = JSON.stringify(item.relations ?? []);
      // One of them can't be read. It is the parent, and isn't taken away, if the same links were refused before.
      if (links === refused && relationsIn(item.relations).length < linksOf(item).length) throw error;
      refused = links;
      // Writers in step would meet again and again, and the same one would lose.
      await delay(Math.random() * (performance.now() - startedAt), call.signal);
    }
  }
}

/** Changes an item, as `WorkItems.update` promises. */
export async function updateWorkItem(
  call: AdoCall,
  context: AdoContext,
  id: number,
  changes: WorkItemChanges | Updater,
  options?: WorkItemUpdateOptions,
): Promise<WorkItem> {
  checkedId(id, 'id');
  const { ifRev } = options ?? {};
  if (ifRev !== undefined) checkedId(ifRev, 'ifRev');
  if (typeof changes === 'function') return await readAndUpdate(call, context, id, changes, options ?? {});
  const patch = changesPatch(changes, context.organizationUrl);
  if (changes.relations && ifRev === undefined && namesPlaces(changes)) {
    throw invalid(
      'ifRev',
      'is needed where relations are named by their place, which is another in other revisions',
    );
  }
  if (dependsOnItem(changes)) return await readAndUpdate(call, context, id, () => changes, options ?? {});
  if (patch.length === 0) throw invalid('changes', 'is empty');
  if (changes.fields !== undefined) await checkFormats(call, context, changes);
  if (ifRev !== undefined) return await updateAt(call, id, ifRev, patch, options ?? {});
  try {
    return await patchWorkItem(call, id, patch, options ?? {});
  } catch (error) {
    // A link can't be added twice, and a file would be there twice.
    return await settleLost(
      call,
      () => Promise.reject(error),
      () => itemWithLinks(call, id, patch, options ?? {}),
    );
  }
}
