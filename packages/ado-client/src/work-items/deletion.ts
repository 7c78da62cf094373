import { NotFoundError } from '@context-sdk/oauth-core/errors';
import type { WorkItem } from '../model/work-item.ts';
import { unlessMissing } from '../requests/unless-missing.ts';
import { type AdoCall, sendByLibrary } from '../wire.ts';

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
