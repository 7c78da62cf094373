import { describe, expect, test } from 'vitest';
import { adding, type CallApi, createTask, linking, ORGANIZATION_URL, setUp } from './support/setup.ts';

interface BatchAnswer {
  readonly code: number;
  readonly body: Record<string, unknown>;
}

function step(uri: string, body: readonly object[]): object {
  const headers = { 'Content-Type': 'application/json-patch+json' };
  return { method: 'PATCH', uri: `${uri}?api-version=7.1`, headers, body };
}

/** Sends a batch and reads the bodies, which are JSON in texts. */
async function batch(
  api: CallApi,
  steps: readonly object[],
  method = 'POST',
): Promise<readonly BatchAnswer[]> {
  const { status, json } = await api(`${method} /_apis/wit/$batch`, steps, {
    headers: { 'content-type': 'application/json' },
  });
  if (status !== 200) throw new Error(String(status));
  const { value } = json as { value: { code: number; body: string }[] };
  return value.map(({ code, body }) => ({ code, body: JSON.parse(body) as Record<string, unknown> }));
}

describe('a batch', () => {
  test('creates and updates, and goes on behind a failure', async () => {
    const { api } = setUp();
    const id = await createTask(api);
    const answers = await batch(api, [
      step('/Fabrikam/_apis/wit/workitems/$Task', adding({ 'System.Title': 'new' })),
      step('/_apis/wit/workitems/99', adding({ 'System.Title': 'x' })),
      step(`/_apis/wit/workitems/${id}`, adding({ 'System.State': 'Nope' })),
      step(`/_apis/wit/workitems/${id}`, [
        { op: 'test', path: '/rev', value: 7 },
        ...adding({ 'System.Title': 'y' }),
      ]),
      step(`/_apis/wit/workitems/${id}`, adding({ 'System.Title': 'y' })),
    ]);
    expect(answers.map(({ code }) => code)).toEqual([200, 404, 400, 412, 200]);
    expect(answers[1]?.body).toMatchObject({ typeKey: 'WorkItemUnauthorizedAccessException' });
    expect(answers[4]?.body).toMatchObject({ id, rev: 2 });
  });

  test('links what it creates by negative ids', async () => {
    const { sandbox, api } = setUp();
    const toParent = {
      op: 'add',
      path: '/relations/-',
      value: { rel: 'System.LinkTypes.Hierarchy-Reverse', url: `${ORGANIZATION_URL}/_apis/wit/workitems/-1` },
    };
    const answers = await batch(
      api,
      [
        step('/Fabrikam/_apis/wit/workitems/$Epic', [
          { op: 'add', path: '/id', value: -1 },
          ...adding({ 'System.Title': 'mother' }),
        ]),
        step('/Fabrikam/_apis/wit/workitems/$Task', [
          { op: 'add', path: '/id', value: -2 },
          ...adding({ 'System.Title': 'child' }),
          toParent,
        ]),
      ],
      'PATCH',
    );
    expect(answers.map(({ code }) => code)).toEqual([200, 200]);
    const [mother, child] = sandbox.azureDevOps.testUser().all();
    expect(child?.fields['System.Parent']).toBe(mother?.id);
  });

  test('can fail as a whole: nothing of it is done', async () => {
    const { api } = setUp({ batch: 'all-or-nothing' });
    const id = await createTask(api);
    const route = `/_apis/wit/workitems/${id}`;
    const good = step(route, adding({ 'System.Title': 'y' }));
    const answers = await batch(api, [
      good,
      step('/_apis/wit/workitems/99', adding({ 'System.Title': 'x' })),
    ]);
    expect(answers).toMatchObject([
      { code: 400, body: { count: 1, value: { Message: expect.stringContaining('TF401321') } } },
      { code: 404, body: { count: 1, value: { Message: expect.stringContaining('TF401232') } } },
    ]);
    expect((await api(`GET ${route}`)).json).toMatchObject({ rev: 1 });
    expect(await batch(api, [good])).toMatchObject([{ code: 200, body: { rev: 2 } }]);
  });

  test('is at most 200 requests', async () => {
    const { api } = setUp();
    const steps = Array.from({ length: 201 }, () =>
      step('/_apis/wit/workitems/1', [linking('System.LinkTypes.Related', 2)]),
    );
    await expect(batch(api, steps)).rejects.toThrow('400');
    await expect(batch(api, [])).rejects.toThrow('400');
    await expect(batch(api, [{ uri: 'x' }])).rejects.toThrow('400');
  });
});
