import {
  ConfigurationError,
  InvalidRequestError,
  NetworkError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ReauthorizationRequiredError,
  TimeoutError,
  UnexpectedResponseError,
} from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { type TaskInput, TaskPriority, TickTickClient } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';
import { directClient, useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();

test('a task can be created, read, changed, completed, opened again and deleted', async () => {
  const { sandbox, client } = await server.start({ seed: 3 });
  const [project] = await client.projects.list();
  const created = await client.tasks.create({
    title: 'Прочитать 📚',
    projectId: project?.id ?? '',
    content: 'twice',
    priority: TaskPriority.high,
    tags: ['reading'],
    dueDate: new Date('2026-11-22T09:30:15.123Z'),
    timeZone: 'Europe/Berlin',
  });
  expect(created).toMatchObject({
    title: 'Прочитать 📚',
    dueDate: '2026-11-22T09:30:15.000+0000',
    priority: 5,
  });
  expect(await client.tasks.get(created)).toEqual(created);
  const updated = await client.tasks.update(created, { title: 'Read', content: undefined });
  expect(updated).toMatchObject({ title: 'Read', content: 'twice', tags: ['reading'] });
  const cleared = await client.tasks.update(created, { startDate: null, dueDate: null });
  expect(cleared.dueDate).toBeUndefined();
  await client.tasks.complete(created);
  expect(sandbox.ticktick.testUser().task(created.id)?.status).toBe(2);
  expect((await client.tasks.reopen(created)).status).toBe(0);
  await client.tasks.delete(created);
  await client.tasks.delete(created);
  expect((await client.tasks.listOpen().toArray()).some(({ id }) => id === created.id)).toBe(false);
});

test('a task without a project lands in the inbox', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const task = await client.tasks.create({ title: 'x' });
  expect(task.projectId).toBe(sandbox.ticktick.testUser().inboxId);
  expect(await client.tasks.get(task)).toMatchObject({ title: 'x' });
});

test('by its id alone: remembered tasks take one request, others at most projects + 3', async () => {
  const { sandbox, client } = await server.start({ seed: 'demo' });
  const testUser = sandbox.ticktick.testUser();
  const atMost = testUser.projects().length + 3;
  const completed = testUser.tasks().find(({ status }) => status === 2);
  const open = testUser.tasks().filter(({ status }) => status === 0);
  for (const wanted of [completed, open[0], open.at(-1)]) {
    sandbox.clearRequests();
    expect((await client.tasks.get(wanted?.id ?? '')).id).toBe(wanted?.id);
    expect(sandbox.requests.length).toBeLessThanOrEqual(atMost);
    sandbox.clearRequests();
    await client.tasks.get(wanted?.id ?? '');
    expect(sandbox.requests).toHaveLength(1);
  }
  sandbox.clearRequests();
  expect(await failure(client.tasks.get('0123456789abcdef01234567'))).toBeInstanceOf(NotFoundError);
  expect(sandbox.requests.length).toBeLessThanOrEqual(atMost);
});

test('a task that moved since it was seen is found again', async () => {
  const { sandbox, client } = await server.start({ seed: 'demo' });
  const testUser = sandbox.ticktick.testUser();
  const [first, second] = testUser.projects();
  const task = testUser.tasks().find(({ projectId }) => projectId === first?.id);
  await client.tasks.get({ id: task?.id ?? '', projectId: first?.id ?? '' });
  testUser.moveTask(task?.id ?? '', second?.id ?? '');
  sandbox.clearRequests();
  expect((await client.tasks.get(task?.id ?? '')).projectId).toBe(second?.id);
  expect(sandbox.requests.length).toBeLessThanOrEqual(testUser.projects().length + 3);
});

test('find gives undefined where get throws', async () => {
  const { client } = await server.start({ seed: 3 });
  expect(await client.tasks.find('0123456789abcdef01234567')).toBeUndefined();
  const [project] = await client.projects.list();
  const ref = { id: '0123456789abcdef01234567', projectId: project?.id ?? '' };
  expect(await client.tasks.find(ref)).toBeUndefined();
  expect(await failure(client.tasks.get(ref))).toBeInstanceOf(NotFoundError);
});

