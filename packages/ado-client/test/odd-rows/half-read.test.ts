import { type AdoClient, tagsOf, wiql } from '@context-sdk/ado-client';
import { UnexpectedResponseError } from '@context-sdk/oauth-core';
import { failure, type SentRequest } from '@context-sdk/test-support';
import { expect, test } from 'vitest';
import { clientOf } from '../support/answering.ts';

/** What is written only if it was read whole, and what is told of the rest. */

const HOST = 'https://dev.azure.com/fabrikam/_apis/wit/workItems';
const ITEM = {
  id: 7,
  rev: 3,
  url: `${HOST}/7`,
  fields: { 'System.Title': 'x', 'System.TeamProject': 'Fabrikam' },
};

function start(reply: (request: SentRequest) => unknown): {
  client: AdoClient;
  writes: () => SentRequest[];
  told: string[];
} {
  const told: string[] = [];
  const { client, requests } = clientOf((request) => Response.json(reply(request)), {
    project: 'Fabrikam',
    retry: { attempts: 1 },
    hooks: { onSkipped: ({ operation, field }) => void told.push(`${operation} ${field}`) },
  });
  return { client, told, writes: () => requests.filter(({ method }) => method === 'PATCH') };
}

test('20: tags that can’t be read are not replaced by what is left of none', async () => {
  for (const tags of [7, ['one', 'two'], { 0: 'one' }, true]) {
    const item = { ...ITEM, fields: { ...ITEM.fields, 'System.Tags': tags } };
    const { client, writes } = start(() => item);
    const error = await failure(client.workItems.update(7, { tags: { add: ['new'], remove: ['two'] } }));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({ field: 'fields.System.Tags' });
    expect(writes()).toEqual([]);
    expect(tagsOf(item as never)).toEqual([]);
    await client.workItems.update(7, { tags: { add: ['new'] } });
    expect(writes()).toHaveLength(1);
  }
});

test('20: links that are no list are not taken for none', async () => {
  for (const relations of [{ 0: {} }, 'x', 7]) {
    const { client, writes } = start(() => ({ ...ITEM, relations }));
    const link = { rel: 'System.LinkTypes.Related', id: 8 };
    for (const change of [
      client.relations.remove(7, link),
      client.relations.comment(7, link, 'new'),
      client.relations.setParent(7, 9),
      client.relations.setParent(7, null),
    ])
      expect(await failure(change)).toMatchObject({ code: 'unexpected_response', field: 'relations' });
    expect(writes()).toEqual([]);
  }
});

test('20: a parent that can’t be read is refused once it is there again, not twenty times', async () => {
  const relations = [{ rel: 'System.LinkTypes.Hierarchy-Reverse', url: 8 }];
  const message = 'TF201036: You cannot add a Parent link: A work item can have only one Parent link.';
  const { client, requests } = clientOf(({ method }) =>
    method === 'PATCH'
      ? Response.json({ message, typeKey: 'WorkItemLinkInvalidException' }, { status: 400 })
      : Response.json({ ...ITEM, relations }),
  );
  expect(await failure(client.relations.setParent(7, 9))).toMatchObject({ serviceCode: 'TF201036' });
  expect(requests.filter(({ method }) => method === 'PATCH')).toHaveLength(2);
});

test.each([
  'https://dev.azure.com/fabrikam/Fabrikam/_apis/wit/workItems/8',
  'https://dev.azure.com/Fabrikam/My%20Project/_workitems/edit/8',
  'https://fabrikam.visualstudio.com/Fabrikam/_apis/wit/workItems/8',
  'https://fabrikam.visualstudio.com/DefaultCollection/Fabrikam/_workitems/edit/8',
])('21: a link is known by %s', async (url) => {
  const relations = [LINK, { ...LINK, url }];
  const { client } = clientOf(({ method, json }) => {
    const patch = method === 'PATCH' ? (json as { op: string; path: string }[]) : [];
    for (const { op, path } of patch)
      if (op === 'remove') relations.splice(Number(path.split('/').at(-1)), 1);
    return Response.json({ ...ITEM, relations });
  });
  await client.relations.remove(7, { url: 'https://dev.azure.com/contoso/Fabrikam/_apis/wit/workItems/8' });
  expect(relations).toHaveLength(2);
  await client.relations.remove(7, { url: LINK.url });
  expect(relations).toEqual([]);
});

const LINK = { rel: 'System.LinkTypes.Related', url: `${HOST}/8` };
const ODD_LINKS = [null, LINK, { rel: 'Hyperlink' }, { rel: 7, url: 'x' }];

test('20: odd links of an item are told by their places, and the others keep theirs', async () => {
  const item = { ...ITEM, relations: ODD_LINKS };
  const { client, told, writes } = start(({ url }) =>
    url.pathname.toLowerCase().endsWith('/workitemsbatch')
      ? { value: [ITEM, item] }
      : url.pathname.endsWith('/updates')
        ? { value: [] }
        : item,
  );
  const places = (at: string): string[] => [0, 2, 3].map((index) => `${at}relations[${index}]`);
  await client.workItems.get(7, { expand: 'relations' });
  expect(told.splice(0)).toEqual(places('workItems.get '));
  await client.workItems.getMany([7, 8], { expand: 'relations' });
  expect(told.splice(0)).toEqual(places('workItems.getMany value[1].'));
  await client.artifacts.list(7);
  expect(told.splice(0)).toEqual(places('workItems.get '));
  await failure(client.relations.remove(7, { id: 8 }));
  expect(writes()[0]?.json).toContainEqual({ op: 'remove', path: '/relations/1' });
});

test('20: a node without a name costs neither what is below it nor its neighbors, and is told', async () => {
  const web = { id: 3, name: 'Web', path: '\\Fabrikam\\Area\\?\\Web' };
  const children = [
    null,
    { id: 2, children: [web, 'x'] },
    { id: 4, name: 'App', path: '\\Fabrikam\\Area\\App' },
  ];
  const { client, told } = start(() => ({ id: 1, name: 'Fabrikam', path: 7, children }));
  expect((await client.areas.list()).map(({ name }) => name)).toEqual(['Fabrikam', 'Web', 'App']);
  const places = ['path', 'children[0]', 'children[1]', 'children[1].children[1]'];
  expect(told.splice(0).toSorted()).toEqual(places.map((place) => `areas.tree ${place}`).toSorted());
  expect(await client.areas.find('Fabrikam\\App')).toMatchObject({ id: 4 });
  expect(told).toHaveLength(places.length);
});

test('20: an odd state that may follow another is told', async () => {
  const transitions = { New: [{ to: 'Active' }, null, { to: 7 }] };
  const { client, told } = start(() => ({ name: 'Bug', transitions }));
  expect(await client.types.nextStates('Bug', 'new')).toEqual(['Active']);
  expect(told).toEqual([1, 2].map((index) => `types.get transitions.New[${index}]`));
});

test('20: a query goes on behind a full page of which a row can’t be read', async () => {
  const rows = Array.from({ length: 19_999 }, (_, index) => (index === 7 ? null : { id: index + 1 }));
  const { client, told } = start(({ json }) => {
    const isFirst = !JSON.stringify(json).includes('[System.Id] >');
    return { workItems: isFirst ? rows : [{ id: 30_000 }] };
  });
  const ids = await client.workItems
    .query(wiql`SELECT [System.Id] FROM WorkItems`)
    .ids()
    .toArray();
  expect(ids).toHaveLength(19_999);
  expect(ids.at(-1)).toBe(30_000);
  expect(told).toEqual(['workItems.query workItems[7]']);
});
