import { describe, expect, test } from 'vitest';
import { adding, createTask, linking, setUp } from './support/setup.ts';

interface Step {
  readonly id: number;
  readonly rev: number;
  readonly fields?: Record<string, unknown>;
  readonly relations?: unknown;
}

describe('the history', () => {
  test('numbers its steps apart from revisions, as links make none', async () => {
    const { sandbox, api } = setUp();
    const [id, other] = [await createTask(api), await createTask(api)];
    sandbox.clock.advance(1000);
    await api(`PATCH /_apis/wit/workitems/${id}`, [linking('System.LinkTypes.Related', other)]);
    sandbox.clock.advance(1000);
    await api(
      `PATCH /_apis/wit/workitems/${id}`,
      adding({ 'System.Title': 'y', 'System.AssignedTo': 'Norman Paulk' }),
    );
    const { value } = (await api(`GET /_apis/wit/workitems/${id}/updates`)).json as { value: Step[] };
    expect(value.map((step) => [step.id, step.rev])).toEqual([
      [1, 1],
      [2, 1],
      [3, 2],
    ]);
    expect(value[1]).toMatchObject({ relations: { added: [{ rel: 'System.LinkTypes.Related' }] } });
    expect(value[1]).not.toHaveProperty('fields');
    expect(value[2]).not.toHaveProperty('relations');
    expect(value[2]).toMatchObject({
      workItemId: id,
      revisedBy: { name: 'Jamal Hartnett <jamal@fabrikam.example>' },
      revisedDate: '9999-01-01T00:00:00Z',
      fields: {
        'System.Rev': { oldValue: 1, newValue: 2 },
        'System.Title': { oldValue: 'A task', newValue: 'y' },
        'System.AssignedTo': { newValue: { displayName: 'Norman Paulk' } },
        'System.RevisedDate': { oldValue: '2026-11-22T10:00:02Z', newValue: '9999-01-01T00:00:00Z' },
      },
    });
  });

  test('shows what was cleared without a new value', async () => {
    const { api } = setUp();
    const id = await createTask(api, { 'System.Tags': 'a' });
    await api(`PATCH /_apis/wit/workitems/${id}`, [{ op: 'remove', path: '/fields/System.Tags' }]);
    const { json } = await api(`GET /_apis/wit/workitems/${id}/updates/2`);
    expect((json as Step).fields?.['System.Tags']).toEqual({ oldValue: 'a' });
    expect((await api(`GET /_apis/wit/workitems/${id}/updates/3`)).status).toBe(404);
  });

  test('comes in pages', async () => {
    const { sandbox, api } = setUp();
    const id = await createTask(api);
    for (let number = 0; number < 250; number += 1)
      sandbox.azureDevOps.testUser().update(id, { 'System.Title': `${number}` });
    const page = async (query: string): Promise<number[]> => {
      const { json } = await api(`GET /_apis/wit/workitems/${id}/updates?${query}`);
      return (json as { value: Step[] }).value.map((step) => step.id);
    };
    expect(await page('')).toHaveLength(200);
    expect(await page('$skip=249')).toEqual([250, 251]);
    expect(await page('$top=2&$skip=1')).toEqual([2, 3]);
  });

  test('keeps every revision whole', async () => {
    const { api } = setUp();
    const id = await createTask(api);
    await api(`PATCH /_apis/wit/workitems/${id}`, adding({ 'System.Title': 'y' }));
    expect((await api(`GET /_apis/wit/workitems/${id}/revisions`)).json).toMatchObject({
      count: 2,
      value: [
        { rev: 1, fields: { 'System.Title': 'A task' }, url: expect.stringMatching(/\/revisions\/1$/) },
        { rev: 2, fields: { 'System.Title': 'y' } },
      ],
    });
    expect((await api(`GET /_apis/wit/workitems/${id}/revisions/1`)).json).toMatchObject({ rev: 1 });
    expect((await api(`GET /_apis/wit/workitems/${id}/revisions/3`)).status).toBe(404);
  });
});

test('tells a comment as a step that counts it', async () => {
  const { sandbox, api } = setUp();
  const id = await createTask(api);
  sandbox.azureDevOps.testUser().comment(id, 'so');
  const { json } = await api(`GET /_apis/wit/workitems/${id}/updates/2`);
  expect((json as Step).fields).toMatchObject({
    'System.History': { newValue: 'so' },
    'System.CommentCount': { oldValue: 0, newValue: 1 },
  });
});

test('an export of links begins at a time or goes on at a token, and is refused with both', async () => {
  const { sandbox, api } = setUp();
  const [id, other] = [await createTask(api), await createTask(api)];
  await api(`PATCH /_apis/wit/workitems/${id}`, [linking('System.LinkTypes.Related', other)]);
  sandbox.clock.advance(60_000);
  const third = await createTask(api);
  await api(`PATCH /_apis/wit/workitems/${third}`, [linking('System.LinkTypes.Hierarchy-Forward', id)]);
  const start = 'startDateTime=2026-11-22T10:00:30Z';
  const read = async (query: string) => await api(`GET /_apis/wit/reporting/workitemlinks?${query}`);
  const first = await read(start);
  expect(first.json).toMatchObject({
    values: [{ attributes: { sourceId: third, targetId: id } }],
    isLastBatch: true,
    nextLink: expect.not.stringContaining('startDateTime'),
  });
  const { continuationToken } = first.json as { continuationToken: string };
  expect(await read(`continuationToken=${continuationToken}`)).toMatchObject({ json: { values: [] } });
  expect(await read(`${start}&continuationToken=${continuationToken}`)).toMatchObject({ status: 400 });
});