test('an update that matches nothing is an error, though TickTick answers 200', async () => {
  const { client } = await server.start({ seed: 3 });
  const [one, two] = await client.projects.list();
  const task = await client.tasks.create({ title: 'x', projectId: one?.id ?? '' });
  const wrongProject = { id: task.id, projectId: two?.id ?? '' };
  expect(await failure(client.tasks.update(wrongProject, { title: 'y' }))).toBeInstanceOf(NotFoundError);
});

test('the inbox and unknown projects', async () => {
  const { client } = await server.start({ seed: 40 });
  const inbox = await client.projects.data('inbox');
  expect(inbox.project).toBeUndefined();
  expect(inbox.tasks.length).toBeGreaterThan(0);
  expect(await failure(client.projects.data('0123456789abcdef01234567'))).toBeInstanceOf(NotFoundError);
  expect(await failure(client.projects.get('inbox'))).toBeInstanceOf(NotFoundError);
  const [project] = await client.projects.list();
  expect(await client.projects.get(project?.id ?? '')).toEqual(project);
  expect((await client.projects.data(project?.id ?? '')).project).toEqual(project);
});

test('account.get tells who this is, with the number where the inbox shows it', async () => {
  const { sandbox, client } = await server.start({ seed: 40 });
  const [account] = sandbox.ticktick.accounts;
  expect(await client.account.get()).toEqual({
    id: String(account?.id),
    username: account?.username,
    displayName: account?.displayName,
  });
  const { client: empty } = await server.start({ seed: 'empty' });
  expect((await empty.account.get()).id).toBeUndefined();
});

const badInputs: [field: string, input: unknown][] = [
  ['title', { title: '' }],
  ['title', { title: '   ' }],
  ['title', {}],
  ['title', { title: 7 }],
  ['dueDate', { title: 'x', dueDate: 'tomorrow' }],
  ['dueDate', { title: 'x', dueDate: '2026-11-22' }],
  ['dueDate', { title: 'x', dueDate: '2026-13-01T00:00:00Z' }],
  ['dueDate', { title: 'x', dueDate: '2026-02-30T00:00:00Z' }],
  ['dueDate', { title: 'x', dueDate: new Date(Number.NaN) }],
  ['dueDate', { title: 'x', dueDate: 5 }],
  ['startDate.date', { title: 'x', startDate: { date: '2026-02-30', timeZone: 'UTC' } }],
  ['startDate.timeZone', { title: 'x', startDate: { date: '2026-02-28', timeZone: 'Mars/Base' } }],
  ['timeZone', { title: 'x', timeZone: 'Mars/Base' }],
  ['priority', { title: 'x', priority: 2 }],
  ['projectId', { title: 'x', projectId: '../task' }],
];

test.each(badInputs)('create names %s in %j, and sends nothing', async (field, input) => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const error = await failure(client.tasks.create(input as TaskInput));
  expect(error).toBeInstanceOf(InvalidRequestError);
  expect(error).toMatchObject({ field });
  expect(String(error)).toContain(field);
  expect(sandbox.requests).toEqual([]);
});

test.each([
  '',
  'a/b',
  '..',
  '.',
  '%2e%2e',
  'a%2fb',
  'a b',
  'a?b',
  'a#b',
  'a\\b',
  'x'.repeat(129),
  undefined,
  7,
])('an id %j reaches no path', async (id) => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const bad = id as string;
  const calls = [
    client.tasks.get(bad),
    client.tasks.get({ id: bad, projectId: 'inbox' }),
    client.tasks.get({ id: 'a', projectId: bad }),
    client.tasks.complete({ id: 'a', projectId: bad }),
    client.tasks.delete({ id: bad, projectId: 'inbox' }),
    client.tasks.update({ id: bad, projectId: 'inbox' }, { title: 'x' }),
    client.projects.get(bad),
    client.projects.data(bad),
  ];
  for (const call of calls) expect(await failure(call)).toBeInstanceOf(InvalidRequestError);
  expect(sandbox.requests).toEqual([]);
});

