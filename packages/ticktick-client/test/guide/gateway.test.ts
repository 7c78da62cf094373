import { ConfigurationError, memoryRateLimiter, OAuthClient } from '@context-sdk/oauth-core';
import { failure, IMPATIENT } from '@context-sdk/test-support';
import {
  GUIDE_LIMITS,
  parseTickTickWebhook,
  TickTickClient,
  type TickTickClientOptions,
  tickTickGateway,
} from '@context-sdk/ticktick-client';
import { describe, expect, test } from 'vitest';
import { fakeGateway, ORIGIN } from './gateway-server.ts';

function start(
  routes: Parameters<typeof fakeGateway>[0] = {},
  options: Partial<TickTickClientOptions> = {},
): ReturnType<typeof fakeGateway> & { client: TickTickClient } {
  const gateway = fakeGateway(routes);
  const client = new TickTickClient({
    ...tickTickGateway({ origin: ORIGIN }),
    auth: 'token',
    rateLimiter: memoryRateLimiter(),
    retry: IMPATIENT,
    fetch: gateway.fetch,
    ...options,
  });
  return { ...gateway, client };
}

const lines = ({ sent }: { sent: { line: string }[] }): string[] => sent.map(({ line }) => line);

describe('15.2: one object for a gateway', () => {
  test('has its endpoints, the secret in the form, no revocation, the dialect and the guide’s limit', () => {
    const { provider, ...client } = tickTickGateway({ origin: `${ORIGIN}/` });
    expect(provider).toMatchObject({
      authorizationEndpoint: `${ORIGIN}/oauth/authorize`,
      tokenEndpoint: `${ORIGIN}/oauth/token`,
      clientAuthentication: 'post',
    });
    expect(provider.revocationEndpoint).toBeUndefined();
    expect(client).toEqual({ dialect: 'guide', baseUrl: `${ORIGIN}/open/v1`, limits: GUIDE_LIMITS });
    expect(GUIDE_LIMITS).toEqual([{ limit: 100, intervalMs: 60_000 }]);
    expect(
      tickTickGateway({ origin: ORIGIN, revocationPath: '/oauth/revoke' }).provider.revocationEndpoint,
    ).toBe(`${ORIGIN}/oauth/revoke`);
  });

  test.for([
    'http://gateway.example',
    'https://gateway.example/open/v1',
    'https://user@gateway.example',
    'gateway.example',
    '',
  ])('the origin %j is refused by its name', (origin) => {
    expect(() => tickTickGateway({ origin })).toThrow(ConfigurationError);
    expect(() => tickTickGateway({ origin })).toThrow('origin must look like');
  });

  test.for([
    ['tokenPath', { tokenPath: '//evil.example/token' }],
    ['revocationPath', { revocationPath: 'https://evil.example' }],
    ['apiPath', { apiPath: '/open v1' }],
    ['authorizationPath', { authorizationPath: '/a?b' }],
  ] as const)('%s stays at the origin', ([name, paths]) => {
    expect(() => tickTickGateway({ origin: ORIGIN, ...paths })).toThrow(`${name} must be a path`);
  });

  test('the token request is the guide’s: id and secret in the form, no header', async () => {
    let request: Request | undefined;
    const oauth = new OAuthClient({
      ...tickTickGateway({ origin: ORIGIN }),
      clientId: 'app',
      clientSecret: 'secret',
      redirectUri: 'http://localhost:8000/auth/ticktick/callback',
      fetch: async (input, init) => {
        request = new Request(input, init);
        return Response.json({
          access_token: 'a',
          refresh_token: 'r',
          expires_in: 3600,
          token_type: 'Bearer',
        });
      },
    });
    const { url, transaction } = await oauth.beginAuthorization();
    expect(url.origin).toBe(ORIGIN);
    const state = url.searchParams.get('state');
    await oauth.completeAuthorization(`?code=c&state=${state}`, transaction);
    expect(request?.headers.has('authorization')).toBe(false);
    const form = Object.fromEntries(new URLSearchParams(await request?.text()));
    expect(form).toMatchObject({
      client_id: 'app',
      client_secret: 'secret',
      code: 'c',
      grant_type: 'authorization_code',
      redirect_uri: 'http://localhost:8000/auth/ticktick/callback',
    });
  });
});

