import { InvalidRequestError, NotFoundError } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { tagName, taskUrl } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';
import { UNKNOWN_ID } from '../resources/answering.ts';
import { useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();

test('18.columns: tasks by column; a column of another project is refused, alone and in bulk', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const user = sandbox.ticktick.testUser();
  const [one, other] = ['A', 'B'].map((name) => user.createProject({ name }).id);
  if (!one || !other) throw new Error('No projects');
  const column = await client.columns.create(one, { name: 'To do' });
  const columnId = column.id;
  const task = await client.tasks.create({ title: 'x', projectId: one, columnId });
  expect(task).toMatchObject({ columnId });
  const foreign = { title: 'y', projectId: other, columnId };
  expect(await failure(client.tasks.create(foreign))).toMatchObject({ field: 'columnId' });
  const stray = await client.tasks.create({ title: 'z', projectId: other });
  expect(await failure(client.tasks.update(stray, { columnId }))).toMatchObject({ field: 'columnId' });
  const created = await client.tasks.createMany([foreign, { title: 'w', projectId: one, columnId }]);
  expect(created.map(({ status }) => status)).toEqual(['failed', 'ok']);
  const updated = await client.tasks.updateMany([{ task: stray, changes: { columnId } }]);
  expect(updated).toMatchObject([{ status: 'failed', error: { field: 'tasks[0].columnId' } }]);
  expect((await client.columns.tasks(one, columnId)).map(({ title }) => title)).toEqual(['w', 'x']);
  expect(await failure(client.columns.tasks(other, columnId))).toBeInstanceOf(NotFoundError);
  expect(await failure(client.columns.tasks(UNKNOWN_ID, columnId))).toBeInstanceOf(NotFoundError);
  expect(user.tasks()).toHaveLength(3);
});

test('18.tags: from label to name and back', async () => {
  const { client } = await server.start({ seed: 'empty' });
  await client.tags.create({ name: 'été', label: 'Été' });
  expect(tagName(' Été ')).toBe('été');
  expect(await client.tags.labels(['été', 'unlisted'])).toEqual(
    new Map([
      ['été', 'Été'],
      ['unlisted', 'unlisted'],
    ]),
  );
});

test('18.url: of a task in the web app', () => {
  const task = { id: 'a1', projectId: 'inbox7' };
  expect(taskUrl(task)).toBe('https://ticktick.com/webapp/#p/inbox7/tasks/a1');
  expect(taskUrl(task, { region: 'dida365' })).toBe('https://dida365.com/webapp/#p/inbox7/tasks/a1');
  expect(() => taskUrl({ id: '', projectId: 'p1' })).toThrow(InvalidRequestError);
  expect(taskUrl({ id: '../x', projectId: '' })).toBe('https://ticktick.com/webapp/#q/all/tasks/..%2Fx');
});
