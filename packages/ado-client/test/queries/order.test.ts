import { wiql } from '@context-sdk/ado-client';
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
