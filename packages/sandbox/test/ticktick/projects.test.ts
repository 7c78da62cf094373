import { describe, expect, test } from 'vitest';
import { idOf } from '../support.ts';
import { addTask, setUp } from './support.ts';

describe('projects', () => {
  test('are created with what recordings show, and nothing that is not set', async () => {
    const { api } = setUp();
    const { json } = await api('POST /project', { name: 'Work', kind: 'task', color: '#F18181' });
    expect(json).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      name: 'Work',
      color: '#F18181',
      sortOrder: 0,
      viewMode: 'list',
      kind: 'TASK',
    });
  });

  test('have names of at most 64 characters; the rest is cut off', async () => {
    const { api } = setUp();
    const { json } = await api('POST /project', { name: '👋'.repeat(70) });
    expect(json).toMatchObject({ name: '👋'.repeat(64) });
  });

  test('are changed by merging', async () => {
    const { api, testUser } = setUp();
    const project = testUser.createProject({ name: 'Work', color: '#F18181' });
    const { json } = await api(`POST /project/${project.id}`, { viewMode: 'kanban' });
    expect(json).toEqual({ ...project, viewMode: 'kanban' });
  });

  test('are deleted with their tasks; again is no error', async () => {
    const { api, testUser, sandbox } = setUp();
    const { id: projectId } = testUser.createProject({ name: 'Doomed' });
    addTask(sandbox, { projectId });
    expect(await api(`DELETE /project/${projectId}`)).toMatchObject({ status: 200, text: '' });
    expect(await api(`DELETE /project/${projectId}`)).toMatchObject({ status: 200, text: '' });
    expect(testUser.tasks()).toEqual([]);
    expect(await api(`GET /project/${projectId}`)).toMatchObject({ status: 404, text: '' });
    expect((await api(`GET /project/${projectId}/data`)).json).toEqual({});
  });

  test('are listed whole, or by pages where one is asked for', async () => {
    const { api, testUser } = setUp();
    for (let index = 0; index < 201; index += 1) testUser.createProject({ name: `P${index}` });
    expect((await api('GET /project')).json).toHaveLength(201);
    expect((await api('GET /project?offset=0')).json).toHaveLength(200);
    expect((await api('GET /project?offset=199&limit=5')).json).toMatchObject([
      { name: 'P199' },
      { name: 'P200' },
    ]);
  });
});

describe('the inbox', () => {
  test('is in no list and is no project, though its data and members can be read', async () => {
    const { api, testUser, sandbox } = setUp();
    const { id } = addTask(sandbox);
    expect((await api('GET /project')).json).toEqual([]);
    for (const projectId of ['inbox', testUser.inboxId]) {
      expect(await api(`GET /project/${projectId}`)).toMatchObject({ status: 404, text: '' });
      expect((await api(`GET /project/${projectId}/data`)).json).toEqual({
        tasks: [expect.objectContaining({ id, projectId: testUser.inboxId })],
        columns: [],
      });
      expect((await api(`GET /project/${projectId}/members`)).json).toEqual([
        { username: 'demo@example.com', displayName: 'Demo User', self: true },
      ]);
    }
  });
});

describe("a project's data", () => {
  test('holds the project, its open tasks and its columns', async () => {
    const { api, testUser } = setUp();
    const project = testUser.createProject({ name: 'Work' });
    const task = testUser.createTask({ title: 'open', projectId: project.id });
    testUser.completeTask(testUser.createTask({ title: 'done', projectId: project.id }).id);
    const { json: column } = await api(`POST /project/${project.id}/column`, { name: 'Doing' });
    const { json } = await api(`GET /project/${project.id}/data`);
    expect(json).toEqual({ project, tasks: [task], columns: [column] });
  });

  test('is an empty object for an unknown id', async () => {
    expect(await setUp().api('GET /project/nowhere/data')).toMatchObject({ status: 200, text: '{}' });
  });
});

describe('columns', () => {
  test('are created, renamed and listed; an unknown one answers an empty 200', async () => {
    const { api, testUser } = setUp();
    const { id: projectId } = testUser.createProject({ name: 'Work' });
    const { json } = await api(`POST /project/${projectId}/column`, { name: 'Doing' });
    const id = idOf(json);
    const renamed = await api(`POST /project/${projectId}/column/${id}`, { name: 'Done' });
    expect(renamed.json).toEqual({ id, projectId, name: 'Done', sortOrder: 0 });
    expect((await api(`GET /project/${projectId}/column`)).json).toEqual([renamed.json]);
    const unknown = await api(`POST /project/${projectId}/column/nothing`, { name: 'x' });
    expect(unknown).toMatchObject({ status: 200, text: '' });
    expect((await api('POST /project/nowhere/column', { name: 'x' })).status).toBe(500);
  });
});

describe('project groups', () => {
  test('are created, renamed, listed and deleted', async () => {
    const { api } = setUp();
    const { json } = await api('POST /project/group', { name: 'Life' });
    const id = idOf(json);
    expect((await api(`POST /project/group/${id}`, { name: 'Work' })).json).toMatchObject({
      id,
      name: 'Work',
    });
    expect((await api('GET /project/group')).json).toEqual([
      { id, name: 'Work', sortOrder: 0, showAll: true },
    ]);
    expect(await api(`DELETE /project/group/${id}`)).toMatchObject({ status: 200, text: '' });
    expect((await api('GET /project/group')).json).toEqual([]);
  });

  test('leave their projects behind when deleted', async () => {
    const { api, testUser } = setUp({ seed: 'demo' });
    const grouped = testUser.projects().find(({ groupId }) => groupId !== undefined);
    await api(`DELETE /project/group/${grouped?.groupId}`);
    const project = testUser.projects().find(({ id }) => id === grouped?.id);
    expect(project).toBeDefined();
    expect(project).not.toHaveProperty('groupId');
  });
});

describe('tags', () => {
  test('are named by their label in small letters', async () => {
    const { api } = setUp();
    const { json } = await api('POST /tag', { name: 'work', label: 'Work' });
    expect(json).toEqual({ name: 'work', label: 'Work', sortOrder: 0, type: 1 });
    expect((await api('GET /tag')).json).toEqual([json]);
    expect((await api('POST /tag', { name: 'work', label: 'Other' })).status).toBe(500);
  });
});

describe('comments', () => {
  test('carry the user and times in milliseconds', async () => {
    const { api, sandbox } = setUp();
    const { id } = addTask(sandbox);
    const { json } = await api(`POST /project/inbox/task/${id}/comment`, { title: 'Nice' });
    expect(json).toEqual({
      id: expect.any(String),
      userId: 115781412,
      title: 'Nice',
      createdTime: sandbox.clock.now(),
      modifiedTime: sandbox.clock.now(),
    });
    expect((await api(`GET /project/inbox/task/${id}/comments`)).json).toEqual([json]);
    const commentId = idOf(json);
    const removed = await api(`DELETE /project/inbox/task/${id}/comment/${commentId}`);
    expect(removed).toMatchObject({ status: 200, text: '' });
    expect((await api(`GET /project/inbox/task/${id}/comments`)).json).toEqual([]);
  });
});
