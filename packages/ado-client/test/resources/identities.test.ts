import { mention } from '@context-sdk/ado-client';
import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';
import { clientOf } from '../support/answering.ts';
import { useSandbox } from '../support/use-sandbox.ts';

const { start } = useSandbox();

test('21: people are found by name or address, and mentioned in HTML and Markdown', async () => {
  const { sandbox, client } = start();
  const [siobhan] = await client.identities.find('siobhán');
  expect(siobhan).toMatchObject({ displayName: "Siobhán O'Neil", email: 'siobhan@fabrikam.example' });
  expect(await client.identities.find('norman@')).toHaveLength(1);
  expect(await client.identities.find('nobody')).toEqual([]);
  const { html, markdown } = mention(siobhan ?? { displayName: '' });
  expect(html).toBe(`<a href="#" data-vss-mention="version:2.0,${siobhan?.id}">@Siobhán O'Neil</a>`);
  expect(markdown).toBe(`@<${siobhan?.id.toUpperCase()}>`);
  const { id } = sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'x' } });
  await client.comments.add(id, { html: `${html}: please` });
  expect(sandbox.azureDevOps.testUser().get(id)?.comments[0]?.text).toBe(`${html}: please`);
});

test('21: a name in a mention is no markup, and one without an id is refused', async () => {
  const id = '7b3c1a52-6f0e-4d0b-9a53-0d4f2f1c7e11';
  expect(mention({ id, displayName: '<b>"A" & B</b>' }).html).toContain(
    '@&lt;b&gt;&quot;A&quot; &amp; B&lt;/b&gt;</a>',
  );
  expect(() => mention({ displayName: 'A' })).toThrow('identity.id');
});

test("21: people of Azure DevOps Services are asked at its identity service, a server's at the server", async () => {
  const people = {
    value: [
      { id: '1', providerDisplayName: 'A', isActive: true },
      { id: '2', isContainer: true },
      { id: '3', providerDisplayName: 'A, who left', isActive: false },
    ],
  };
  const services = clientOf(() => people);
  expect(await services.client.identities.find('A')).toEqual([{ id: '1', displayName: 'A' }]);
  expect(services.requests[0]?.url.href).toMatch('https://vssps.dev.azure.com/fabrikam/_apis/identities?');
  const organizationUrl = 'https://tfs.example/tfs/DefaultCollection';
  const server = clientOf(() => people, { organizationUrl, allowedHosts: ['tfs.example'] });
  await server.client.identities.find('A');
  expect(server.requests[0]?.url.href).toMatch(`${organizationUrl}/_apis/identities?`);
  expect(await failure(server.client.identities.find(' '))).toMatchObject({ field: 'text' });
});
