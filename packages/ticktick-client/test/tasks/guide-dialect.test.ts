import { ConfigurationError, NotFoundError } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();
const GUIDE = { seed: 30, ticktick: { dialect: 'guide' as const } };

test('the guide’s routes: list, get, create, update', async () => {
  const { sandbox, client } = await server.start(GUIDE);
  expect(await client.tasks.listOpen().toArray()).toHaveLength(30);
  const created = await client.tasks.create({ title: 'a' });
  expect(await client.tasks.get(created.id)).toEqual(created);
  expect((await client.tasks.update(created, { title: 'b' })).title).toBe('b');
  expect(sandbox.requests.map(({ method, path }) => `${method} ${path.replace(created.id, '{id}')}`)).toEqual(
    ['GET /open/v1/task', 'POST /open/v1/task', 'GET /open/v1/task/{id}', 'PUT /open/v1/task/{id}'],
  );
  expect(await failure(client.tasks.get('0123456789abcdef01234567'))).toBeInstanceOf(NotFoundError);
});

test('createMany sends at most 20 to a request', async () => {
  const { sandbox, client } = await server.start({ ...GUIDE, seed: 'empty' });
  const outcomes = await client.tasks.createMany(
    Array.from({ length: 45 }, (_, index) => ({ title: `t${index}` })),
  );
  expect(outcomes.every(({ status }) => status === 'ok')).toBe(true);
  expect(sandbox.requests).toHaveLength(3);
});

test('a method without a route there names the dialect and sends nothing', async () => {
  const { sandbox, client } = await server.start(GUIDE);
  const ref = { id: 'a', projectId: 'b' };
  const calls = [
    client.projects.list(),
    client.projects.data('inbox'),
    client.account.get(),
    client.tasks.complete(ref),
    client.tasks.delete(ref),
  ];
  for (const error of await Promise.all(calls.map(failure))) {
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).toContain("dialect: 'guide'");
  }
  expect(sandbox.requests).toEqual([]);
});

test('a webhook is registered in the guide’s dialect', async () => {
  const { sandbox, client } = await server.start(GUIDE);
  await client.webhooks.register({ url: 'https://example.com/webhooks/ticktick', events: ['task.created'] });
  expect(sandbox.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /open/v1/webhook']);
  const wrong = client.webhooks.register({ url: 'nonsense', events: ['task.created'] });
  expect(await failure(wrong)).toMatchObject({ field: 'url' });
  expect(await failure(client.webhooks.register({ url: 'https://a.b', events: [] }))).toMatchObject({
    field: 'events',
  });
});

test.each([
  ['url', { url: 'http://example.com/webhooks/ticktick', events: ['task.created'] }],
  ['url', { url: 'ftp://localhost/x', events: ['task.created'] }],
  ['events[1]', { url: 'https://a.b', events: ['task.created', 'task.finished'] }],
  ['events[0]', { url: 'https://a.b', events: [7] }],
])('a webhook is refused by its %s: %j', async (field, registration) => {
  const { sandbox, client } = await server.start(GUIDE);
  expect(await failure(client.webhooks.register(registration as never))).toMatchObject({ field });
  expect(sandbox.requests).toEqual([]);
});

test('a gateway on this machine may deliver over http', async () => {
  const { sandbox, client } = await server.start(GUIDE);
  for (const url of ['http://localhost:8000/hook', 'http://127.0.0.1/hook'])
    await client.webhooks.register({ url, events: ['task.created', 'task.updated', 'task.deleted'] });
  expect(sandbox.requests).toHaveLength(2);
});

test('in the default dialect it fails and says what to use instead', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const error = await failure(client.webhooks.register({ url: 'https://a.b', events: ['task.created'] }));
  expect(error).toBeInstanceOf(ConfigurationError);
  expect(String(error)).toContain('changes.watch');
  expect(sandbox.requests).toEqual([]);
});

test('a registration whose answer was lost is not sent again: it would be delivered to twice', async () => {
  const { sandbox, client } = await server.start(GUIDE);
  sandbox.faults.inject({ kind: 'reset', when: 'after' });
  const error = await failure(client.webhooks.register({ url: 'https://a.b', events: ['task.created'] }));
  expect(error).toMatchObject({ code: 'network', sent: true });
  expect(sandbox.requests).toHaveLength(1);
});
