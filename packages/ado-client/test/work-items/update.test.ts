import { type AdoClient, tagsOf } from '@context-sdk/ado-client';
import { failure } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';
import { clientOf, ITEM, refused } from '../support/answering.ts';
import { FakeItem } from '../support/fake-item.ts';

function bodyOf(requests: { method: string; json: unknown }[]): unknown {
  return requests.findLast(({ method }) => method !== 'GET')?.json;
}

describe('an update', () => {
  test('leaves what is undefined, removes what is null, unassigns with null', async () => {
    const { client, requests } = clientOf(() => ITEM);
    await client.workItems.update(299, {
      title: undefined,
      state: 'Done',
      description: null,
      assignedTo: null,
      tags: null,
      priority: 2,
      fields: { 'Custom.Risk': null, 'Custom.Note': undefined, 'Custom.When': new Date(0) },
    });
    expect(bodyOf(requests)).toEqual([
      { op: 'remove', path: '/fields/System.Description' },
      { op: 'add', path: '/fields/System.AssignedTo', value: '' },
      { op: 'add', path: '/fields/System.State', value: 'Done' },
      { op: 'add', path: '/fields/Microsoft.VSTS.Common.Priority', value: 2 },
      { op: 'remove', path: '/fields/Custom.Risk' },
      { op: 'add', path: '/fields/Custom.When', value: '1970-01-01T00:00:00.000Z' },
      { op: 'remove', path: '/fields/System.Tags' },
    ]);
  });

  test('says of Markdown that it is Markdown, with the value', async () => {
    const { client, requests } = clientOf(() => ITEM);
    await client.workItems.update(299, {
      description: { markdown: '<b> & *x*', escapeHtml: true },
      fields: { 'Custom.Notes': { markdown: '*y*' }, 'Custom.Html': { html: '<i>' } },
    });
    expect(bodyOf(requests)).toEqual([
      { op: 'add', path: '/fields/System.Description', value: '&lt;b&gt; & *x*' },
      { op: 'add', path: '/multilineFieldsFormat/System.Description', value: 'Markdown' },
      { op: 'add', path: '/fields/Custom.Notes', value: '*y*' },
      { op: 'add', path: '/multilineFieldsFormat/Custom.Notes', value: 'Markdown' },
      { op: 'add', path: '/fields/Custom.Html', value: '<i>' },
    ]);
  });

  test('to add tags reads nothing; to remove some it reads, and writes the rest for that revision', async () => {
    const item = new FakeItem();
    item.fields = { 'System.Tags': 'One; Two; Three' };
    const { client, requests } = clientOf((request) => item.answer(request));
    await client.workItems.update(7, { tags: { add: ['Four'] } });
    expect(requests.map(({ method }) => method)).toEqual(['PATCH']);
    await client.workItems.update(7, { tags: { add: ['Five'], remove: ['two', 'none'] } });
    expect(requests.map(({ method }) => method)).toEqual(['PATCH', 'GET', 'PATCH']);
    expect(bodyOf(requests)).toEqual([
      { op: 'test', path: '/rev', value: 2 },
      { op: 'replace', path: '/fields/System.Tags', value: 'One; Three; Four; Five' },
    ]);
    await client.workItems.update(7, { tags: { remove: ['Two'] } });
    expect(requests.map(({ method }) => method).slice(3)).toEqual(['GET']);
  });

  test('with ifRev is refused where somebody else was faster', async () => {
    const item = new FakeItem();
    item.rev = 4;
    const { client, requests } = clientOf((request) => item.answer(request));
    await expect(client.workItems.update(7, { state: 'Done' }, { ifRev: 3 })).rejects.toMatchObject({
      name: 'ConflictError',
      serviceCode: 'VS403351',
    });
    const revised = client.workItems.update(7, () => ({ state: 'Done' }), { ifRev: 3 });
    await expect(revised).rejects.toMatchObject({ name: 'ConflictError' });
    expect(requests.map(({ method }) => method)).toEqual(['PATCH', 'GET']);
  });

  test('puts an item under another, whatever it was under', async () => {
    const item = new FakeItem();
    const url = 'https://dev.azure.com/fabrikam/_apis/wit/workItems/';
    item.relations = [
      { rel: 'System.LinkTypes.Related', url: `${url}1` },
      { rel: 'System.LinkTypes.Hierarchy-Reverse', url: `${url}2` },
    ];
    const { client, requests } = clientOf((request) => item.answer(request));
    await client.relations.setParent(7, 3);
    expect(bodyOf(requests)).toEqual([
      { op: 'test', path: '/rev', value: 1 },
      { op: 'remove', path: '/relations/1' },
      {
        op: 'add',
        path: '/relations/-',
        value: { rel: 'System.LinkTypes.Hierarchy-Reverse', url: `${url}3` },
      },
    ]);
    // The item, the patch, and the history, which shows whose link it took away.
    expect(requests).toHaveLength(3);
    await client.relations.setParent(7, 3);
    expect(requests).toHaveLength(4);
    await client.relations.setParent(7, null);
    await client.relations.remove(7, { rel: 'System.LinkTypes.Related' });
    expect(item.relations).toEqual([]);
  });
});

