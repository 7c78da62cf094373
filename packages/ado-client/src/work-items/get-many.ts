import { type CallOptions, oneDeadline } from '@context-sdk/oauth-core';
import { checkedId } from '../input/checked-id.ts';
import { checkList } from '../input/checked-object.ts';
import { mapAhead } from '../requests/map-ahead.ts';
import { checkedRead } from './checked-reads.ts';
import type { ReadOptions } from './options.ts';
import { MOST_IN_BATCH, type WorkItemRoutes } from './work-item-routes.ts';
import type { WorkItem } from './work-item.ts';

/** What was found of the items that were asked for, and what was not. */
export interface FoundWorkItems<Custom extends object = object> {
  /** In the order of the ids, each once. */
  items: WorkItem<Custom>[];
  /** Ids of items that do not exist or are hidden from this user, which Azure DevOps does not tell apart. */
  missing: number[];
}

/** Requests that are on their way at the same time. */
const AHEAD = 4;

export function chunksOf<T>(items: readonly T[], size: number = MOST_IN_BATCH): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}

function checkedIds(ids: readonly number[]): number[] {
  checkList(ids, 'ids');
  return [...new Set(ids.map((id, index) => checkedId(id, `ids[${index}]`)))];
}

/** Reads any number of items, 200 to a request. */
export async function getMany(
  routes: WorkItemRoutes,
  ids: readonly number[],
  options: ReadOptions & CallOptions = {},
): Promise<FoundWorkItems> {
  const wanted = checkedIds(ids);
  const read = checkedRead(options);
  const call = oneDeadline<CallOptions>(options, 'azure-devops');
  const found = new Map<number, WorkItem>();
  const get = (chunk: number[]): Promise<WorkItem[]> => routes.batch('workItems.getMany', chunk, read, call);
  for await (const items of mapAhead(chunksOf(wanted), AHEAD, get)) {
    for (const item of items) found.set(item.id, item);
  }
  return {
    items: wanted.flatMap((id) => found.get(id) ?? []),
    missing: wanted.filter((id) => !found.has(id)),
  };
}
