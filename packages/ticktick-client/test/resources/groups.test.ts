import { NotFoundError, UnexpectedResponseError } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import type { ProjectGroupInput } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';
import { answering, BAD_IDS, UNKNOWN_ID } from './answering.ts';

const server = useSandbox();

test('a group can be created, listed, renamed and deleted', async () => {
  const { client } = await server.start({ seed: 'empty' });
  const created = await client.groups.create({ name: 'Work' });
  expect(await client.groups.list()).toEqual([created]);
  const renamed = await client.groups.update(created.id, { name: 'w'.repeat(64) });
  expect(renamed).toEqual({ ...created, name: 'w'.repeat(64) });
  await client.groups.delete(created.id);
  await client.groups.delete(created.id);
  expect(await client.groups.list()).toEqual([]);
});

test('projects name the group that they lie in', async () => {
  const { client } = await server.start({ seed: 'demo' });
  const groups = await client.groups.list();
  const named = (await client.projects.list()).flatMap(({ groupId }) => groupId ?? []);
  expect(new Set(named)).toEqual(new Set(groups.map(({ id }) => id)));
});

test('renaming an unknown group is an error, though TickTick answers 200', async () => {
  const { client } = await server.start({ seed: 'empty' });
  expect(await failure(client.groups.update(UNKNOWN_ID, { name: 'x' }))).toBeInstanceOf(NotFoundError);
  const { client: silent } = answering('');
  expect(await failure(silent.groups.create({ name: 'x' }))).toBeInstanceOf(UnexpectedResponseError);
});

const badGroups: [field: string, input: unknown][] = [
  ['group', undefined],
  ['name', {}],
  ['name', { name: ' ' }],
  ['name', { name: 7 }],
  ['name', { name: 'x'.repeat(65) }],
];

test.each(badGroups)('%s is named in %j, and nothing is sent', async (field, input) => {
  const { client, asked } = answering('{}');
  const bad = input as ProjectGroupInput;
  for (const call of [client.groups.create(bad), client.groups.update('a', bad)]) {
    expect(await failure(call)).toMatchObject({ code: 'invalid_request', field });
  }
  expect(asked).toEqual([]);
});

test.each(BAD_IDS)('an id %j reaches no path', async (id) => {
  const { client, asked } = answering('{}');
  const bad = id as string;
  for (const call of [client.groups.update(bad, { name: 'x' }), client.groups.delete(bad)]) {
    expect(await failure(call)).toMatchObject({ field: 'groupId' });
  }
  expect(asked).toEqual([]);
});