describe('15.3: at a gateway a task needs nothing but its id', () => {
  test('create, list, get and update work without projects, and send what the guide sends', async () => {
    const gateway = start();
    const { client, sent } = gateway;
    const created = await client.tasks.create({ title: 'a' });
    expect(created).toMatchObject({ id: 't1', title: 'a', projectId: '' });
    expect(await client.tasks.get('t1')).toEqual(created);
    expect(await client.tasks.get(created)).toEqual(created);
    expect(await client.tasks.listOpen().toArray()).toEqual([created]);
    expect((await client.tasks.update(created, { title: 'b' })).title).toBe('b');
    expect((await client.tasks.update('t1', { title: 'c' })).title).toBe('c');
    expect((await client.tasks.update({ ...created, projectId: '' }, { priority: 5 })).priority).toBe(5);
    expect(lines(gateway)).toEqual([
      'POST /task',
      'GET /task/t1',
      'GET /task/t1',
      'GET /task',
      'PUT /task/t1',
      'PUT /task/t1',
      'PUT /task/t1',
    ]);
    expect(sent[0]?.body).toEqual({ title: 'a' });
    expect(sent[4]?.body).toEqual({ title: 'b' });
  });

  test('a gateway that has projects keeps them', async () => {
    const { client, tasks } = start();
    tasks.set('t9', { id: 't9', title: 'x', projectId: 'p1' });
    expect(await client.tasks.get('t9')).toMatchObject({ projectId: 'p1' });
    expect(await client.tasks.listOpen().toArray()).toMatchObject([{ projectId: 'p1' }]);
  });

  test('listAll({ completed: true }) is the guide’s get_all_tasks: one request, every task', async () => {
    const gateway = start();
    const { client, tasks } = gateway;
    tasks.set('a', { id: 'a', title: 'open' });
    tasks.set('b', { id: 'b', title: 'done', status: 2 });
    const titles = async (completed?: boolean): Promise<string[]> =>
      (await client.tasks.listAll({ completed }).toArray()).map(({ title }) => title);
    expect(await titles(true)).toEqual(['open', 'done']);
    expect(await titles()).toEqual(['open']);
    expect(await titles(false)).toEqual(['open']);
    expect(lines(gateway)).toEqual(['GET /task', 'GET /task', 'GET /task']);
  });

  test.for([
    ['nothing but the id', { id: '1' }],
    ['a null for the project', { id: '1', projectId: null, title: 'a' }],
    ['a project of another type', { id: '1', projectId: 7 }],
  ] as const)('a webhook with %s is an event', ([, data]) => {
    for (const event of ['task.created', 'task.updated', 'task.deleted'] as const) {
      expect(parseTickTickWebhook({ event, data })).toMatchObject({
        type: event,
        data: { id: '1' },
        raw: { event, data },
      });
    }
  });
});

