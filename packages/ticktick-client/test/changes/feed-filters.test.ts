import { memoryStore } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import type { EventFilter, FeedEvent } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();

async function start() {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const user = sandbox.ticktick.testUser();
  const store = memoryStore();
  const poll = async (filter: EventFilter = {}): Promise<FeedEvent[]> => {
    const batch = await client.changes.poll({ store, key: 'k', ...filter });
    await batch.acknowledge();
    return batch.events;
  };
  const named = async (filter?: EventFilter) =>
    (await poll(filter)).map(({ type, data }) => `${type} ${'title' in data ? data.title : ''}`.trim());
  await poll();
  return { client, user, store, named };
}

test('18.feed: only some kinds of changes', async () => {
  const { user, named } = await start();
  const [one, two] = ['one', 'two'].map((title) => user.createTask({ title }).id);
  expect(await named({ only: ['created', 'completed'] })).toEqual(['task.created one', 'task.created two']);
  user.updateTask(one ?? '', { title: 'changed' });
  user.completeTask(two ?? '');
  expect(await named({ only: ['created', 'completed'] })).toEqual(['task.completed two']);
  // What was filtered out is acknowledged, too.
  expect(await named()).toEqual([]);
});

test('18.feed: only some projects, moves out of them included', async () => {
  const { user, named } = await start();
  const [a, b] = ['A', 'B'].map((name) => user.createProject({ name }).id);
  const task = user.createTask({ title: 'x', projectId: a ?? '' });
  user.createTask({ title: 'y', projectId: b ?? '' });
  user.createTask({ title: 'z' });
  expect(await named({ projectIds: [a ?? '', 'inbox'] })).toEqual(['task.created x', 'task.created z']);
  user.moveTask(task.id, b ?? '');
  expect(await named({ projectIds: [a ?? ''] })).toEqual(['task.moved x']);
});

test('18.feed: only some tags, by label or name, and tasks that lose them', async () => {
  const { user, named } = await start();
  const task = user.createTask({ title: 'x', tags: ['Work', 'late'] });
  user.createTask({ title: 'y', tags: ['home'] });
  expect(await named({ tags: ['WORK'] })).toEqual(['task.created x']);
  user.updateTask(task.id, { tags: [] });
  expect(await named({ tags: ['work'] })).toEqual(['task.updated x']);
  user.updateTask(task.id, { title: 'z' });
  expect(await named({ tags: ['work'] })).toEqual([]);
  user.updateTask(task.id, { tags: ['work'] });
  await named();
  user.deleteTask(task.id);
  expect(await named({ tags: ['work'] })).toEqual(['task.deleted']);
});

test('18.feed: a filter that can’t be is refused', async () => {
  const { client, store } = await start();
  const only = ['done'] as unknown as EventFilter['only'];
  expect(await failure(client.changes.poll({ store, key: 'k', only }))).toMatchObject({ field: 'only' });
  const projectIds = ['no id'];
  expect(await failure(client.changes.poll({ store, key: 'k', projectIds }))).toMatchObject({
    field: 'projectIds[0]',
  });
});

test('18.feed: projects that come, change, are archived and go', async () => {
  const { client, user, store } = await start();
  const poll = async () => {
    const batch = await client.changes.poll({ store, key: 'k', projects: true });
    await batch.acknowledge();
    return batch.events.map((event) => [
      event.type,
      'name' in event.data ? event.data.name : '',
      ...('changed' in event ? event.changed : []),
    ]);
  };
  const before = user.createProject({ name: 'Before' });
  expect(await poll()).toEqual([]);
  const project = user.createProject({ name: 'A' });
  expect(await poll()).toEqual([['project.created', 'A']]);
  user.archiveProject(project.id);
  await client.projects.update(before.id, { name: 'Renamed', color: '#123456' });
  expect(await poll()).toEqual([
    ['project.updated', 'Renamed', 'color', 'name'],
    ['project.updated', 'A', 'closed'],
  ]);
  user.deleteProject(before.id);
  expect(await poll()).toEqual([['project.deleted', 'Renamed']]);
  expect(await poll()).toEqual([]);
});