test('an update without changes is refused', async () => {
  const { client } = await server.start({ seed: 'empty' });
  const ref = { id: 'a', projectId: 'b' };
  expect(await failure(client.tasks.update(ref, {}))).toMatchObject({ field: 'changes' });
  expect(await failure(client.tasks.update(ref, { title: undefined }))).toMatchObject({
    field: 'changes',
  });
});

test('a limit that is used up is waited out, though it comes as HTTP 500, and even for writes', async () => {
  const limits = [{ limit: 5, intervalMs: 600 }];
  const { sandbox, client } = await server.start({ seed: 3, ticktick: { rateLimits: limits } }, { limits });
  const other = new TickTickClient({
    auth: sandbox.ticktick.issueApiToken(),
    limits,
    retry: { minDelayMs: 0 },
  });
  await Promise.all(Array.from({ length: 4 }, () => other.projects.list()));
  const tasks = await Promise.all(
    Array.from({ length: 4 }, (_, index) => client.tasks.create({ title: `t${index}` })),
  );
  expect(new Set(tasks.map(({ id }) => id)).size).toBe(4);
  expect(sandbox.requests.some(({ status }) => status === 500)).toBe(true);
});

test('with maxWaitMs 0 the limit is an error at once', async () => {
  const limits = [{ limit: 1, intervalMs: 60_000 }];
  const { client } = await server.start({ seed: 3 }, { limits });
  await client.projects.list();
  const error = await failure(client.projects.list({ maxWaitMs: 0 }));
  expect(error).toBeInstanceOf(RateLimitError);
});

test('what may have happened is not sent twice: create, complete', async () => {
  const { sandbox, client } = await server.start({ seed: 3 });
  const task = await client.tasks.create({
    title: 'daily',
    dueDate: new Date(),
    repeatFlag: 'RRULE:FREQ=DAILY;INTERVAL=1',
  });
  sandbox.clearRequests();
  for (const call of [() => client.tasks.create({ title: 'x' }), () => client.tasks.complete(task)]) {
    sandbox.faults.inject({ kind: 'reset', when: 'after' });
    const error = await failure(call());
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ sent: true });
  }
  expect(sandbox.requests).toHaveLength(2);
});

test('what is safe to repeat survives resets, cut bodies and 503', async () => {
  const { sandbox, client } = await server.start({ seed: 3 });
  const task = await client.tasks.create({ title: 'x' });
  sandbox.faults.inject({ kind: 'reset', when: 'after' });
  expect((await client.tasks.update(task, { title: 'y' })).title).toBe('y');
  sandbox.faults.inject({ kind: 'cut-body' });
  expect(await client.tasks.get(task)).toMatchObject({ title: 'y' });
  sandbox.faults.inject({ kind: 'status', status: 503 });
  await client.tasks.delete(task);
});

test('a token that ended asks for a new sign-in; a read-only one may not write', async () => {
  const { sandbox, client } = await server.start({ seed: 3 });
  const { accessToken } = sandbox.ticktick.issueToken({ scope: 'tasks:read' });
  const reader = new TickTickClient({ auth: accessToken, limits: [] });
  await reader.projects.list();
  expect(await failure(reader.tasks.create({ title: 'x' }))).toBeInstanceOf(PermissionError);
  sandbox.ticktick.expireAccessTokens();
  expect(await failure(reader.projects.list())).toBeInstanceOf(ReauthorizationRequiredError);
  await client.projects.list();
});

test('a task whose project was deleted is an error after one request, not a retry', async () => {
  const { sandbox, client } = await server.start({ seed: 30 });
  const testUser = sandbox.ticktick.testUser();
  const task = testUser.tasks().find(({ projectId }) => projectId !== testUser.inboxId);
  testUser.deleteProject(task?.projectId ?? '');
  const error = await failure(client.tasks.get({ id: task?.id ?? '', projectId: task?.projectId ?? '' }));
  expect(error).toMatchObject({ code: 'api_error', serviceCode: 'unknown_exception', status: 500 });
  expect(sandbox.requests).toHaveLength(1);
});