describe('15.3: what a gateway may have beyond the guide', () => {
  test('account.get() by identify: a path behind the base URL, or a URL of the gateway', async () => {
    const user = { id: 42, email: 'ada@example.com', plan: 'free' };
    const routes = { 'GET /user': () => Response.json(user), 'GET /me': () => Response.json(user) };
    for (const place of ['/user', 'user', `${ORIGIN}/me`]) {
      const gateway = tickTickGateway({
        origin: ORIGIN,
        identify: async (fetch) => (await (await fetch(place)).json()) as { id: number; email: string },
      });
      const { client } = start(routes, gateway);
      expect(await client.account.get()).toEqual({
        id: '42',
        email: 'ada@example.com',
        username: 'ada@example.com',
      });
    }
  });

  test('identify gets typed errors, may not leave the gateway, and has to name the account', async () => {
    const identifyAt =
      (place: string) =>
      async (fetch: typeof globalThis.fetch): Promise<{ id: string }> =>
        (await (await fetch(place)).json()) as { id: string };
    const ask = (place: string): Promise<unknown> =>
      failure(
        start(
          { 'GET /nobody': () => Response.json({}), 'GET /out': () => new Response(null, { status: 401 }) },
          { identify: identifyAt(place) },
        ).client.account.get(),
      );
    expect(await ask('/nobody')).toMatchObject({ code: 'unexpected_response', field: 'id' });
    expect(await ask('/out')).toMatchObject({ code: 'permission_denied', status: 401 });
    expect(await ask('/missing')).toMatchObject({ code: 'not_found' });
    expect(await ask('https://evil.example/user')).toBeInstanceOf(ConfigurationError);
    expect(await ask('../../user')).toMatchObject({ code: 'invalid_request' });
  });

  test('without identify, account.get() says what to pass', async () => {
    expect(String(await failure(start().client.account.get()))).toContain('pass identify');
  });

  test('complete and delete, where the gateway has them', async () => {
    const gateway = start(
      {
        'POST /task/t1/complete': () => new Response(null, { status: 204 }),
        'DELETE /task/t1': () => new Response(null, { status: 204 }),
        'DELETE /task/t2': () => new Response(null, { status: 204 }),
      },
      { routes: { complete: 'POST /task/{id}/complete', delete: 'DELETE /task/{id}' } },
    );
    const task = await gateway.client.tasks.create({ title: 'a' });
    await gateway.client.tasks.complete(task);
    await gateway.client.tasks.complete('t1');
    await gateway.client.tasks.delete(task);
    expect(await gateway.client.tasks.completeMany(['t1'])).toEqual([{ status: 'ok', id: 't1' }]);
    expect(await gateway.client.tasks.deleteMany(['t1', 't2'])).toMatchObject([
      { status: 'ok' },
      { status: 'ok' },
    ]);
    expect(lines(gateway)).toEqual([
      'POST /task',
      'POST /task/t1/complete',
      'POST /task/t1/complete',
      'DELETE /task/t1',
      'POST /task/t1/complete',
      'DELETE /task/t1',
      'DELETE /task/t2',
    ]);
  });

  test('elsewhere they say so, by the option that names them, and send nothing', async () => {
    const gateway = start();
    expect(String(await failure(gateway.client.tasks.complete('t1')))).toContain('routes.complete');
    expect(String(await failure(gateway.client.tasks.delete('t1')))).toContain('routes.delete');
    expect(gateway.sent).toEqual([]);
    const routes = { complete: 'POST /task/complete' } as const;
    expect(() => start({}, { routes })).toThrow('routes.complete must look like');
  });
});

test('15.6: what a gateway says with its refusal is in the error', async () => {
  const refuse = (status: number, detail: unknown) => () => Response.json({ detail }, { status });
  const { client } = start({
    'GET /task': refuse(429, 'Rate limit exceeded'),
    'GET /task/t1': refuse(404, 'No such task'),
    'POST /task': refuse(422, [{ loc: ['body', 'title'], msg: 'field required' }]),
  });
  expect(String(await failure(client.tasks.get('t1')))).toContain('No such task');
  expect(await failure(client.tasks.create({ title: 'a' }))).toMatchObject({ code: 'invalid_request' });
  const limited = await failure(client.tasks.listAll({ completed: true, maxWaitMs: 0 }).toArray());
  expect(limited).toMatchObject({ code: 'rate_limited', status: 429 });
  expect(String(limited)).toContain('Rate limit exceeded');
});

