import { describe, expect, test } from 'vitest';
import { fieldsOf, idOf } from '../support.ts';
import { setUp } from './support.ts';

const GUIDE = { ticktick: { dialect: 'guide' } } as const;

describe("the guide's dialect", () => {
  test('lists all tasks, past 200, and reads one by its id alone', async () => {
    const { api, testUser } = setUp({ ...GUIDE, seed: 250 });
    const { json } = await api('GET /task');
    expect(json).toEqual(testUser.tasks());
    expect(json).toHaveLength(250);
    const [first] = testUser.tasks();
    expect((await api(`GET /task/${first?.id}`)).json).toEqual(first);
    expect(await api('GET /task/nothing')).toMatchObject({ status: 404 });
  });

  test('creates by POST, changes by PUT and moves by a project', async () => {
    const { api, testUser } = setUp(GUIDE);
    const { json } = await api('POST /task', { title: 'x', priority: 3 });
    const id = idOf(json);
    const { id: projectId } = testUser.createProject({ name: 'P' });
    const changed = await api(`PUT /task/${id}`, { title: 'y', projectId });
    expect(changed.json).toMatchObject({ id, title: 'y', priority: 3, projectId });
    expect((await api(`PUT /task/${id}`, { status: 2 })).json).toMatchObject({ status: 2 });
    expect((await api(`PUT /task/${id}`, { projectId: 'nowhere' })).status).toBe(400);
    expect((await api('PUT /task/nothing', { title: 'z' })).status).toBe(404);
    expect((await api('POST /task', {})).status).toBe(400);
  });

  test('takes 20 tasks in a batch and refuses more', async () => {
    const { api, testUser } = setUp(GUIDE);
    const add = Array.from({ length: 21 }, (_, index) => ({ title: `task ${index}` }));
    expect((await api('POST /task/batch', { add })).status).toBe(400);
    expect(testUser.tasks()).toEqual([]);
    const { json } = await api('POST /task/batch', { add: add.slice(1) });
    expect(Object.keys(fieldsOf(fieldsOf(json)['id2etag']))).toHaveLength(20);
  });

  test('answers 429 with Retry-After beyond 100 requests a minute', async () => {
    const { api, sandbox } = setUp(GUIDE);
    for (let index = 0; index < 100; index += 1) await api('GET /task');
    sandbox.clock.advance(15_000);
    const { status, headers } = await api('GET /task');
    expect({ status, retryAfter: headers.get('retry-after') }).toEqual({ status: 429, retryAfter: '45' });
  });

  test.each(['GET /project', 'POST /task/filter', 'DELETE /task/t', 'POST /task/t'])(
    'has no route beyond the guide: %s',
    async (route) => {
      expect((await setUp(GUIDE).api(route)).status).toBe(404);
    },
  );
});
