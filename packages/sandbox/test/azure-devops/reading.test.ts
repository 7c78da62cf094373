import { describe, expect, test } from 'vitest';
import { createTask, linking, setUp } from './support/setup.ts';

describe('one work item', () => {
  test('comes with its links, and with more where more is asked for', async () => {
    const { api } = setUp();
    const id = await createTask(api);
    const plain = (await api(`GET /_apis/wit/workitems/${id}`)).json as { fields: object; _links: object };
    expect(plain).toHaveProperty('_links.workItemUpdates.href');
    expect(plain.fields).not.toHaveProperty('System.Id');
    for (const expand of ['all', 'fields', '4']) {
      const { json } = await api(`GET /_apis/wit/workitems/${id}?$expand=${expand}`);
      expect(json).toMatchObject({
        fields: { 'System.Id': id, 'System.Rev': 1, 'System.AreaLevel1': 'Fabrikam' },
      });
    }
  });

  test('comes with some fields only, absent ones absent', async () => {
    const { api } = setUp();
    const id = await createTask(api);
    const { json } = await api(`GET /_apis/wit/workitems/${id}?fields=System.Title,system.id,System.Tags`);
    expect(json).toEqual({
      id,
      rev: 1,
      fields: { 'System.Title': 'A task', 'System.Id': id },
      url: `https://dev.azure.com/fabrikam/_apis/wit/workItems/${id}`,
    });
  });

  test('does not come with fields and $expand at once', async () => {
    const { api } = setUp();
    const id = await createTask(api);
    const route = `GET /_apis/wit/workitems/${id}?fields=System.Title`;
    expect(await api(`${route}&$expand=relations`)).toMatchObject({
      status: 400,
      json: {
        typeKey: 'ConflictingParametersException',
        message: 'The expand parameter can not be used with the fields parameter.',
      },
    });
    expect((await api(`${route}&$expand=none`)).status).toBe(200);
    expect((await api(`GET /_apis/wit/workitems/${id}?$expand=everything`)).status).toBe(400);
    expect((await api(`GET /_apis/wit/workitems/${id}?fields=System.Nothing`)).status).toBe(400);
  });

  test('comes as it was', async () => {
    const { sandbox, api } = setUp();
    const id = await createTask(api);
    sandbox.clock.advance(60_000);
    sandbox.azureDevOps.testUser().update(id, { 'System.Title': 'y' });
    const at = (asOf: string): ReturnType<typeof api> => api(`GET /_apis/wit/workitems/${id}?asOf=${asOf}`);
    expect(await at('2026-11-22T10:00:30Z')).toMatchObject({
      json: { rev: 1, fields: { 'System.Title': 'A task' } },
    });
    expect(await at('2026-11-22T10:01:00Z')).toMatchObject({ json: { rev: 2 } });
    expect((await at('2026-11-22T09:00:00Z')).status).toBe(404);
  });
});

