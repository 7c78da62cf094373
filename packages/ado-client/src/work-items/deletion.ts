import { chunksOf, type Listing, listing, omitUndefined } from '@context-sdk/oauth-core/client-kit';
import { NotFoundError } from '@context-sdk/oauth-core/errors';
import { requiredProject } from '../input.ts';
import type { WorkItem } from '../model/work-item.ts';
import { unlessMissing } from '../requests/unless-missing.ts';
import { getWorkItem, MAX_IN_BATCH } from '../requests/work-item-requests.ts';
import { settleLost } from '../settle-lost.ts';
import {
  type AdoCall,
  type AdoContext,
  PROJECT_OPTIONS,
  type ProjectOptions,
  sendByLibrary,
} from '../wire.ts';

/** An item in the recycle bin, or just out of it. */
export interface DeletedWorkItem {
  /** A number or a text: Azure DevOps sends both. */
  id: number | string;
  type?: string;
  name?: string;
  project?: string;
  /** `1/31/2017 9:21:14 PM` or ISO 8601: Azure DevOps sends both. */
  deletedDate?: string;
  deletedBy?: string;
  url?: string;
  resource?: WorkItem;
  [more: string]: unknown;
}

/** Deletes an item. Succeeds if it is in the recycle bin already. */
export async function deleteWorkItem(call: AdoCall, id: number): Promise<void> {
  try {
    await sendByLibrary(call, 'workItems.delete', [id]);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    if ((await unlessMissing(sendByLibrary(call, 'recycleBin.get', [id]))) === undefined) throw error;
  }
}

/** Takes an item out of the recycle bin. */
export async function restoreWorkItem(call: AdoCall, id: number): Promise<DeletedWorkItem> {
  const restore = async (): Promise<DeletedWorkItem> =>
    (await sendByLibrary(call, 'workItems.restore', [{ isDeleted: false }, id])).object();
  return await settleLost(call, restore, async () => {
    const resource = await getWorkItem(call, id, {});
    const { url, fields } = resource;
    const known = omitUndefined({
      type: fields['System.WorkItemType'],
      name: fields['System.Title'],
      project: fields['System.TeamProject'],
    });
    return { id, ...known, url, resource };
  });
}

/** Deletes an item for good. After a lost response it is if it is neither there nor in the recycle bin. */
export async function destroyWorkItem(call: AdoCall, id: number): Promise<void> {
  await settleLost<unknown>(
    call,
    () => sendByLibrary(call, 'workItems.destroy', [id, undefined, true]),
    async () => {
      const item =
        (await unlessMissing(getWorkItem(call, id, {}))) ??
        (await unlessMissing(sendByLibrary(call, 'recycleBin.get', [id])));
      return item === undefined ? true : undefined;
    },
  );
}

/** What is in a project's recycle bin: its ids in one request, and what they are in one for each 200. */
export function deletedItems(
  { service, project: ofClient }: AdoContext,
  options: ProjectOptions,
): Listing<DeletedWorkItem> {
  const project = requiredProject(options.project, ofClient);
  return listing(async function* () {
    const call = service.call(options, PROJECT_OPTIONS);
    const references = (await call.send('recycleBin.list', { params: { project } })).member('value');
    const ids = references.list<{ id: number }>({ id: 'number' }).map(({ id }) => id);
    for (const chunk of chunksOf(ids, MAX_IN_BATCH)) {
      const request = { params: { project }, query: { ids: chunk.join() } };
      const list = (await call.send('recycleBin.list', request)).member('value');
      for (const item of list.list<DeletedWorkItem>()) {
        if (typeof item.id === 'number' || typeof item.id === 'string') yield item;
        else list.skip((list.value as unknown[]).indexOf(item));
      }
    }
  });
}
