import { expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();

test('18.5: tasks of the inbox that don’t name their project are changed and moved', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty', ticktick: { absentFields: 'mixed' } });
  const user = sandbox.ticktick.testUser();
  const project = user.createProject({ name: 'P' });
  for (const title of ['one', 'two', 'three']) user.createTask({ title });
  const { tasks } = await client.projects.data('inbox');
  const [one, two, three] = tasks;
  if (!one || !two || !three) throw new Error('The inbox is empty.');
  expect(new Set(tasks.map(({ projectId }) => projectId))).toEqual(new Set(['inbox']));
  expect(await client.tasks.update(one, { title: 'changed' })).toMatchObject({ projectId: user.inboxId });
  expect(await client.tasks.attach(two, one)).toMatchObject({ parentId: one.id });
  await client.tasks.complete(three);
  expect(await client.tasks.reopen(three)).toMatchObject({ status: 0 });
  const before = sandbox.requests.length;
  const updates = tasks.map((task) => ({ task, changes: { priority: 5 as const } }));
  expect((await client.tasks.updateMany(updates)).map(({ status }) => status)).toEqual(['ok', 'ok', 'ok']);
  expect(sandbox.requests.slice(before)).toHaveLength(2);
  await client.tasks.move(two, project.id);
  expect(user.task(two.id)).toMatchObject({ projectId: project.id });
});

test('18.5: the inbox can be named by its alias wherever a project can be', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty', ticktick: { absentFields: 'mixed' } });
  const user = sandbox.ticktick.testUser();
  const project = user.createProject({ name: 'P' });
  expect(await client.tasks.create({ title: 'a', projectId: 'inbox' })).toMatchObject({
    projectId: user.inboxId,
  });
  const outcomes = await client.tasks.createMany([{ title: 'b', projectId: 'inbox' }]);
  expect(outcomes).toMatchObject([{ status: 'ok' }]);
  const task = user.createTask({ title: 'c', projectId: project.id });
  await client.tasks.move(task, 'inbox');
  expect(user.tasks().map(({ projectId }) => projectId)).toEqual(
    Array.from({ length: 3 }, () => user.inboxId),
  );
});
