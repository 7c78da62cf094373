import { type CallOptions, NotFoundError, oneDeadline } from '@context-sdk/oauth-core';
import type { Transport } from '../requests/transport.ts';
import { unlessNotFound } from '../requests/unless-not-found.ts';
import type { WorkItem } from './work-item.ts';

/** An item in the recycle bin, or just out of it. */
export interface DeletedWorkItem {
  /** A number or a text: Azure DevOps answers both. */
  id: number | string;
  type?: string;
  name?: string;
  project?: string;
  /** `1/31/2017 9:21:14 PM` or ISO 8601: Azure DevOps answers both. */
  deletedDate?: string;
  deletedBy?: string;
  url?: string;
  resource?: WorkItem;
  [more: string]: unknown;
}

/** Deletes an item; one that lies in the recycle bin already is deleted. */
export async function deleteWorkItem(transport: Transport, id: number, given?: CallOptions): Promise<void> {
  const options = oneDeadline(given, 'azure-devops');
  const name = 'workItems.delete';
  try {
    await transport.send({ name, safety: 'idempotent' }, options, (api) => api.deleteWorkItem(id));
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    const binned = transport.send({ name, safety: 'safe' }, options, (api) => api.getDeletedWorkItem(id));
    if ((await unlessNotFound(binned)) === undefined) throw error;
  }
}

export async function restoreWorkItem(
  transport: Transport,
  id: number,
  options?: CallOptions,
): Promise<DeletedWorkItem> {
  const answer = await transport.send({ name: 'workItems.restore', safety: 'unsafe' }, options, (api) =>
    api.restoreWorkItem({ isDeleted: false }, id),
  );
  return answer.object();
}

/** Not sent twice: the second answer would be that there is no such item. */
export async function destroyWorkItem(
  transport: Transport,
  id: number,
  options?: CallOptions,
): Promise<void> {
  await transport.send({ name: 'workItems.destroy', safety: 'unsafe' }, options, (api) =>
    api.deleteWorkItem(id, undefined, true),
  );
}
