import { failure } from '@context-sdk/test-support';
import type { TagInput } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';
import { answering } from './answering.ts';

const server = useSandbox();

test('a tag can be created, with the name as its label or with capitals, and is listed', async () => {
  const { client } = await server.start({ seed: 'empty' });
  const urgent = await client.tags.create({ name: 'urgent' });
  expect(urgent).toMatchObject({ name: 'urgent', label: 'urgent', type: 1 });
  const home = await client.tags.create({ name: 'дом 🏠', label: 'Дом 🏠' });
  expect(home).toMatchObject({ name: 'дом 🏠', label: 'Дом 🏠' });
  expect(await client.tags.list()).toEqual([urgent, home]);
});

test('the list may be empty though tasks have tags', async () => {
  const { client } = await server.start({ seed: 'empty' });
  expect((await client.tasks.create({ title: 'x', tags: ['work'] })).tags).toEqual(['work']);
  expect(await client.tags.list()).toEqual([]);
});

const badTags: [field: string, input: unknown][] = [
  ['tag', undefined],
  ['name', {}],
  ['name', { name: '' }],
  ['name', { name: 7 }],
  ['name', { name: 'Work' }],
  ['name', { name: ' work' }],
  ['name', { name: 'x'.repeat(65) }],
  ['label', { name: 'work', label: 'home' }],
  ['label', { name: 'work', label: '' }],
  ['label', { name: 'work', label: 7 }],
];

test.each(badTags)('%s is named in %j, and nothing is sent', async (field, input) => {
  const { client, asked } = answering('{}');
  const error = await failure(client.tags.create(input as TagInput));
  expect(error).toMatchObject({ code: 'invalid_request', field });
  expect(asked).toEqual([]);
});
