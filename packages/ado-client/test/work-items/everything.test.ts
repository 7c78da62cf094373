import { AdoClient, personalAccessToken, RelationType } from '@context-sdk/ado-client';
import { createSandbox } from '@context-sdk/sandbox';
import { expect, test } from 'vitest';

const ORGANIZATION_URL = 'https://dev.azure.com/fabrikam';

test('15.9: get(id) has the fields; relations come if they are asked for', async () => {
  const sandbox = createSandbox({ seed: 'empty', azureDevOps: { seed: 'empty', rateLimit: false } });
  const user = sandbox.azureDevOps.testUser();
  const [parent, child] = ['parent', 'child'].map(
    (title) => user.create({ type: 'Task', fields: { 'System.Title': title } }).id,
  );
  const { workItems } = new AdoClient({
    organizationUrl: ORGANIZATION_URL,
    auth: personalAccessToken(sandbox.azureDevOps.issuePat()),
    fetch: sandbox.fetch,
  });
  if (parent === undefined || child === undefined) throw new Error('The sandbox made no items.');
  await workItems.update(child, { parent });

  const plain = await workItems.get(child);
  expect(plain.fields['System.Title']).toBe('child');
  expect(plain).not.toHaveProperty('relations');

  const relation = { rel: RelationType.parent, url: expect.stringContaining(`/workItems/${parent}`) };
  const all = await workItems.get(child, { expand: 'all' });
  expect(all).toMatchObject({ fields: plain.fields, relations: [relation] });
  expect(await workItems.find(child, { expand: 'relations' })).toMatchObject({ relations: [relation] });
  const { items } = await workItems.getMany([child], { expand: 'all' });
  expect(items).toMatchObject([{ relations: [relation] }]);
});
