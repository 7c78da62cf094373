import { UnexpectedResponseError } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';
import { answering, BAD_IDS, UNKNOWN_ID } from './answering.ts';

const server = useSandbox();

test('a task can be commented on, and a comment taken back', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const task = await client.tasks.create({ title: 'x' });
  expect(await client.comments.list(task)).toEqual([]);
  const first = await client.comments.create(task, { title: 'Erledigt? 🤔' });
  const second = await client.comments.create(task, { title: 'Yes.\nAll of it.' });
  expect(first).toMatchObject({ title: 'Erledigt? 🤔', userId: sandbox.ticktick.accounts[0]?.id });
  expect(typeof first.createdTime).toBe('number');
  expect(await client.comments.list(task)).toEqual([first, second]);
  await client.comments.delete(task, first.id);
  await client.comments.delete(task, first.id);
  expect(await client.comments.list(task)).toEqual([second]);
});

test('a task that is not there has no comments and takes none', async () => {
  const { client } = await server.start({ seed: 'empty' });
  const nowhere = { id: UNKNOWN_ID, projectId: 'inbox' };
  expect(await client.comments.list(nowhere)).toEqual([]);
  expect(await failure(client.comments.create(nowhere, { title: 'x' }))).toBeInstanceOf(Error);
  const { client: silent } = answering('');
  const error = await failure(silent.comments.create(nowhere, { title: 'x' }));
  expect(error).toBeInstanceOf(UnexpectedResponseError);
});

test.each([
  ['comment', undefined],
  ['title', {}],
  ['title', { title: ' ' }],
  ['title', { title: 7 }],
])('%s is named in %j, and nothing is sent', async (field, input) => {
  const { client, asked } = answering('{}');
  const error = await failure(client.comments.create({ id: 'a', projectId: 'b' }, input as never));
  expect(error).toMatchObject({ code: 'invalid_request', field });
  expect(asked).toEqual([]);
});

test.each(BAD_IDS)('an id %j reaches no path', async (id) => {
  const { client, asked } = answering('{}');
  const bad = id as string;
  const task = { id: 'a', projectId: 'b' };
  const calls: [field: string, call: Promise<unknown>][] = [
    ['id', client.comments.list({ ...task, id: bad })],
    ['projectId', client.comments.list({ ...task, projectId: bad })],
    ['id', client.comments.create({ ...task, id: bad }, { title: 'x' })],
    ['projectId', client.comments.delete({ ...task, projectId: bad }, 'c')],
    ['commentId', client.comments.delete(task, bad)],
  ];
  for (const [field, call] of calls) expect(await failure(call)).toMatchObject({ field });
  expect(await failure(client.comments.list(undefined as never))).toMatchObject({ field: 'projectId' });
  expect(asked).toEqual([]);
});