test('any other unknown_exception passes: reads and what can be repeated are sent again', async () => {
  const { sandbox, client } = await server.start({ seed: 3 });
  const [task] = sandbox.ticktick.testUser().tasks();
  if (task === undefined) throw new Error('There is no task.');
  const calls: [name: string, call: () => Promise<unknown>][] = [
    ['listOpen', () => client.tasks.listOpen().toArray()],
    ['listCompleted', () => client.tasks.listCompleted({ from: new Date(0), to: new Date() }).toArray()],
    ['search', () => client.tasks.search({ keywords: 'a' })],
    ['projects', () => client.projects.list()],
    ['data', () => client.projects.findData(task.projectId)],
    ['comments', () => client.comments.list(task)],
    ['tags', () => client.tags.list()],
    ['habits', () => client.habits.list()],
    ['update', () => client.tasks.update(task, { title: 'x' })],
    ['delete', () => client.tasks.delete(task)],
  ];
  const body = { errorCode: 'unknown_exception' };
  for (const [name, call] of calls) {
    sandbox.faults.inject({ kind: 'status', status: 500, body }, { times: 1 });
    const outcome = await call().then(() => 'done', String);
    expect([name, outcome]).toEqual([name, 'done']);
  }
  sandbox.faults.inject({ kind: 'status', status: 500, body }, { rate: 1 });
  const lasting = { code: 'service_unavailable', serviceCode: 'unknown_exception', retryable: true };
  expect(await failure(client.tasks.listOpen().toArray())).toMatchObject(lasting);
  expect(await failure(client.tasks.create({ title: 'x' }))).toMatchObject(lasting);
});

test('an answer that is not what it should be names the field', async () => {
  const answers: [body: string, field?: string][] = [
    ['<html>Bad gateway</html>'],
    ['[]', 'the response'],
    ['{"projectId":"b"}', 'id'],
    ['{"id":"a","projectId":7}', 'projectId'],
  ];
  for (const [body, field] of answers) {
    const client = new TickTickClient({ auth: 'token', fetch: async () => new Response(body), limits: [] });
    const error = await failure(client.tasks.get({ id: 'a', projectId: 'b' }));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    if (field !== undefined) expect(error).toMatchObject({ field });
  }
});

test('unknown fields pass through untouched', async () => {
  const wire = { id: 'a', projectId: 'b', title: 'x', brandNew: { deep: [1] }, status: 42, kind: 'ODD' };
  const client = new TickTickClient({ auth: 'token', fetch: async () => Response.json(wire), limits: [] });
  expect(await client.tasks.get({ id: 'a', projectId: 'b' })).toEqual(wire);
});

test('client.fetch reaches any route with the same token, limits and errors', async () => {
  const { client } = await server.start({ seed: 3 });
  const response = await client.fetch('/preference', { method: 'POST' });
  expect(await response.json()).toHaveProperty('timeZone');
  expect(await failure(client.fetch('project/inbox'))).toBeInstanceOf(NotFoundError);
  expect(await failure(client.fetch('@evil.example/'))).toBeInstanceOf(NotFoundError);
});

test('timeouts, deadlines and aborts reach every method', async () => {
  const { sandbox } = await server.start({ seed: 3 });
  const client = directClient(sandbox);
  sandbox.faults.inject({ kind: 'latency', ms: 60_000 }, { times: 3 });
  expect(await failure(client.tasks.create({ title: 'x' }, { timeoutMs: 5 }))).toBeInstanceOf(TimeoutError);
  expect(await failure(client.projects.list({ deadlineMs: 5 }))).toBeInstanceOf(TimeoutError);
  const reason = new Error('enough');
  expect(await failure(client.account.get({ signal: AbortSignal.abort(reason) }))).toBe(reason);
});

test('Dida365 has its own address, accounts and tokens', async () => {
  const { sandbox, client } = await server.start({ seed: 3 });
  const dida = new TickTickClient({ auth: sandbox.dida365.issueApiToken(), region: 'dida365', limits: [] });
  expect((await dida.account.get()).username).toBe('demo@example.cn');
  const wrong = new TickTickClient({ auth: sandbox.dida365.issueApiToken(), limits: [] });
  expect(await failure(wrong.projects.list())).toBeInstanceOf(ReauthorizationRequiredError);
  expect((await client.account.get()).username).toBe('demo@example.com');
});

