import { ConfigurationError } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();

test('the guide’s dialect has no routes for them: each says so by its name, and sends nothing', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty', ticktick: { dialect: 'guide' } });
  const task = { id: 'a', projectId: 'b' };
  const day = { habitIds: ['a'], from: 20260407, to: 20260407 };
  const range = { from: new Date(0), to: new Date(1), type: 0 } as const;
  const calls: Record<string, Promise<unknown>> = {
    'preference.get': client.preference.get(),
    'projects.list': client.projects.list({ limit: 1 }),
    'projects.members': client.projects.members('a'),
    'projects.create': client.projects.create({ name: 'x' }),
    'projects.update': client.projects.update('a', { name: 'x' }),
    'projects.delete': client.projects.delete('a'),
    'groups.list': client.groups.list(),
    'groups.create': client.groups.create({ name: 'x' }),
    'groups.update': client.groups.update('a', { name: 'x' }),
    'groups.delete': client.groups.delete('a'),
    'columns.list': client.columns.list('a'),
    'columns.create': client.columns.create('a', { name: 'x' }),
    'columns.update': client.columns.update('a', 'b', { name: 'x' }),
    'tags.list': client.tags.list(),
    'tags.create': client.tags.create({ name: 'x' }),
    'focus.get': client.focus.get('a', { type: 0 }),
    'focus.list': client.focus.list(range).toArray(),
    'focus.create': client.focus.create({ type: 0 }),
    'focus.delete': client.focus.delete('a', { type: 0 }),
    'countdowns.list': client.countdowns.list(),
    'habits.list': client.habits.list(),
    'habits.get': client.habits.get('a'),
    'habits.create': client.habits.create({ name: 'x' }),
    'habits.update': client.habits.update('a', { name: 'x' }),
    'habits.sections': client.habits.sections(),
    'habits.checkIn': client.habits.checkIn('a', { stamp: 20260407 }),
    'habits.checkIns': client.habits.checkIns(day),
    'comments.list': client.comments.list(task),
    'comments.create': client.comments.create(task, { title: 'x' }),
    'comments.delete': client.comments.delete(task, 'c'),
  };
  const failures = Object.entries(calls).map(async ([name, call]) => [name, await failure(call)] as const);
  for (const [name, error] of await Promise.all(failures)) {
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).toContain(`${name} has no route in dialect: 'guide'`);
  }
  expect(sandbox.requests).toEqual([]);
});
