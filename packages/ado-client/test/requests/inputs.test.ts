import { AdoClient, wiql, type WorkItemChanges } from '@context-sdk/ado-client';
import { memoryRateLimiter } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';
import { clientOf, ITEM, ORGANIZATION } from '../support/answering.ts';
import { useSandbox } from '../support/use-sandbox.ts';

const { start } = useSandbox();
const GUID = '098a279a-60b9-40a8-868b-b7fd00c0a439';

test.each<[string, WorkItemChanges]>([
  ['system.title', { title: 'a', fields: { 'system.title': 'b' } }],
  ['System.Tags', { tags: ['a'], fields: { 'System.Tags': 'b' } }],
  ['System.History', { history: 'a', fields: { 'System.History': 'b' } }],
  ['System.Parent', { parent: 1, fields: { 'System.Parent': 2 } }],
  ['custom.a', { fields: { 'Custom.A': 1, 'custom.a': 2 } }],
])('21: %s that is given twice is refused: one value would be lost', async (name, changes) => {
  const { client, requests } = clientOf(() => ITEM);
  const error = { code: 'invalid_request', field: `fields.${name}` };
  expect(await failure(client.workItems.update(1, changes))).toMatchObject(error);
  expect(
    await failure(client.workItems.create({ type: 'Task', title: 'x', ...changes } as never, {})),
  ).toMatchObject({
    code: 'invalid_request',
  });
  expect(requests).toHaveLength(0);
});

test('21: an item is unassigned by the name of the field in any case', async () => {
  const { client, requests } = clientOf(() => ITEM);
  await client.workItems.update(1, { fields: { 'system.assignedTo': null } });
  expect(requests[0]?.json).toEqual([{ op: 'add', path: '/fields/system.assignedTo', value: '' }]);
});

describe('21: a value of a query can’t be read as anything else', () => {
  const value = ' OR [System.Id] > 0 OR [System.Title] = ';
  test.each([
    ['quotes', () => wiql`WHERE [System.Title] = '${value}'`],
    ['double quotes', () => wiql`WHERE [System.Title] = "${value}"`],
    ['brackets', () => wiql`WHERE [${value}] = 1`],
    ['quotes around more', () => wiql`WHERE [System.Title] CONTAINS 'it''s ${value}'`],
  ])('nor in %s, which it would end', (_what, query) => {
    expect(query).toThrow(expect.objectContaining({ code: 'invalid_request', field: 'value 1' }));
  });

  test('the second is named', () => {
    expect(() => wiql`WHERE [A] = ${'it’s'} AND [B] = '${'x'}'`).toThrow(/value 2/);
  });

  test('beside quotes and brackets it is a value', () => {
    const query = wiql`WHERE [A] = 'it''s' AND [B] IN ('"', "'", ${"a'"}) AND [C] = ${1}`;
    expect(query.text).toBe(`WHERE [A] = 'it''s' AND [B] IN ('"', "'", 'a''') AND [C] = 1`);
  });
});

test('21: an id that none can be is named, and not sent to spoil a request for others', async () => {
  const { client, requests } = clientOf(() => ({ value: [] }));
  expect(await failure(client.workItems.getMany([1, 2 ** 31]))).toMatchObject({ field: 'ids[1]' });
  expect(await failure(client.comments.get(1, 2 ** 40, { project: 'p' }))).toMatchObject({
    field: 'commentId',
  });
  expect(requests).toHaveLength(0);
  expect((await client.workItems.getMany([2 ** 31 - 1])).missing).toEqual([2 ** 31 - 1]);
});

test('21: new items that are only validated have an outcome each, and no id', async () => {
  const { client } = start();
  const inputs = [
    { type: 'Task', title: 'x' },
    { type: 'Task', title: 'x', fields: { 'System.State': 'Nonsense' } },
  ];
  const outcomes = await client.workItems.createMany(inputs, { validateOnly: true });
  expect(outcomes).toMatchObject([
    { status: 'ok', item: { fields: { 'System.Title': 'x' } } },
    { status: 'failed', error: { code: 'invalid_request' } },
  ]);
  expect(outcomes[0]).not.toHaveProperty('item.id');
});

test('21: a path that only begins like the project’s name is sent as it is', async () => {
  const { client, requests } = clientOf(({ url }) =>
    url.pathname.includes('/projects/') ? { id: GUID, name: 'Web' } : ITEM,
  );
  await client.workItems.move(1, { project: 'web', areaPath: 'Website\\A', iterationPath: 'WEB\\B' });
  expect(requests[0]?.json).toMatchObject([{}, { value: 'Website\\A' }, { value: 'web\\B' }]);
});

test.each([
  ['activities[0]', { activities: [null] }],
  ['daysOff[1]', { daysOff: [{ start: '2026-12-24', end: '2026-12-24' }, null] }],
])('21: %s of a capacity that is no object is named', async (field, input) => {
  const { client } = clientOf(() => ({}), { project: 'p' });
  expect(await failure(client.iterations.setCapacity(GUID, GUID, input as never))).toMatchObject({ field });
});

test.each([`${ORGANIZATION}/_apis/projects`, 'https://fabrikam.visualstudio.com/_apis/projects'])(
  '21: %s in place of a path is refused, and not put behind the organization’s URL',
  async (url) => {
    const { client, requests } = clientOf(() => ({}));
    expect(await failure(client.fetch(url))).toMatchObject({ code: 'invalid_request', field: 'path' });
    expect(requests).toHaveLength(0);
  },
);

test('21: a pause is for the user in the organization, however it is spelled', async () => {
  const rateLimiter = memoryRateLimiter();
  let count = 0;
  const clientAt = (organizationUrl: string, account = 'ada'): AdoClient =>
    new AdoClient({
      organizationUrl,
      auth: { account, getAccessToken: async () => 'token' },
      rateLimiter,
      fetch: async () => {
        count += 1;
        return Response.json(ITEM, { headers: count === 1 ? { 'retry-after': '30' } : {} });
      },
    });
  await clientAt(ORGANIZATION).workItems.get(1);
  const now = { maxWaitMs: 0 };
  for (const url of ['https://dev.azure.com/Fabrikam/', 'https://fabrikam.visualstudio.com'])
    expect(await failure(clientAt(url).workItems.get(1, now))).toMatchObject({ code: 'rate_limited' });
  await clientAt(ORGANIZATION, 'grace').workItems.get(1, now);
  await clientAt('https://dev.azure.com/other').workItems.get(1, now);
});