test.each([
  ['auth', {}],
  ['auth', { auth: null }],
  ['auth', { auth: {} }],
  ['token', { auth: '' }],
  ['baseUrl', { auth: 'x', baseUrl: 'nonsense' }],
  ['baseUrl', { auth: 'x', baseUrl: 'http://example.com/open/v1' }],
  ['baseUrl', { auth: 'x', baseUrl: 'ftp://example.com' }],
  ['baseUrl', { auth: 'x', baseUrl: 'https://user:password@example.com' }],
  ['baseUrl', { auth: 'x', baseUrl: 'https://example.com/?tenant=1' }],
  ['region', { auth: 'x', region: 'nope' }],
  ['dialect', { auth: 'x', dialect: 'nope' }],
])('a wrong %s is named at once', (field, options) => {
  expect(() => new TickTickClient(options as never)).toThrow(ConfigurationError);
  expect(() => new TickTickClient(options as never)).toThrow(field);
});

test('a task named by its id alone is done where it is now, not where it was last seen', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const testUser = sandbox.ticktick.testUser();
  const [one, two] = ['A', 'B'].map((name) => testUser.createProject({ name }).id);
  const moved = async (): Promise<string> => {
    const { id } = await client.tasks.create({ title: 'x', projectId: one ?? '' });
    testUser.moveTask(id, two ?? '');
    return id;
  };
  const [updated, completed, completedInBulk, updatedInBulk] = [
    await moved(),
    await moved(),
    await moved(),
    await moved(),
  ];
  const [deleted, deletedInBulk] = [await moved(), await moved()];
  await client.tasks.update(updated, { title: 'y' });
  await client.tasks.complete(completed);
  await client.tasks.delete(deleted);
  const outcomes = [
    ...(await client.tasks.completeMany([completedInBulk])),
    ...(await client.tasks.updateMany([{ task: updatedInBulk, changes: { title: 'y' } }])),
    ...(await client.tasks.deleteMany([deletedInBulk])),
  ];
  expect(outcomes.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok']);
  expect(testUser.task(updated)?.title).toBe('y');
  expect(testUser.task(updatedInBulk)?.title).toBe('y');
  expect(testUser.task(completed)?.status).toBe(2);
  expect(testUser.task(completedInBulk)?.status).toBe(2);
  const left = testUser.tasks().map(({ id }) => id);
  expect(left).not.toContain(deleted);
  expect(left).not.toContain(deletedInBulk);
});

test.each(['../../x', '..\\..\\x', '%2e%2e/%2e%2e/x', '.\t./../x', '/../v2/x'])(
  'client.fetch(%j) stays behind the base URL',
  async (path) => {
    const { sandbox, client } = await server.start({ seed: 'empty' });
    expect(await failure(client.fetch(path))).toMatchObject({ code: 'invalid_request', field: 'path' });
    expect(sandbox.requests).toEqual([]);
  },
);

test('deadlineMs is for the whole call, however many requests it takes', async () => {
  const { sandbox } = await server.start({ seed: 'demo' });
  const client = directClient(sandbox);
  sandbox.faults.inject({ kind: 'latency', ms: 30 }, { times: 1_000 });
  const deadline = { deadlineMs: 100 };
  const calls = [
    () => client.tasks.get('0123456789abcdef01234567', deadline),
    () => client.tasks.listOpen(deadline).toArray(),
    () => client.tasks.update('0123456789abcdef01234567', { title: 'x' }, deadline),
  ];
  for (const call of calls) {
    const error = await failure(call());
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ timeoutMs: 100 });
  }
  const outcomes = await client.tasks.createMany(
    Array.from({ length: 1000 }, (_, index) => ({ title: `t${index}` })),
    deadline,
  );
  expect(outcomes.at(-1)).toMatchObject({ status: 'failed', error: { code: 'aborted' } });
});
