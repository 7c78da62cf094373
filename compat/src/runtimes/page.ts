import { TickTickClient } from '@context-sdk/ticktick-client';

/** What a page would do with an API token of its user. */
export async function listTitles(auth: string, fetch: typeof globalThis.fetch): Promise<string> {
  const client = new TickTickClient({ auth, fetch });
  const created = await client.tasks.create({ title: 'Pack' });
  await client.tasks.complete(created);
  return `${(await client.tasks.listOpen().toArray()).length} tasks`;
}
