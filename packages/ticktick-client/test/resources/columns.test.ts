import { NotFoundError, UnexpectedResponseError } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import type { ColumnInput } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';
import { answering, BAD_IDS, UNKNOWN_ID } from './answering.ts';

const server = useSandbox();

test('a column can be created, listed and renamed', async () => {
  const { client } = await server.start({ seed: 'empty' });
  const { id: projectId } = await client.projects.create({ name: 'Board', viewMode: 'kanban' });
  const created = await client.columns.create(projectId, { name: 'Doing' });
  expect(created).toMatchObject({ projectId, name: 'Doing' });
  expect(await client.columns.list(projectId)).toEqual([created]);
  const renamed = await client.columns.update(projectId, created.id, { name: 'd'.repeat(1000) });
  expect(renamed).toEqual({ ...created, name: 'd'.repeat(1000) });
  expect((await client.projects.data(projectId)).columns).toEqual([renamed]);
});

test('a column that the project does not have is not found, though TickTick answers 200', async () => {
  const { client } = await server.start({ seed: 'empty' });
  const { id: projectId } = await client.projects.create({ name: 'Board' });
  const { id: other } = await client.projects.create({ name: 'Other board' });
  const column = await client.columns.create(projectId, { name: 'Doing' });
  const errors = [
    failure(client.columns.update(projectId, UNKNOWN_ID, { name: 'x' })),
    failure(client.columns.update(other, column.id, { name: 'x' })),
  ];
  for (const error of errors) expect(await error).toBeInstanceOf(NotFoundError);
  const { client: silent } = answering('');
  expect(await failure(silent.columns.create('a', { name: 'x' }))).toBeInstanceOf(UnexpectedResponseError);
});

const badColumns: [field: string, input: unknown][] = [
  ['column', null],
  ['name', {}],
  ['name', { name: ' ' }],
  ['name', { name: 7 }],
  ['name', { name: 'x'.repeat(1001) }],
];

test.each(badColumns)('%s is named in %j, and nothing is sent', async (field, input) => {
  const { client, asked } = answering('{}');
  const bad = input as ColumnInput;
  for (const call of [client.columns.create('a', bad), client.columns.update('a', 'b', bad)]) {
    expect(await failure(call)).toMatchObject({ code: 'invalid_request', field });
  }
  expect(asked).toEqual([]);
});

test.each(BAD_IDS)('an id %j reaches no path', async (id) => {
  const { client, asked } = answering('{}');
  const bad = id as string;
  const calls: [field: string, call: Promise<unknown>][] = [
    ['projectId', client.columns.list(bad)],
    ['projectId', client.columns.create(bad, { name: 'x' })],
    ['projectId', client.columns.update(bad, 'a', { name: 'x' })],
    ['columnId', client.columns.update('a', bad, { name: 'x' })],
  ];
  for (const [field, call] of calls) expect(await failure(call)).toMatchObject({ field });
  expect(asked).toEqual([]);
});
