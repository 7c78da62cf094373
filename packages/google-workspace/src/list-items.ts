import {
  isObject,
  type Listing,
  listing,
  type ServiceResponse,
  tellListener,
} from '@context-sdk/oauth-core/client-kit';
import { isId } from './input.ts';

/** An item of a list that a client can't return: it has no id that could be asked for. */
export interface SkippedItem {
  reason: 'unreadable';
  item: unknown;
}

/** A listing that leaves out items without an id, instead of failing because of them. */
export interface ItemListing<T> extends Listing<T> {
  /** What the last iteration has left out so far. */
  readonly skipped: readonly SkippedItem[];
}

/** What listings take besides their query. */
export interface ItemListOptions {
  /** Called for every item that is left out. What it throws is ignored. */
  onSkipped?: ((skipped: SkippedItem) => void) | undefined;
}

/** The items of a page that have an id. Throws {@link UnexpectedResponseError} if the page has no list. */
export function itemsIn<T extends { id: string }>(
  page: ServiceResponse,
  skip: (skipped: SkippedItem) => void,
  member = 'items',
): T[] {
  const list = page.member(member, []);
  const { value } = list;
  if (!Array.isArray(value)) return list.list<T>();
  return value.filter((item: unknown, index): item is T => {
    if (isObject(item) && isId(item['id'])) return true;
    list.skip(index);
    skip({ reason: 'unreadable', item });
    return false;
  });
}

/** A listing over pages, whose items are in `member`. */
export function itemListing<T extends { id: string }>(
  options: ItemListOptions | undefined,
  pages: () => AsyncIterable<ServiceResponse>,
  member?: string,
): ItemListing<T> {
  const skipped: SkippedItem[] = [];
  const items = listing(async function* () {
    skipped.length = 0;
    const skip = (entry: SkippedItem): void => {
      skipped.push(entry);
      tellListener(options?.onSkipped, entry);
    };
    for await (const page of pages()) yield* itemsIn<T>(page, skip, member);
  });
  return Object.assign(items, { skipped });
}
