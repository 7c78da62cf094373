import { createContext, tickTickGateway } from '@context-sdk/context';
import { contextTools, type ToolAnswer } from '@context-sdk/context/tools';
import { memoryRateLimiter, memoryStore } from '@context-sdk/oauth-core';
import { IMPATIENT } from '@context-sdk/test-support';
import type { GatewayRoutes } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';

const ORIGIN = 'https://gateway.example';

type Row = Record<string, unknown> & { id: string };

/** A gateway of the guide's dialect whose tasks are in projects, and which can complete and delete. */
function startGateway() {
  const tasks = new Map<string, Row>();
  const missing = (): Response => Response.json({ detail: 'Not found' }, { status: 404 });
  const complete = (task: Row): Response => {
    if (task['repeatFlag'] === undefined) tasks.set(task.id, { ...task, status: 2 });
    else {
      tasks.set('copy', { ...task, id: 'copy', status: 2 });
      const date = '2027-03-02T09:00:00.000+0000';
      tasks.set(task.id, { ...task, startDate: date, dueDate: date });
    }
    return new Response(null, { status: 204 });
  };
  const fetch = async (...sent: Parameters<typeof globalThis.fetch>): Promise<Response> => {
    const request = new Request(...sent);
    const [, id = '', action] =
      /^\/open\/v1\/task\/?([\w-]*)\/?(\w*)$/.exec(new URL(request.url).pathname) ?? [];
    const { method } = request;
    if (method === 'GET' && id === '') return Response.json([...tasks.values()]);
    if (method === 'POST' && id === '') {
      const task = { ...((await request.json()) as object), id: 'new', projectId: 'p1' };
      tasks.set(task.id, task);
      return Response.json(task);
    }
    const task = tasks.get(id);
    if (task === undefined) return missing();
    if (method === 'GET') return Response.json(task);
    if (method === 'DELETE') return new Response(null, { status: tasks.delete(id) ? 204 : 404 });
    if (method === 'POST' && action === 'complete') return complete(task);
    if (method !== 'PUT') return missing();
    const changed = { ...task, ...((await request.json()) as object), id };
    tasks.set(id, changed);
    return Response.json(changed);
  };
  return { tasks, fetch };
}

const ROUTES = { complete: 'POST /task/{id}/complete', delete: 'DELETE /task/{id}' } as const;

async function start(routes: GatewayRoutes = ROUTES) {
  const gateway = startGateway();
  const context = createContext({
    store: memoryStore(),
    baseUrl: 'http://localhost:8000',
    rateLimiter: memoryRateLimiter(),
    retry: IMPATIENT,
    fetch: gateway.fetch,
    providers: {
      ticktick: { ...tickTickGateway({ origin: ORIGIN, routes }), clientId: 'app', clientSecret: 'secret' },
    },
  });
  const user = context.user('ada');
  await user.connections.connect('ticktick', { token: 'token' });
  const tools = contextTools(user, { timeZone: 'UTC', approve: 'never' });
  const run = async (tool: string, input: object): Promise<ToolAnswer> => {
    const answer = await tools[tool]?.execute(input);
    if (answer === undefined) throw new Error(`There is no tool ${tool}.`);
    return answer;
  };
  const undo = async (answer: ToolAnswer): Promise<ToolAnswer> =>
    await context.actions.undo('ada', answer.status === 'ok' ? (answer.action ?? '') : '');
  const add = (id: string, fields: object = {}): void =>
    void gateway.tasks.set(id, { id, projectId: 'p1', title: id, status: 0, ...fields });
  return { tasks: gateway.tasks, add, run, undo };
}

test('15.3: at a gateway whose tasks have projects, what a tool changed, created or completed is taken back', async () => {
  const { tasks, add, run, undo } = await start();
  add('a');
  await run('find', { kind: 'tasks' });
  const changed = await run('change_task', { task: 't1', title: 'b' });
  expect(tasks.get('a')).toMatchObject({ title: 'b' });
  expect(await undo(changed)).toMatchObject({ status: 'ok' });
  expect(tasks.get('a')).toMatchObject({ title: 'a' });
  const completed = await run('complete_task', { task: 't1' });
  expect(tasks.get('a')).toMatchObject({ status: 2 });
  expect(await undo(completed)).toMatchObject({ status: 'ok' });
  expect(tasks.get('a')).toMatchObject({ status: 0 });
  const created = await run('create_task', { title: 'c' });
  expect(await undo(created)).toMatchObject({ status: 'ok' });
  expect(tasks.has('new')).toBe(false);
});

test('15.3: at a gateway, too, undoing create_task leaves a task that has got subtasks', async () => {
  const { tasks, add, run, undo } = await start();
  const created = await run('create_task', { title: 'c' });
  add('child', { parentId: 'new' });
  expect(await undo(created)).toMatchObject({ status: 'failed' });
  expect(tasks.has('new')).toBe(true);
});

test('15.3: a task that was deleted at a gateway is said to be, and not changed', async () => {
  const { tasks, add, run, undo } = await start();
  add('a');
  await run('find', { kind: 'tasks' });
  const changed = await run('change_task', { task: 't1', title: 'b' });
  tasks.delete('a');
  expect(await undo(changed)).toMatchObject({ status: 'failed' });
  expect(await run('change_task', { task: 't1', title: 'c' })).toMatchObject({ status: 'failed' });
});

test('15.3: a recurring task of a gateway is completed, and taken back', async () => {
  const { tasks, add, run, undo } = await start();
  const date = '2027-03-01T09:00:00.000+0000';
  add('daily', {
    startDate: date,
    dueDate: date,
    timeZone: 'UTC',
    repeatFlag: 'RRULE:FREQ=DAILY;INTERVAL=1',
  });
  await run('find', { kind: 'tasks' });
  const completed = await run('complete_task', { task: 't1' });
  expect(completed).toMatchObject({ status: 'ok' });
  expect(tasks.get('daily')).toMatchObject({ dueDate: '2027-03-02T09:00:00.000+0000' });
  expect(await undo(completed)).toMatchObject({ status: 'ok' });
  expect(tasks.get('daily')).toMatchObject({ dueDate: '2027-03-01T09:00:00+0000' });
  expect(tasks.has('copy')).toBe(false);
});

test('15.3: at a gateway without a route for it, a task is completed by its status', async () => {
  const { tasks, add, run, undo } = await start({});
  add('a');
  await run('find', { kind: 'tasks' });
  const completed = await run('complete_task', { task: 't1' });
  expect(completed).toMatchObject({ status: 'ok' });
  expect(tasks.get('a')).toMatchObject({ status: 2 });
  expect(await undo(completed)).toMatchObject({ status: 'ok' });
  expect(tasks.get('a')).toMatchObject({ status: 0 });
});
