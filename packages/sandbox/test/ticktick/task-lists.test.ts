import type { JsonObject } from '@context-sdk/sandbox';
import { describe, expect, test } from 'vitest';
import { listOf, textOf } from '../support.ts';
import { type CallApi, setUp } from './support.ts';

const titlesOf = async (api: CallApi, route: string, body: JsonObject): Promise<unknown[]> =>
  listOf((await api(route, body)).json).map((task) => textOf(task, 'title'));

describe('the lists of tasks', () => {
  test('end at 200 without a word: filter, completed and undone, but not a project', async () => {
    const { api, testUser } = setUp();
    for (let index = 0; index < 201; index += 1) {
      const dueDate = '2026-11-23T09:00:00+0000';
      const { id } = testUser.createTask({ title: `done ${index}`, dueDate });
      testUser.createTask({ title: `open ${index}`, dueDate });
      testUser.completeTask(id);
    }
    const range = { startDate: '2026-11-22T00:00:00+0000', endDate: '2026-11-29T00:00:00+0000' };
    expect(await titlesOf(api, 'POST /task/filter', { status: [0] })).toHaveLength(200);
    expect(await titlesOf(api, 'POST /task/completed', {})).toHaveLength(200);
    expect(await titlesOf(api, 'POST /task/undone', range)).toHaveLength(200);
    const { json } = await api('GET /project/inbox/data');
    expect(json).toHaveProperty('tasks.length', 201);
  });
});

describe('the filter', () => {
  test('goes by status, where -1 is not honored; without one it lists all', async () => {
    const { api, testUser } = setUp();
    testUser.createTask({ title: 'open' });
    testUser.completeTask(testUser.createTask({ title: 'done' }).id);
    testUser.updateTask(testUser.createTask({ title: 'abandoned' }).id, { status: -1 });
    const filter = (body: JsonObject): Promise<unknown[]> => titlesOf(api, 'POST /task/filter', body);
    expect(await filter({ status: [0] })).toEqual(['open']);
    expect(await filter({ status: [2] })).toEqual(['done']);
    expect(await filter({ status: [0, -1] })).toEqual(['open']);
    expect(await filter({ status: [-1] })).toEqual([]);
    expect(await filter({})).toEqual(['open', 'done', 'abandoned']);
  });

  test('goes by project, priority, all of the tags, kind and start date', async () => {
    const { api, testUser } = setUp();
    const { id: projectId } = testUser.createProject({ name: 'P' });
    testUser.createTask({ title: 'inbox', tags: ['a', 'b'], priority: 5 });
    testUser.createTask({ title: 'project', projectId, tags: ['a'], startDate: '2026-12-01T00:00:00+0000' });
    testUser.createTask({ title: 'list', items: [{ title: 'one' }] });
    const filter = (body: JsonObject): Promise<unknown[]> => titlesOf(api, 'POST /task/filter', body);
    expect(await filter({ projectIds: ['inbox'] })).toEqual(['inbox', 'list']);
    expect(await filter({ projectIds: [projectId] })).toEqual(['project']);
    expect(await filter({ priority: [3, 5] })).toEqual(['inbox']);
    expect(await filter({ tag: ['a'] })).toEqual(['inbox', 'project']);
    expect(await filter({ tag: ['a', 'b'] })).toEqual(['inbox']);
    expect(await filter({ kind: ['CHECKLIST'] })).toEqual(['list']);
    expect(await filter({ kind: ['TASK'] })).toEqual(['inbox', 'project']);
    expect(await filter({ startDate: '2026-12-01T00:00:00+0000' })).toEqual(['project']);
    expect(await filter({ endDate: '2026-11-30T23:59:59+0000' })).toEqual([]);
  });
});

describe('completed tasks', () => {
  test('come newest first, between two times of completion, both included', async () => {
    const { api, testUser, sandbox } = setUp();
    for (const title of ['first', 'second', 'third']) {
      testUser.completeTask(testUser.createTask({ title }).id);
      sandbox.clock.advance(1000);
    }
    const completed = (body: JsonObject): Promise<unknown[]> => titlesOf(api, 'POST /task/completed', body);
    expect(await completed({})).toEqual(['third', 'second', 'first']);
    const startDate = '2026-11-22T10:00:00+0000';
    expect(await completed({ startDate, endDate: '2026-11-22T10:00:01+0000' })).toEqual(['second', 'first']);
  });
});

describe('undone tasks', () => {
  const undone = async (body: JsonObject): Promise<unknown[]> => {
    const { api, testUser } = setUp();
    testUser.createTask({ title: 'soon', dueDate: '2026-11-23T09:00:00+0000' });
    testUser.createTask({ title: 'some day' });
    return titlesOf(api, 'POST /task/undone', body);
  };
  const startDate = '2026-11-22T00:00:00+0000';

  test('are due within a range of 14 days', async () => {
    expect(await undone({ startDate, endDate: '2026-12-06T00:00:00+0000' })).toEqual(['soon']);
    expect(await undone({ startDate, endDate: '2026-12-06T00:00:00+0000', projectIds: ['inbox'] })).toEqual([
      'soon',
    ]);
    expect(await undone({ startDate, endDate: '2026-12-06T00:00:00+0000', taskIds: ['other'] })).toEqual([]);
  });

  test.each([
    ['longer', { startDate, endDate: '2026-12-06T00:00:01+0000' }],
    ['backwards', { startDate, endDate: '2026-11-21T00:00:00+0000' }],
    ['open', { startDate }],
  ])('are none where the range is %s', async (_, range) => {
    expect(await undone(range)).toEqual([]);
  });
});

describe('the search', () => {
  test('finds words in title and content, in any case, and nothing for blanks', async () => {
    const { api, testUser } = setUp();
    testUser.createTask({ title: 'Buy 牛奶', content: 'and BREAD', tags: ['food'] });
    testUser.completeTask(testUser.createTask({ title: 'bread knife' }).id);
    const search = (body: JsonObject): Promise<unknown[]> => titlesOf(api, 'POST /task/search', body);
    expect(await search({ keywords: 'bread' })).toEqual(['Buy 牛奶', 'bread knife']);
    expect(await search({ keywords: 'bread', status: [0] })).toEqual(['Buy 牛奶']);
    expect(await search({ keywords: '牛奶', tags: ['food'] })).toEqual(['Buy 牛奶']);
    expect(await search({ keywords: '  ' })).toEqual([]);
  });
});