describe('15.3: batches', () => {
  const page = (): Response =>
    new Response('<!DOCTYPE html><pre>Cannot POST /open/v1/task/batch</pre>', { status: 404 });

  test.for([
    ['404', () => Response.json({ error: 'Not found' }, { status: 404 })],
    ['405', () => new Response(null, { status: 405 })],
    ['501', () => new Response(null, { status: 501 })],
    ['the page of a server library', page],
  ] as const)('a gateway without them, by %s, gets one task after the other', async ([, answer]) => {
    const gateway = start({ 'POST /task/batch': answer });
    const { client } = gateway;
    const inputs = Array.from({ length: 25 }, (_, index) => ({ title: `task ${index}` }));
    const outcomes = await client.tasks.createMany(inputs);
    expect(outcomes.map((outcome) => outcome.status === 'ok' && outcome.id)).toEqual(
      inputs.map((_, index) => `t${index + 1}`),
    );
    expect([...gateway.tasks.values()].map(({ title }) => title)).toEqual(inputs.map(({ title }) => title));
    expect(lines(gateway).filter((line) => line === 'POST /task/batch')).toHaveLength(1);
    expect(gateway.sent[1]?.body).toEqual({ title: 'task 0' });
    await client.tasks.createMany([{ title: 'later' }]);
    expect(lines(gateway).at(-1)).toBe('POST /task');
    const updated = await client.tasks.updateMany([
      { task: 't1', changes: { title: 'b' } },
      { task: 'nothing', changes: { title: 'b' } },
      { task: { id: 't2', projectId: '' }, changes: { title: 'c' } },
    ]);
    expect(updated.map(({ status }) => status)).toEqual(['ok', 'failed', 'ok']);
    expect(gateway.tasks.get('t2')).toMatchObject({ title: 'c' });
  });

  test('a batch that fails otherwise is not sent again task by task', async () => {
    const gateway = start({ 'POST /task/batch': () => Response.json({ error: 'Bad' }, { status: 400 }) });
    const outcomes = await gateway.client.tasks.createMany([{ title: 'a' }, { title: 'b' }]);
    expect(outcomes.map(({ status }) => status)).toEqual(['failed', 'failed']);
    expect(lines(gateway)).toEqual(['POST /task/batch']);
  });

  test('one that fails costs no other, one whose response is lost is unknown, and an abort ends the rest', async () => {
    const controller = new AbortController();
    let count = 0;
    const gateway = start({
      'POST /task/batch': () => new Response(null, { status: 404 }),
      'POST /task': () => {
        count += 1;
        if (count === 2) return Response.json({}, { status: 400 });
        if (count === 3) return Response.json({}, { status: 502 });
        if (count === 4) controller.abort();
        return Response.json({ id: `n${count}` });
      },
    });
    const inputs = ['a', 'b', 'c', 'd', 'e', 'f'].map((title) => ({ title }));
    const outcomes = await gateway.client.tasks.createMany(inputs, { signal: controller.signal });
    expect(outcomes.map(({ status }) => status)).toMatchObject([
      'ok',
      'failed',
      'unknown',
      'unknown',
      'failed',
      'failed',
    ]);
    expect(count).toBe(4);
  });
});

const SOME_DAY = new Date('2026-11-23T09:00:00Z');

test.each<[string, (client: TickTickClient) => Promise<unknown>]>([
  ['createTree', ({ tasks }) => tasks.createTree([{ title: 'parent', children: [{ title: 'child' }] }])],
  ['children', ({ tasks }) => tasks.children({ id: 't1', projectId: '' })],
  ['attach', ({ tasks }) => tasks.attach({ id: 't1', projectId: '' }, { id: 't2', projectId: '' })],
  ['move', ({ tasks }) => tasks.move({ id: 't1', projectId: '' }, 'p2')],
  ['listCompleted', ({ tasks }) => tasks.listCompleted({ from: SOME_DAY, to: SOME_DAY }).toArray()],
  ['filter', ({ tasks }) => tasks.filter({ tags: ['work'] }).toArray()],
])('15.3: %s, which the guide has no route for, is refused before anything is sent', async (_, call) => {
  const gateway = start();
  expect(await failure(call(gateway.client))).toMatchObject({ code: 'configuration' });
  expect(lines(gateway)).toEqual([]);
});
