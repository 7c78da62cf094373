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

test('18.feed: a task with many tags is found by each that it had', async () => {
  const { user, named } = await start();
  const tags = Array.from({ length: 12 }, (_, index) => `a tag of some length ${index}`);
  const task = user.createTask({ title: 'x', tags: [...tags, 'work'] });
  const other = user.createTask({ title: 'y', tags: [...tags, 'work'] });
  await named();
  user.updateTask(task.id, { tags });
  expect(await named({ tags: ['work'] })).toEqual(['task.updated x']);
  user.deleteTask(other.id);
  expect(await named({ tags: ['work'] })).toEqual(['task.deleted']);
});

/** FNV-1a, as earlier versions stored long values. */
function hashed(text: string): string {
  const hash = [...new TextEncoder().encode(text)].reduce(
    (sum, byte) => Math.imul(sum ^ byte, 0x01000193),
    0x811c9dc5,
  );
  return `#${(hash >>> 0).toString(36)}`;
}

test('18.feed: tags that an earlier version stored as a hash have not changed', async () => {
  const { client, user, store, named } = await start();
  const tags = ['1', '2', '3', '4'].map((number) => `a tag of a certain length ${number}`);
  const task = user.createTask({ title: 'x', tags });
  await named();
  const record = await store.get('k/snapshot');
  const text = JSON.stringify(tags);
  const earlier = record?.value.replace(JSON.stringify(text), JSON.stringify(hashed(text))) ?? '';
  expect(earlier).toContain(hashed(text));
  await store.compareAndSet('k/snapshot', record?.version, earlier);
  user.updateTask(task.id, { title: 'z' });
  const batch = await client.changes.poll({ store, key: 'k' });
  expect(batch.events).toMatchObject([{ type: 'task.updated', changed: ['title'] }]);
});