describe('a change that is found out from the item', () => {
  test('is found out anew where somebody else was faster', async () => {
    const item = new FakeItem();
    item.fields = { 'Custom.Count': 1 };
    const { client } = clientOf((request, index) => {
      if (index === 1) {
        item.rev += 1;
        item.fields['Custom.Count'] = 10;
      }
      return item.answer(request);
    });
    const seen: unknown[] = [];
    await client.workItems.update(7, async ({ fields }) => {
      seen.push(fields['Custom.Count']);
      return { fields: { 'Custom.Count': Number(fields['Custom.Count']) + 1 } };
    });
    expect(seen).toEqual([1, 10]);
    expect(item.fields['Custom.Count']).toBe(11);
  });

  test('of nothing writes nothing', async () => {
    const { client, requests } = clientOf(() => ITEM);
    expect(await client.workItems.update(299, () => undefined)).toEqual(ITEM);
    expect(requests).toHaveLength(1);
  });

  const increment = (client: AdoClient): Promise<unknown> =>
    client.workItems.update(7, ({ fields }) => ({
      fields: { 'Custom.Count': Number(fields['Custom.Count']) + 1 },
    }));

  test.each([
    ['took effect', true],
    ['did not', false],
  ])('is made once where the answer is lost and it %s', async (_what, took) => {
    const item = new FakeItem();
    item.fields = { 'Custom.Count': 1 };
    const { client } = clientOf((request, index) => {
      if (index !== 1) return item.answer(request);
      if (took) item.answer(request);
      throw new TypeError('fetch failed');
    });
    await increment(client);
    expect(item.fields['Custom.Count']).toBe(2);
    expect(item.rev).toBe(2);
  });

  test('is made once where the answer is lost and somebody else was faster', async () => {
    const item = new FakeItem();
    item.fields = { 'Custom.Count': 1 };
    const { client } = clientOf((request, index) => {
      if (index !== 1) return item.answer(request);
      item.rev += 1;
      item.fields['Custom.Count'] = 10;
      item.revisions.set(item.rev, { ...item.fields });
      throw new TypeError('fetch failed');
    });
    await increment(client);
    expect(item.fields['Custom.Count']).toBe(11);
  });

  test('is lost by none of many writers', async () => {
    const item = new FakeItem();
    item.fields = { 'Custom.Count': 0, 'System.Tags': 'done' };
    const { client } = clientOf((request) => item.answer(request));
    const writer = async (name: string): Promise<void> => {
      for (let round = 0; round < 50; round += 1) {
        await client.workItems.update(7, (current) => ({
          fields: { 'Custom.Count': Number(current.fields['Custom.Count']) + 1 },
          tags: [...tagsOf(current), `${name}${round}`],
        }));
        if (round % 2 === 0) await client.workItems.update(7, { tags: { remove: [`${name}${round}`] } });
      }
    };
    await Promise.all(['a', 'b'].map(writer));
    expect(item.fields['Custom.Count']).toBe(100);
    const odd = Array.from({ length: 25 }, (_, index) => index * 2 + 1);
    const wanted = ['done', ...odd.flatMap((round) => [`a${round}`, `b${round}`])];
    expect(tagsOf({ fields: item.fields }).toSorted()).toEqual(wanted.toSorted());
  });
});

