import type { RecordStore } from '@context-sdk/oauth-core';
import { sha256 } from '@context-sdk/oauth-core/client-kit';
import { readLeased } from '@context-sdk/oauth-core/store-kit';
import { LinkRecords } from '../links/link-records.ts';
import type { ProviderId } from '../options/provider-id.ts';
import { forgetPlans } from '../plans/plan-state.ts';
import { isUnreadable, readJsonIfReadable } from '../records/json-record.ts';
import { keys } from '../records/keys.ts';
import { keysUnder } from '../records/list-keys.ts';
import { recordsUnder } from '../records/read-under.ts';

/** Deletes what is stored of the blocks that a user made in one Google account. The events stay. Returns how many. */
export async function deleteBlockRecords(store: RecordStore, owner: string, userId: string): Promise<number> {
  let deleted = 0;
  for await (const key of keysUnder(store, `${keys.blocks(owner)}/`)) {
    const record = await readJsonIfReadable<{ userId?: string }>(store, key);
    if (record?.userId === userId && (await store.delete(key))) deleted += 1;
  }
  await forgetPlans(store, owner, userId);
  return deleted;
}

/** Deletes what is stored of the work items that a user made in one organization. The items stay. Returns how many. */
export async function deleteWorkItemRecords(
  store: RecordStore,
  organizationUrl: string,
  userId: string,
): Promise<number> {
  let deleted = 0;
  const organization = await sha256(organizationUrl);
  const own = keys.ownWorkItems(userId, organization);
  for await (const ownKey of keysUnder(store, own)) {
    const key = keys.workItems(organization) + ownKey.slice(own.length);
    const record = await readLeased<{ userId?: string }>(store, key).catch((error: unknown) => {
      if (!isUnreadable(error)) throw error;
      return undefined;
    });
    if (record?.userId === userId && (await store.delete(key))) deleted += 1;
    await store.delete(ownKey);
  }
  return deleted;
}

/** What waits for a person with tasks of TickTick, for the calendar. */
const OF_TASKS: ReadonlySet<unknown> = new Set(['block_time', 'plan_tasks']);

/** Deletes the writes that wait with tasks of TickTick. */
export async function deleteTaskApprovals(store: RecordStore, userId: string): Promise<void> {
  const found = recordsUnder<{ tool?: unknown }>(store, keys.toolApprovalsAt(userId, 'google'));
  for await (const { key, value } of found) if (OF_TASKS.has(value.tool)) await store.delete(key);
}

/** Deletes what is stored of the links in an account: the links of its tasks, or its sides of others'. */
export async function deleteLinkRecords(
  store: RecordStore,
  provider: ProviderId,
  owner: string,
  userId: string,
): Promise<void> {
  const links = new LinkRecords(store, userId);
  if (provider === 'ticktick') await links.deleteAll();
  else await links.dropSides(owner);
}
