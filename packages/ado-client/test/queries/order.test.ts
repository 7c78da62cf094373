import { AdoClient, personalAccessToken, wiql } from '@context-sdk/ado-client';
import { createSandbox } from '@context-sdk/sandbox';
import { expect, test } from 'vitest';

test('items come in the order asked for, although a batch answers by ascending id', async () => {
  const sandbox = createSandbox({ seed: 'empty', azureDevOps: { seed: 'empty' } });
  const user = sandbox.azureDevOps.testUser();
  const ids = ['b', 'c', 'a'].map(
    (title) => user.create({ type: 'Task', fields: { 'System.Title': title } }).id,
  );
  const client = new AdoClient({
    organizationUrl: 'https://dev.azure.com/fabrikam',
    auth: personalAccessToken(sandbox.azureDevOps.issuePat()),
    fetch: sandbox.fetch,
  });
  const query = wiql`SELECT [System.Id] FROM WorkItems ORDER BY [System.Title] DESC`;
  const found = await client.workItems.query(query).toArray();
  expect(found.map(({ fields }) => fields['System.Title'])).toEqual(['c', 'b', 'a']);
  const wanted = ids.toReversed();
  const { items } = await client.workItems.getMany(wanted);
  expect(items.map(({ id }) => id)).toEqual(wanted);
});
