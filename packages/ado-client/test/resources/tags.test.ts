import { tagsOf } from '@context-sdk/ado-client';
import { expect, test } from 'vitest';
import { clientOf } from '../support/answering.ts';
import { useSandbox } from '../support/use-sandbox.ts';

const { start } = useSandbox();

test('21: tags of a project are listed, renamed and deleted, on every item', async () => {
  const { client } = start();
  const create = (tags: string[]) => client.workItems.create({ type: 'Task', title: 'x', tags });
  const items = [await create(['red', 'blue']), await create(['blue'])];
  const names = async (): Promise<string[]> => (await client.tags.list()).map(({ name }) => name).toSorted();
  const tagsNow = () => Promise.all(items.map(async ({ id }) => tagsOf(await client.workItems.get(id))));
  expect(await names()).toEqual(['blue', 'red']);
  await expect(client.tags.rename('blue', 'Red')).rejects.toMatchObject({ code: 'invalid_request' });
  await client.tags.rename('blue', 'C#/.NET');
  expect(await tagsNow()).toEqual([['C#/.NET', 'red'], ['C#/.NET']]);
  await client.tags.delete('C#/.NET');
  expect(await tagsNow()).toEqual([['red'], []]);
  expect(await names()).toEqual(['red']);
  await expect(client.tags.delete('blue')).rejects.toMatchObject({ code: 'not_found' });
  await expect(client.tags.rename('red', ' ')).rejects.toMatchObject({ field: 'name' });
});

test('a renaming whose answer is lost is not sent again: the tag has its old name no longer', async () => {
  const { client, requests } = clientOf(() => {
    if (requests.length > 1) return Response.json({ message: 'No such tag.' }, { status: 404 });
    throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
  });
  await expect(client.tags.rename('blue', 'red', { project: 'p' })).rejects.toMatchObject({
    code: 'network',
    sent: true,
  });
});

test("21: tags that are given as a field are all of them, as any field's value is", async () => {
  const { client } = start();
  const { id } = await client.workItems.create({ type: 'Task', title: 'x', tags: ['old', 'kept'] });
  const tagsAfter = async (value: string): Promise<unknown> =>
    (await client.workItems.update(id, { fields: { 'system.Tags': value } })).fields['System.Tags'];
  expect(await tagsAfter('kept; new')).toBe('kept; new');
  expect(await tagsAfter('')).toBeUndefined();
  const [outcome] = await client.workItems.updateMany([
    { id, changes: { fields: { 'System.Tags': 'last' } } },
  ]);
  expect(outcome).toMatchObject({ status: 'ok', item: { fields: { 'System.Tags': 'last' } } });
});