describe('many work items', () => {
  test('come in ascending order of their ids, a null where one is missing', async () => {
    const { api } = setUp();
    const [one, two] = [await createTask(api), await createTask(api)];
    const { json } = await api('POST /_apis/wit/workitemsbatch', {
      ids: [two, 99, one],
      fields: ['System.Title'],
      errorPolicy: 'Omit',
    });
    expect(json).toMatchObject({
      count: 3,
      value: [{ id: one, fields: { 'System.Title': 'A task' } }, { id: two }, null],
    });
    expect((json as { value: object[] }).value[0]).not.toHaveProperty('_links');
    expect(
      (await api('POST /_apis/wit/workitemsbatch', { ids: [one, 99], errorPolicy: 2 })).json,
    ).toMatchObject({ count: 2 });
  });

  test('list their relations in another order than a single item does', async () => {
    const { api } = setUp();
    const [one, two, three] = [await createTask(api), await createTask(api), await createTask(api)];
    await api(`PATCH /_apis/wit/workitems/${one}`, [
      linking('System.LinkTypes.Related', two),
      linking('System.LinkTypes.Related', three),
    ]);
    const single = (await api(`GET /_apis/wit/workitems/${one}?$expand=relations`)).json;
    const body = { ids: [one], $expand: 'relations' };
    const batch = (await api('POST /_apis/wit/workitemsbatch', body)).json;
    const { relations } = single as { relations: object[] };
    expect(batch).toMatchObject({ value: [{ relations: relations.toReversed() }] });
  });

  test('fail together by default', async () => {
    const { api } = setUp();
    const id = await createTask(api);
    expect((await api('POST /_apis/wit/workitemsbatch', { ids: [id, 99] })).status).toBe(404);
    expect((await api(`GET /_apis/wit/workitems?ids=${id},99`)).status).toBe(404);
    expect(await api(`GET /_apis/wit/workitems?ids=${id},99&errorPolicy=omit`)).toMatchObject({
      json: { value: [{ id }, null] },
    });
  });

  test('are at most 200', async () => {
    const { api } = setUp({ seed: 201 });
    const ids = Array.from({ length: 201 }, (_, index) => index + 1);
    expect((await api('POST /_apis/wit/workitemsbatch', { ids: ids.slice(1) })).json).toMatchObject({
      count: 200,
    });
    const refusal = {
      status: 400,
      json: { message: 'VS403474: You requested 201 work items which exceeds the limit of 200.' },
    };
    expect(await api('POST /_apis/wit/workitemsbatch', { ids })).toMatchObject(refusal);
    expect(await api(`GET /_apis/wit/workitems?ids=${ids.join(',')}`)).toMatchObject(refusal);
  });

  test.each([{ ids: [] }, { ids: ['x'] }, { ids: 1 }, {}, { ids: [1], errorPolicy: 'maybe' }])(
    'are not asked for by %o',
    async (body) => {
      const { api } = setUp();
      expect((await api('POST /_apis/wit/workitemsbatch', body)).status).toBe(400);
    },
  );
});

describe('types and fields', () => {
  test('are those of the process', async () => {
    const { api } = setUp();
    const { json } = await api('GET /Fabrikam/_apis/wit/workitemtypes');
    expect((json as { value: { name: string }[] }).value.map(({ name }) => name)).toEqual([
      'Epic',
      'Feature',
      'User Story',
      'Task',
      'Bug',
    ]);
    expect((await api('GET /Fabrikam/_apis/wit/workitemtypes/User%20Story')).json).toMatchObject({
      name: 'User Story',
    });
    expect((await api('GET /Fabrikam/_apis/wit/workitemtypes/Bug/states')).json).toEqual({
      count: 4,
      value: [
        { name: 'New', color: 'b2b2b2', category: 'Proposed' },
        { name: 'Active', color: '007acc', category: 'InProgress' },
        { name: 'Resolved', color: 'ff9d00', category: 'Resolved' },
        { name: 'Closed', color: '339933', category: 'Completed' },
      ],
    });
    expect((await api('GET /Fabrikam/_apis/wit/workitemtypes/Wish/states')).status).toBe(404);
  });

  test('say their type and whether they hold people', async () => {
    const { api } = setUp();
    expect((await api('GET /_apis/wit/fields/System.AssignedTo')).json).toMatchObject({
      name: 'Assigned To',
      type: 'string',
      isIdentity: true,
      readOnly: false,
    });
    expect((await api('GET /_apis/wit/fields')).json).toMatchObject({
      value: expect.arrayContaining([expect.objectContaining({ referenceName: 'Custom.ReleaseTrain' })]),
    });
    expect((await api('GET /_apis/wit/fields/System.Nothing')).status).toBe(400);
  });

  test('give a template of a new item', async () => {
    const { api } = setUp();
    expect((await api('GET /Fabrikam/_apis/wit/workitems/$Bug')).json).toMatchObject({
      fields: { 'System.WorkItemType': 'Bug', 'Microsoft.VSTS.Common.Severity': '3 - Medium' },
    });
  });
});
