import { chunksOf, mapAhead } from '@context-sdk/oauth-core/client-kit';
import { checkedId, checkList } from '../input.ts';
import type { WireRead } from '../model/options.ts';
import type { WorkItem } from '../model/work-item.ts';
import type { AdoCall } from '../wire.ts';
import { getBatch, MAX_IN_BATCH } from './work-item-requests.ts';

/** Which of the items that were asked for exist, and which do not. */
export interface FoundWorkItems<Custom extends object = object> {
  /** In the order of the ids, each once. */
  items: WorkItem<Custom>[];
  /** Ids of items that do not exist or are hidden from this user, which Azure DevOps does not tell apart, or that can't be read. */
  missing: number[];
}

/** Requests that are on their way at the same time. */
const AHEAD = 4;

/** Each id once. Throws {@link InvalidRequestError} naming the first that can't be one. */
export function checkedIds(ids: readonly number[]): number[] {
  checkList(ids, 'ids');
  return [...new Set(ids.map((id, index) => checkedId(id, `ids[${index}]`)))];
}

/** Reads any number of items, 200 to a request. */
export async function getMany(
  call: AdoCall,
  ids: readonly number[],
  read: WireRead,
): Promise<FoundWorkItems> {
  const found = new Map<number, WorkItem>();
  const get = (chunk: number[]): Promise<WorkItem[]> => getBatch(call, chunk, read);
  for await (const items of mapAhead(chunksOf(ids, MAX_IN_BATCH), AHEAD, get)) {
    for (const item of items) found.set(item.id, item);
  }
  return {
    items: ids.flatMap((id) => found.get(id) ?? []),
    missing: ids.filter((id) => !found.has(id)),
  };
}
