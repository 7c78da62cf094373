import { RelationType } from '@context-sdk/ado-client';
import { expect, test } from 'vitest';
import { clientOf } from '../support/answering.ts';

const OLD = 'https://fabrikam.visualstudio.com';
const NEW = 'https://dev.azure.com/fabrikam';
const GUID = '098a279a-60b9-40a8-868b-b7fd00c0a439';

/** An item with a link, whose URLs are in the spelling that the service has of its own. */
function linked(base: string, target = base) {
  const relations = [{ rel: RelationType.related, url: `${target}/_apis/wit/workItems/5`, attributes: {} }];
  return (isLinked: boolean): object => ({
    id: 7,
    rev: 3,
    fields: {},
    url: `${base}/_apis/wit/workItems/7`,
    relations: isLinked ? relations : [],
  });
}

test.each([
  [`${OLD}/_apis/wit/workItems/5`, NEW],
  [`${OLD}/DefaultCollection/_apis/wit/workItems/5`, NEW],
  [`${OLD}/My%20Project/_apis/wit/workItems/5`, NEW],
  [`${NEW}/My%20Project/_apis/wit/workitems/5`, `${NEW}/${GUID}`],
  ['https://DEV.azure.com/Fabrikam/_apis/wit/workItems/5', OLD],
])('21: a link is found by %s, which the service spells %s', async (url, base) => {
  const item = linked(base);
  let isLinked = true;
  const { client, requests } = clientOf(({ method }) => {
    if (method === 'PATCH') isLinked = false;
    return item(isLinked);
  });
  await client.relations.remove(7, { url });
  const patch = requests.find(({ method }) => method === 'PATCH')?.json;
  expect(patch).toEqual([
    { op: 'test', path: '/rev', value: 3 },
    { op: 'remove', path: '/relations/0' },
  ]);
});

test('21: an item of the same organization is no remote one, whichever way both are spelled', async () => {
  const item = linked(NEW, `${OLD}/DefaultCollection`);
  let isLinked = true;
  const { client, requests } = clientOf(({ method }) => {
    if (method === 'PATCH') isLinked = false;
    return item(isLinked);
  });
  await client.relations.remove(7, { id: 5 });
  expect(requests.map(({ method }) => method)).toContain('PATCH');
});

test('21: an item of another organization stays one', async () => {
  const item = linked(NEW, 'https://contoso.visualstudio.com');
  const { client, requests } = clientOf(() => item(true));
  await client.relations.remove(7, { id: 5 });
  await client.relations.remove(7, { url: `${NEW}/_apis/wit/workItems/5` });
  expect(requests.map(({ method }) => method)).not.toContain('PATCH');
});

test.each([
  '/Fabrikam/_workitems/edit/5',
  '/My%20Project/_workitems/edit/5',
  '/Fabrikam/_apis/wit/workItems/5',
  '/_apis/wit/workItems/5',
])(
  '21: a link on a server is found by %s, which the server spells with the id of the project',
  async (path) => {
    const collection = 'https://tfs.example/tfs/DefaultCollection';
    const item = linked(`${collection}/${GUID}`);
    let isLinked = true;
    const { client, requests } = clientOf(
      ({ method }) => {
        if (method === 'PATCH') isLinked = false;
        return item(isLinked);
      },
      { organizationUrl: collection, allowedHosts: ['tfs.example'] },
    );
    await client.relations.remove(7, { url: `https://tfs.example/tfs/Other${path}` });
    expect(requests.map(({ method }) => method)).not.toContain('PATCH');
    await client.relations.remove(7, { url: collection + path });
    expect(requests.map(({ method }) => method)).toContain('PATCH');
  },
);
