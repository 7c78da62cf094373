import { describe, expect, test } from 'vitest';
import { listOf } from '../support.ts';
import { addTask, setUp } from './support.ts';

const EMPTY200 = { status: 200, text: '' };

describe('creating a task', () => {
  test('puts it into the inbox when no project is named', async () => {
    const { api, testUser } = setUp();
    const { json } = await api('POST /task', { title: 'Call Mum' });
    expect(testUser.inboxId).toMatch(/^inbox\d+$/);
    expect(json).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      projectId: testUser.inboxId,
      sortOrder: -1099511627776,
      title: 'Call Mum',
      timeZone: 'America/Los_Angeles',
      isAllDay: false,
      priority: 0,
      isFloating: false,
      status: 0,
      etag: expect.stringMatching(/^[0-9a-z]{8}$/),
      etimestamp: Date.UTC(2026, 10, 22, 10),
      kind: 'TEXT',
      modifiedTime: '2026-11-22T10:00:00.000+0000',
      createdTime: '2026-11-22T10:00:00.000+0000',
    });
  });

  test('lower-cases tags, and leaves them out of the list of tags', async () => {
    const { api } = setUp();
    expect((await api('POST /task', { title: 'x', tags: ['Work', 'ÜBER'] })).json).toMatchObject({
      tags: ['work', 'über'],
    });
    expect((await api('GET /tag')).json).toEqual([]);
  });

  test('gives checklist items ids, makes it a CHECKLIST, and leaves isAllDay out of the first answer only', async () => {
    const { api } = setUp();
    const { json } = await api('POST /task', {
      title: 'x',
      items: [{ title: 'one' }, { title: 'two', status: 1 }],
    });
    expect(json).toMatchObject({ kind: 'CHECKLIST', items: [{ status: 0 }, { status: 1 }] });
    expect(json).not.toHaveProperty('items[0].isAllDay');
    const [again] = listOf((await api('POST /task/filter', { status: [0] })).json);
    expect(again).toHaveProperty('items[0].isAllDay', false);
    expect(again).toHaveProperty('items[0].id', expect.stringMatching(/^[0-9a-f]{24}$/));
  });

  test('takes the kind of a NOTE project', async () => {
    const { api, testUser } = setUp();
    const { id: projectId } = testUser.createProject({ name: 'Notes', kind: 'NOTE' });
    expect((await api('POST /task', { title: 'x', projectId })).json).toMatchObject({
      projectId,
      kind: 'NOTE',
    });
  });

  test.each([
    ['no title', {}],
    ['a title that is no string', { title: 7 }],
    ['an unknown project', { title: 'x', projectId: 'nowhere' }],
    ['the alias of the inbox', { title: 'x', projectId: 'inbox' }],
    ['a list instead of an object', []],
  ])('fails with unknown_exception for %s', async (_, body) => {
    const answer = await setUp().api('POST /task', body);
    expect(answer).toMatchObject({ status: 500, json: { errorCode: 'unknown_exception' } });
  });

  test('fails where the body is not JSON or not labeled so', async () => {
    const { sandbox } = setUp();
    const authorization = `Bearer ${sandbox.ticktick.issueApiToken()}`;
    for (const [type, body] of [
      ['application/json', '{"title":'],
      ['text/plain', '{"title":"x"}'],
    ]) {
      const headers = { authorization, 'content-type': type ?? '' };
      const init = { method: 'POST', headers, body: body ?? '' };
      expect((await sandbox.fetch('https://api.ticktick.com/open/v1/task', init)).status).toBe(500);
    }
  });
});

describe('reading a task', () => {
  test('needs its project; the inbox has an alias', async () => {
    const { api, sandbox, testUser } = setUp();
    const { id } = addTask(sandbox);
    expect((await api(`GET /project/inbox/task/${id}`)).json).toMatchObject({
      id,
      projectId: testUser.inboxId,
    });
    expect((await api(`GET /project/${testUser.inboxId}/task/${id}`)).json).toMatchObject({ id });
  });

  test('fails with task_not_found for an unknown id and for another project', async () => {
    const { api, sandbox, testUser } = setUp();
    const { id } = addTask(sandbox);
    const other = testUser.createProject({ name: 'Other' });
    const refusal = { status: 500, json: { errorCode: 'task_not_found' } };
    expect(await api('GET /project/inbox/task/nothing')).toMatchObject(refusal);
    expect(await api(`GET /project/${other.id}/task/${id}`)).toMatchObject(refusal);
  });

  test('fails with unknown_exception once its project is deleted', async () => {
    const { api, testUser, sandbox } = setUp();
    const { id: projectId } = testUser.createProject({ name: 'Doomed' });
    const { id } = addTask(sandbox, { projectId });
    await api(`DELETE /project/${projectId}`);
    const answer = await api(`GET /project/${projectId}/task/${id}`);
    expect(answer).toMatchObject({ status: 500, json: { errorCode: 'unknown_exception' } });
  });
});

