import { AdoClient, personalAccessToken, wiql } from '@context-sdk/ado-client';
import { expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';

const { start } = useSandbox();

test('items come in the order asked for, although a batch answers by ascending id', async () => {
  const { sandbox, client } = start();
  const user = sandbox.azureDevOps.testUser();
  const ids = ['b', 'c', 'a'].map(
    (title) => user.create({ type: 'Task', fields: { 'System.Title': title } }).id,
  );
  const query = wiql`SELECT [System.Id] FROM WorkItems ORDER BY [System.Title] DESC`;
  const found = await client.workItems.query(query).toArray();
  expect(found.map(({ fields }) => fields['System.Title'])).toEqual(['c', 'b', 'a']);
  const wanted = ids.toReversed();
  const { items } = await client.workItems.getMany(wanted);
  expect(items.map(({ id }) => id)).toEqual(wanted);
});

test('an item that comes without id, revision or fields costs no other, and is told', async () => {
  const odd = [null, 7, { id: 3 }, { id: 4, rev: 1, fields: null }, { rev: 1, fields: {} }];
  const fetch = async (input: string | URL | Request): Promise<Response> =>
    Response.json(
      new URL(input instanceof Request ? input.url : input).pathname.endsWith('/wiql')
        ? { workItems: [1, 2, 3, 4].map((id) => ({ id })) }
        : { value: [...odd, { id: 2, rev: 1, fields: {} }, { id: 1, rev: 1, fields: {} }] },
    );
  const client = new AdoClient({
    organizationUrl: 'https://dev.azure.com/acme',
    auth: personalAccessToken('a'.repeat(52)),
    fetch,
  });
  const told: unknown[] = [];
  const query = wiql`SELECT [System.Id] FROM WorkItems`;
  const found = client.workItems.query(query, { onSkipped: ({ item }) => told.push(item) });
  expect((await found.toArray()).map(({ id }) => id)).toEqual([1, 2]);
  expect(told).toEqual(odd.slice(1));
  expect(found.skipped).toEqual(odd.slice(1).map((item) => ({ reason: 'unreadable', item })));
  const fails = (): never => {
    throw new Error('the log is full');
  };
  for (const onSkipped of [fails, async () => fails()] as (() => unknown)[])
    expect(await client.workItems.query(query, { onSkipped }).toArray()).toHaveLength(2);
  expect(await client.workItems.getMany([1, 2, 3])).toMatchObject({
    items: [{ id: 1 }, { id: 2 }],
    missing: [3],
  });
});