test.each([
  ['parentId', 'parentId is unknown: the item above is parent'],
  ['titel', 'titel is unknown'],
  ['System.Title', 'System.Title is the reference name of a field: give it in fields'],
  ['project', 'project is unknown'],
  ['toString', 'toString is unknown'],
])('21: changes with an unknown member %s are refused by its name', async (name, problem) => {
  const { client, requests } = clientOf(() => ITEM);
  const { workItems } = client;
  const changes: object = { state: 'Done', [name]: 7 };
  expect(await failure(workItems.update(299, changes))).toMatchObject({
    message: `${problem}.`,
    field: name,
  });
  expect(await failure(workItems.update(299, () => changes))).toMatchObject({ field: name });
  const [many] = await workItems.updateMany([{ id: 299, changes }]);
  expect(many).toMatchObject({ status: 'failed', error: { field: `items[0].changes.${name}` } });
  expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('21: a new item with an unknown member is refused by its name', async () => {
  const { client, requests } = clientOf(() => ITEM);
  const input = { type: 'Task', title: 'x', assigned_to: 'ada@example.com' };
  expect(await failure(client.workItems.create(input))).toMatchObject({ field: 'assigned_to' });
  const [many] = await client.workItems.createMany([input]);
  expect(many).toMatchObject({ status: 'failed' });
  expect(requests).toEqual([]);
});

test('a plain update whose answer is lost is not sent again', async () => {
  const { client, requests } = clientOf(() => {
    throw new TypeError('fetch failed');
  });
  await expect(client.workItems.update(7, { state: 'Done' })).rejects.toMatchObject({
    code: 'network',
    sent: true,
  });
  expect(requests).toHaveLength(1);
});

describe('creating', () => {
  test('does all that the guide does, its assigned_to included', async () => {
    const { client, requests } = clientOf(() => ITEM, { project: 'Web site' });
    await client.workItems.create({
      type: 'Task',
      title: 'x',
      description: '<p>y</p>',
      assignedTo: 'jamal@fabrikam.example',
      tags: ['a', ' b '],
      parent: 5,
    });
    expect(requests[0]?.url.pathname).toBe('/fabrikam/Web%20site/_apis/wit/workItems/$Task');
    const url = 'https://dev.azure.com/fabrikam/_apis/wit/workItems/5';
    expect(requests[0]?.json).toEqual([
      { op: 'add', path: '/fields/System.Title', value: 'x' },
      { op: 'add', path: '/fields/System.Description', value: '<p>y</p>' },
      { op: 'add', path: '/fields/System.AssignedTo', value: 'jamal@fabrikam.example' },
      { op: 'add', path: '/fields/System.Tags', value: 'a; b' },
      { op: 'add', path: '/relations/-', value: { rel: 'System.LinkTypes.Hierarchy-Reverse', url } },
    ]);
  });

  test('a bug is described by its repro steps', async () => {
    const { client, requests } = clientOf(() => ITEM);
    await client.workItems.create({ project: 'p', type: 'Bug', title: 'x', description: { markdown: 'y' } });
    expect(requests[0]?.json).toEqual([
      { op: 'add', path: '/fields/System.Title', value: 'x' },
      { op: 'add', path: '/fields/Microsoft.VSTS.TCM.ReproSteps', value: 'y' },
      { op: 'add', path: '/multilineFieldsFormat/Microsoft.VSTS.TCM.ReproSteps', value: 'Markdown' },
    ]);
  });

  test('what is only checked has no id', async () => {
    const { client } = clientOf(() => ({ fields: { 'System.Title': 'x' } }));
    const input = { project: 'p', type: 'Task', title: 'x' };
    expect(await client.workItems.create(input, { validateOnly: true })).toEqual({
      fields: { 'System.Title': 'x' },
    });
    await expect(client.workItems.create(input)).rejects.toMatchObject({
      code: 'unexpected_response',
      field: 'id',
    });
  });
});

describe('moving', () => {
  test('to a project by its id goes to the paths of its name', async () => {
    const id = '6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c';
    const { client, requests } = clientOf(({ url }) =>
      url.pathname.endsWith(`/_apis/projects/${id}`) ? { id, name: 'Web site' } : ITEM,
    );
    await client.workItems.move(299, { project: id });
    expect(bodyOf(requests)).toEqual([
      { op: 'add', path: '/fields/System.TeamProject', value: 'Web site' },
      { op: 'add', path: '/fields/System.AreaPath', value: 'Web site' },
      { op: 'add', path: '/fields/System.IterationPath', value: 'Web site' },
    ]);
  });
});

describe('deleting', () => {
  test('what lies in the recycle bin already is a success; what is not there is an error', async () => {
    const missing = (): Response => refused(404, 'WorkItemUnauthorizedAccessException', 'TF401232: …');
    const { client, requests } = clientOf(({ method, url }) =>
      method === 'GET' && url.pathname.endsWith('recyclebin/1') ? { id: 1 } : missing(),
    );
    await client.workItems.delete(1);
    expect(requests.map(({ method }) => method)).toEqual(['DELETE', 'GET']);
    await expect(client.workItems.delete(2)).rejects.toMatchObject({
      name: 'NotFoundError',
      serviceCode: 'TF401232',
    });
  });
});

describe('what can not be right is named, and nothing is sent', () => {
  const { client, requests } = clientOf(() => ITEM);
  const { workItems, comments, attachments, relations, history, types, subscriptions } = client;
  const create = (input: object): Promise<unknown> =>
    workItems.create({ project: 'p', type: 'Task', title: 'x', ...input });
  const update = (changes: unknown, options?: object): Promise<unknown> =>
    workItems.update(1, changes as never, options);
  const cases: [field: string, call: () => unknown][] = [
    ['id', () => workItems.get(0)],
    ['id', () => workItems.get('1' as never)],
    ['id', () => workItems.find(1.5)],
    ['expand', () => workItems.get(1, { fields: ['System.Id'], expand: 'all' } as never)],
    ['expand', () => workItems.get(1, { expand: 'everything' } as never)],
    ['asOf', () => workItems.get(1, { asOf: 'then' })],
    ['project', () => workItems.get(1, { project: '..' })],
    ['ids[1]', () => workItems.getMany([1, -1])],
    ['ids', () => workItems.getMany(1 as never)],
    ['project', () => workItems.create({ type: 'Task', title: 'x' })],
    ['project', () => create({ project: 'a/b' })],
    ['type', () => create({ type: '..' })],
    ['title', () => create({ title: ' ' })],
    ['title', () => create({ title: undefined })],
    ['tags[0]', () => create({ tags: ['a;b'] })],
    ['tags', () => create({ tags: 'a' })],
    ['parent.id', () => create({ parent: '5' })],
    ['relations[0].rel', () => create({ relations: [{ id: 1 }] })],
    ['areaPath', () => create({ areaPath: '\\Fabrikam\\Web' })],
    ['priority', () => create({ priority: 1.5 })],
    ['fields.Title', () => create({ fields: { Title: 'x' } })],
    ['fields.System.Title', () => create({ fields: { 'System.Title': 'y' } })],
    ['fields.Custom.A', () => create({ fields: { 'Custom.A': Number.NaN } })],
    ['fields.Custom.A', () => create({ fields: { 'Custom.A': ['x'] } })],
    ['description', () => create({ description: { text: 'x' } as never, type: 'Issue' })],
    ['fields.System.Title', () => update({ fields: { 'System.Title': { markdown: '*x*' } } })],
    ['fields.System.Tags', () => update({ fields: { 'System.Tags': { html: 'x' } } })],
    ['changes', () => update({})],
    ['changes', () => update(null)],
    ['ifRev', () => update({ state: 'x' }, { ifRev: 0 })],
    ['ifRev', () => update({ relations: { remove: [2] } })],
    ['tags.remove[0]', () => update({ tags: { remove: [''] } })],
    ['relations.remove[0]', () => update({ relations: { remove: [{}] } })],
    ['project', () => workItems.move(1, { project: '' })],
    ['type', () => workItems.changeType(1, '')],
    ['query', () => workItems.query('SELECT' as never)],
    ['project', () => comments.add(1, 'x')],
    ['text', () => comments.add(1, '', { project: 'p' })],
    ['commentId', () => comments.get(1, 0, { project: 'p' })],
    ['name', () => attachments.upload({ name: '', data: 'x' })],
    ['data', () => attachments.upload({ name: 'a', data: 7 as never })],
    ['attachment', () => attachments.download('https://dev.azure.com/fabrikam/_apis/wit/attachments/../x')],
    ['relations.add[0].url', () => relations.add(1, { rel: 'Hyperlink' } as never)],
    ['id', () => history.updates(0)],
    ['type', () => types.states('', { project: 'p' })],
    [
      'event',
      () =>
        subscriptions.ensure({ project: 'p', event: 'build.complete' as never, url: 'https://a.example' }),
    ],
    ['url', () => subscriptions.ensure({ project: 'p', event: 'workitem.created', url: 'http://a.example' })],
    ['id', () => subscriptions.delete('1')],
  ];

  test.each(cases)('%s', async (field, call) => {
    const error = await failure((async () => call())());
    expect(error).toMatchObject({ name: 'InvalidRequestError', field });
    expect(requests).toHaveLength(0);
  });
});
