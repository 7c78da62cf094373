import type { RecordStore } from '@context-sdk/oauth-core';

const PAGE_SIZE = 500;

/** All keys under a prefix, read page by page. */
export async function* keysUnder(store: RecordStore, prefix: string): AsyncGenerator<string> {
  for (let after: string | undefined; ;) {
    const page = await store.list(prefix, { limit: PAGE_SIZE, ...(after !== undefined && { after }) });
    yield* page;
    after = page.at(-1);
    if (after === undefined || page.length < PAGE_SIZE) return;
  }
}

/** Deletes all records under a prefix, unread. Returns how many there were. */
export async function deleteUnder(store: RecordStore, prefix: string): Promise<number> {
  let deleted = 0;
  for await (const key of keysUnder(store, prefix)) {
    if (await store.delete(key)) deleted += 1;
  }
  return deleted;
}