describe('updating a task', () => {
  test('merges what is sent and changes the etag', async () => {
    const { api, sandbox, testUser } = setUp();
    const before = testUser.createTask({ title: 'x', content: 'kept', tags: ['a'], priority: 3 });
    sandbox.clock.advance(1000);
    const { json } = await api(`POST /task/${before.id}`, {
      id: before.id,
      projectId: before.projectId,
      title: 'y',
    });
    expect(json).toEqual({
      ...before,
      title: 'y',
      etag: expect.not.stringMatching(before.etag),
      etimestamp: before.etimestamp + 1000,
      modifiedTime: '2026-11-22T10:00:01.000+0000',
    });
  });

  test.each([
    ['an unknown id', (id: string, projectId: string) => ({ path: 'nothing', body: { id, projectId } })],
    [
      'an id in the body that differs',
      (id: string, projectId: string) => ({ path: id, body: { id: 'x', projectId } }),
    ],
    ['no id in the body', (id: string, projectId: string) => ({ path: id, body: { projectId } })],
    ['another project', (id: string) => ({ path: id, body: { id, projectId: 'other' } })],
    ['no project', (id: string) => ({ path: id, body: { id } })],
  ])('answers an empty 200 and changes nothing for %s', async (_, requestFor) => {
    const { api, testUser, sandbox } = setUp();
    const { id, projectId } = addTask(sandbox);
    const { path, body } = requestFor(id, projectId);
    expect(await api(`POST /task/${path}`, { ...body, title: 'changed' })).toMatchObject(EMPTY200);
    expect(testUser.task(id)?.title).toBe('A task');
  });

  test('replaces items as a whole', async () => {
    const { api, testUser } = setUp();
    const task = testUser.createTask({ title: 'x', items: [{ title: 'one' }, { title: 'two' }] });
    const ref = { id: task.id, projectId: task.projectId };
    const [, second] = task.items ?? [];
    const items = [{ id: second?.id, title: 'two!' }, { title: 'three' }];
    const { json } = await api(`POST /task/${task.id}`, { ...ref, items });
    expect(json).toMatchObject({ items: [{ id: second?.id, title: 'two!' }, { title: 'three' }] });
    expect((await api(`POST /task/${task.id}`, { ...ref, items: [] })).json).not.toHaveProperty('items');
  });

  test('of a deleted task answers 200 with a body, and it stays gone from lists', async () => {
    const { api, testUser, sandbox } = setUp();
    const { id, projectId } = addTask(sandbox);
    await api(`DELETE /project/${projectId}/task/${id}`);
    const { status, json } = await api(`POST /task/${id}`, { id, projectId, title: 'ghost' });
    expect({ status, json }).toMatchObject({ status: 200, json: { id, title: 'ghost' } });
    expect((await api(`GET /project/${projectId}/task/${id}`)).json).toMatchObject({ title: 'ghost' });
    expect((await api('POST /task/filter', {})).json).toEqual([]);
    expect(testUser.tasks()).toEqual([]);
  });

  test('makes it a subtask, "" detaches it and null does not', async () => {
    const { api, testUser, sandbox } = setUp();
    const parent = addTask(sandbox);
    const { id, projectId } = addTask(sandbox);
    const update = (parentId: string | null): ReturnType<typeof api> =>
      api(`POST /task/${id}`, { id, projectId, parentId });
    expect((await update(parent.id)).json).toMatchObject({ parentId: parent.id });
    expect(testUser.task(parent.id)?.childIds).toEqual([id]);
    expect((await update(null)).json).toMatchObject({ parentId: parent.id });
    expect((await update('')).json).not.toHaveProperty('parentId');
    expect(testUser.task(parent.id)).not.toHaveProperty('childIds');
    const elsewhere = testUser.createTask({
      title: 'x',
      projectId: testUser.createProject({ name: 'P' }).id,
    });
    expect((await update(elsewhere.id)).json).not.toHaveProperty('parentId');
  });
});

describe('completing a task', () => {
  test('answers an empty 200, and once more moves the time of completion', async () => {
    const { api, testUser, sandbox } = setUp();
    const { id } = addTask(sandbox);
    expect(await api(`POST /project/inbox/task/${id}/complete`)).toMatchObject(EMPTY200);
    expect(testUser.task(id)).toMatchObject({ status: 2, completedTime: '2026-11-22T10:00:00.000+0000' });
    sandbox.clock.advance(60_000);
    await api(`POST /project/inbox/task/${id}/complete`);
    expect(testUser.task(id)).toMatchObject({ completedTime: '2026-11-22T10:01:00.000+0000' });
  });

  test('of an unknown task answers an empty 200, too', async () => {
    expect(await setUp().api('POST /project/inbox/task/nothing/complete')).toMatchObject(EMPTY200);
  });

  test('is undone by status 0, which keeps the time of completion', async () => {
    const { api, testUser, sandbox } = setUp();
    const { id, projectId } = addTask(sandbox);
    testUser.completeTask(id);
    const { json } = await api(`POST /task/${id}`, { id, projectId, status: 0 });
    expect(json).toMatchObject({ status: 0, completedTime: '2026-11-22T10:00:00.000+0000' });
  });
});

describe('deleting a task', () => {
  test('is idempotent, and the task stays readable', async () => {
    const { api, sandbox } = setUp();
    const { id } = addTask(sandbox);
    expect(await api(`DELETE /project/inbox/task/${id}`)).toMatchObject(EMPTY200);
    expect(await api(`DELETE /project/inbox/task/${id}`)).toMatchObject(EMPTY200);
    expect(await api('DELETE /project/inbox/task/nothing')).toMatchObject(EMPTY200);
    expect((await api(`GET /project/inbox/task/${id}`)).json).toMatchObject({ id, status: 0 });
    expect((await api('GET /project/inbox/data')).json).toEqual({ tasks: [], columns: [] });
  });
});

describe('assigning a task', () => {
  test('works within the project, and can be undone', async () => {
    const { api, sandbox } = setUp();
    const { id: taskId, projectId } = addTask(sandbox);
    const assigneeUsername = 'demo@example.com';
    const { json } = await api('POST /task/assign', { projectId, taskId, assigneeUsername });
    expect(json).toMatchObject({ id: taskId, assigneeUsername });
    const unassigned = await api('POST /task/unassign', { projectId, taskId });
    expect(unassigned.json).not.toHaveProperty('assigneeUsername');
    const stranger = { projectId, taskId, assigneeUsername: 'stranger@example.com' };
    expect((await api('POST /task/assign', stranger)).status).toBe(500);
  });
});
