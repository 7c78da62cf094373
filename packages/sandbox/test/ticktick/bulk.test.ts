import { describe, expect, test } from 'vitest';
import { idOf } from '../support.ts';
import { addTask, setUp } from './support.ts';

const PROPOSED = '6ac94fb68f0879728388e2ec';

describe('a batch', () => {
  test('adds and updates, and answers an etag for each', async () => {
    const { api, testUser, sandbox } = setUp();
    const { id, projectId } = addTask(sandbox);
    const { json } = await api('POST /task/batch', {
      add: [{ title: 'new', projectId, priority: 3 }],
      update: [{ id, projectId, title: 'changed' }],
    });
    const added = testUser.tasks().find(({ title }) => title === 'new');
    expect(json).toEqual({
      id2etag: { [added?.id ?? '']: added?.etag, [id]: testUser.task(id)?.etag },
      id2error: {},
    });
    expect(testUser.task(id)?.title).toBe('changed');
  });

  test('keeps a 24-hex id that a task proposes, and says EXISTED the second time', async () => {
    const { api, testUser } = setUp();
    const body = { add: [{ id: PROPOSED, title: 'x' }] };
    expect((await api('POST /task/batch', body)).json).toMatchObject({
      id2etag: { [PROPOSED]: expect.any(String) },
    });
    expect((await api('POST /task/batch', body)).json).toEqual({
      id2etag: {},
      id2error: { [PROPOSED]: 'EXISTED' },
    });
    expect(testUser.tasks()).toHaveLength(1);
  });

  test('never keeps any other id', async () => {
    const { api, testUser } = setUp();
    await api('POST /task/batch', { add: [{ id: 'mine', title: 'x' }] });
    expect(testUser.tasks()[0]?.id).toMatch(/^[0-9a-f]{24}$/);
  });

  test('can assign ids of its own instead', async () => {
    const { api, testUser } = setUp({ ticktick: { proposedIds: 'assign' } });
    const body = { add: [{ id: PROPOSED, title: 'x' }] };
    await api('POST /task/batch', body);
    const { json } = await api('POST /task/batch', body);
    expect(json).not.toHaveProperty(['id2etag', PROPOSED]);
    expect(testUser.tasks()).toHaveLength(2);
  });

  test('says of each task what is wrong with it, and does the others', async () => {
    const { api, testUser, sandbox } = setUp();
    const inbox = testUser.inboxId;
    const other = testUser.createProject({ name: 'Other' });
    const [gone, elsewhere, good] = [addTask(sandbox), addTask(sandbox), addTask(sandbox)];
    testUser.deleteTask(gone.id);
    const { json } = await api('POST /task/batch', {
      add: [
        { id: PROPOSED, title: 'x', projectId: 'nowhere' },
        { id: PROPOSED.replace('6', '7'), projectId: inbox },
      ],
      update: [
        { id: gone.id, projectId: inbox, title: 'x' },
        { id: 'unknown', projectId: inbox, title: 'x' },
        { id: elsewhere.id, projectId: other.id, title: 'x' },
        { id: good.id, projectId: inbox, title: 'fine' },
      ],
    });
    expect(json).toEqual({
      id2etag: { [good.id]: expect.any(String) },
      id2error: {
        [PROPOSED]: 'NO_PROJECT_PERMISSION',
        [PROPOSED.replace('6', '7')]: 'UNKNOWN',
        [gone.id]: 'DELETED',
        unknown: 'NOT_EXISTED',
        [elsewhere.id]: 'PROJECT_MOVE_ERROR',
      },
    });
  });

  test('takes 50 tasks each and refuses more', async () => {
    const { api, testUser } = setUp();
    const add = Array.from({ length: 51 }, (_, index) => ({ title: `task ${index}` }));
    expect((await api('POST /task/batch', { add: add.slice(1) })).status).toBe(200);
    expect((await api('POST /task/batch', { add })).status).toBe(500);
    expect(testUser.tasks()).toHaveLength(50);
  });
});

describe('completing many tasks', () => {
  test('answers the ids it completed, and passes over the unknown and the 51st', async () => {
    const { api, sandbox } = setUp();
    const ids = Array.from({ length: 51 }, () => addTask(sandbox).id);
    const some = await api('POST /task/completeTasks', { taskIds: [ids[0], 'unknown', ids[1]] });
    expect(some.json).toEqual([ids[0], ids[1]]);
    const { json } = await api('POST /task/completeTasks', { projectId: '', taskIds: ids });
    expect(json).toEqual(ids.slice(0, 50));
  });
});

describe('moving tasks', () => {
  test('answers an entry for each task, also an unknown one', async () => {
    const { api, testUser, sandbox } = setUp();
    const { id: taskId, projectId: fromProjectId } = addTask(sandbox);
    const { id: toProjectId } = testUser.createProject({ name: 'To' });
    const { json } = await api('POST /task/move', [
      { fromProjectId, toProjectId, taskId, sortOrder: 7 },
      { fromProjectId, toProjectId, taskId: 'unknown' },
    ]);
    expect(json).toEqual([
      {
        id: taskId,
        etag: testUser.task(taskId)?.etag,
        isAllDay: false,
        isFloating: false,
        etimestamp: sandbox.clock.now(),
        modifiedTime: '2026-11-22T10:00:00.000+0000',
      },
      { id: 'unknown', etag: expect.any(String) },
    ]);
    expect(testUser.task(taskId)).toMatchObject({ projectId: toProjectId, sortOrder: 7 });
  });

  test('answers [] where a project does not exist', async () => {
    const { api, testUser, sandbox } = setUp();
    const { id: taskId, projectId: fromProjectId } = addTask(sandbox);
    const { json } = await api('POST /task/move', [{ fromProjectId, toProjectId: 'nowhere', taskId }]);
    expect(json).toEqual([]);
    expect(testUser.task(taskId)?.projectId).toBe(fromProjectId);
  });

  test('leaves the column of the old project behind', async () => {
    const { api, testUser } = setUp();
    const [from, to] = [testUser.createProject({ name: 'From' }), testUser.createProject({ name: 'To' })];
    const { json: column } = await api(`POST /project/${from.id}/column`, { name: 'Doing' });
    const columnId = idOf(column);
    const { id } = testUser.createTask({ title: 'x', projectId: from.id, columnId });
    expect(testUser.task(id)).toMatchObject({ columnId, columnName: 'Doing' });
    testUser.moveTask(id, to.id);
    expect(testUser.task(id)).not.toHaveProperty('columnId');
  });
});
