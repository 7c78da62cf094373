import { describe, expect, test } from 'vitest';
import { createTask, linking, setUp } from './support/setup.ts';

describe('deleting a work item', () => {
  test('puts it into the recycle bin, where reads no longer find it', async () => {
    const { api } = setUp();
    const id = await createTask(api);
    expect(await api(`DELETE /_apis/wit/workitems/${id}`)).toMatchObject({
      status: 200,
      json: {
        id,
        code: 200,
        type: 'Task',
        name: 'A task',
        project: 'Fabrikam',
        deletedBy: 'Jamal Hartnett <jamal@fabrikam.example>',
        resource: { rev: 2 },
      },
    });
    expect((await api(`GET /_apis/wit/workitems/${id}`)).status).toBe(404);
    expect((await api(`DELETE /_apis/wit/workitems/${id}`)).status).toBe(404);
    expect((await api('GET /Fabrikam/_apis/wit/recyclebin')).json).toMatchObject({
      count: 1,
      value: [{ id }],
    });
    expect((await api(`GET /_apis/wit/recyclebin/${id}`)).json).toMatchObject({
      id,
      resource: { fields: { 'System.Title': 'A task' } },
    });
  });

  test('can be undone', async () => {
    const { api } = setUp();
    const id = await createTask(api);
    await api(`DELETE /_apis/wit/workitems/${id}`);
    expect((await api(`PATCH /_apis/wit/recyclebin/${id}`, { IsDeleted: true })).status).toBe(400);
    expect((await api(`PATCH /_apis/wit/recyclebin/${id}`, { IsDeleted: false })).json).toMatchObject({
      id,
      resource: { rev: 3 },
    });
    expect((await api(`GET /_apis/wit/workitems/${id}`)).json).toMatchObject({ rev: 3 });
    expect((await api(`PATCH /_apis/wit/recyclebin/${id}`, { IsDeleted: false })).status).toBe(404);
  });

  test('can be for good, at once or from the bin', async () => {
    const { sandbox, api } = setUp();
    const [one, two, other] = [await createTask(api), await createTask(api), await createTask(api)];
    await api(`PATCH /_apis/wit/workitems/${one}`, [linking('System.LinkTypes.Related', other)]);
    await api(`DELETE /_apis/wit/workitems/${one}?destroy=true`);
    await api(`DELETE /_apis/wit/workitems/${two}`);
    expect((await api(`DELETE /_apis/wit/recyclebin/${two}`)).status).toBe(204);
    expect(sandbox.azureDevOps.testUser().deleted()).toEqual([]);
    expect(sandbox.azureDevOps.testUser().get(other)?.relations).toEqual([]);
  });

  test('takes many at once', async () => {
    const { sandbox, api } = setUp();
    const [one, two] = [await createTask(api), await createTask(api)];
    expect((await api('POST /_apis/wit/workitemsdelete', { ids: [one, two] })).json).toMatchObject({
      results: [{ id: one }, { id: two }],
    });
    expect(sandbox.azureDevOps.testUser().deleted()).toHaveLength(2);
    expect((await api('POST /_apis/wit/workitemsdelete', { ids: [] })).status).toBe(400);
  });
});
