import { failure, IMPATIENT } from '@context-sdk/test-support';
import { TickTickClient, type TickTickClientOptions } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';
import { clientOf } from '../resources/answering.ts';
import { useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();

const task = (id: string, projectId = 'p1', rest: object = {}) => ({
  id,
  projectId,
  title: id,
  status: 0,
  ...rest,
});

const page = (): Response => new Response('<html>', { headers: { 'content-type': 'text/html' } });
const notFound = (): Response => Response.json({ errorCode: 'task_not_found' }, { status: 500 });

test('20: a page in place of a task that was there a moment ago doesn’t say that it is gone', async () => {
  let isDown = false;
  const client = clientOf(({ url }) => {
    const { pathname } = new URL(url);
    if (pathname.endsWith('/project')) return Response.json([{ id: 'p1', name: 'P' }]);
    if (pathname.endsWith('/task/filter')) return Response.json([task('t1')]);
    if (pathname.endsWith('/p1/task/t1')) return isDown ? page() : Response.json(task('t1'));
    return notFound();
  });
  await client.tasks.get('t1');
  isDown = true;
  expect(await failure(client.tasks.find('t1'))).toMatchObject({ code: 'unexpected_response' });
  const [outcome] = await client.tasks.deleteMany(['t1']);
  expect(outcome).toMatchObject({ error: { code: 'unexpected_response' } });
});

test('18.6: the family of a task that did not move stays with it', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const phone = sandbox.ticktick.testUser();
  const project = phone.createProject({ name: 'P' });
  const parent = phone.createTask({ title: 'parent' });
  const child = phone.createTask({ title: 'child', parentId: parent.id });
  sandbox.faults.inject({ kind: 'status', status: 502 }, { path: /task\/move/, times: 3 });
  const moved = await client.tasks.move(parent, project.id, { descendants: true, verify: true });
  expect(moved.found).toMatchObject({ state: 'open', task: { projectId: phone.inboxId } });
  expect(phone.task(child.id)).toMatchObject({ projectId: phone.inboxId, parentId: parent.id });
});

test('18.2: beyond the cap, filter and listDue keep the tasks of projects that are not listed', async () => {
  const dueDate = '2026-11-22T00:00:00.000+0000';
  const tasks = Array.from({ length: 250 }, (_, index) => task(`t${index}`, 'p1', { dueDate }));
  const shared = task('shared', 'of-others', { dueDate });
  const client = clientOf(async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.endsWith('/project')) return Response.json([{ id: 'p1', name: 'P' }]);
    if (pathname.endsWith('/p1/data')) return Response.json({ tasks });
    if (pathname.endsWith('/data')) return Response.json({ tasks: [] });
    if (pathname.endsWith('/completed')) return Response.json([]);
    const { projectIds } = (await request.json()) as { projectIds?: string[] };
    const all = [shared, ...tasks].filter(({ projectId }) => projectIds?.includes(projectId) ?? true);
    return Response.json(all.slice(0, 200));
  });
  const day = { from: '2026-11-22T00:00:00Z', to: '2026-11-22T00:00:00Z' };
  for (const list of [client.tasks.listOpen(), client.tasks.filter(), client.tasks.listDue(day)]) {
    const ids = (await list.toArray()).map(({ id }) => id);
    expect(ids).toContain('shared');
    expect(ids).toHaveLength(251);
  }
});

test('18.6: after a lost answer, a task is completed if TickTick lists it so', async () => {
  const done = { status: 2, completedTime: new Date().toISOString() };
  const client = clientOf(({ url }) => {
    const { pathname } = new URL(url);
    if (pathname.endsWith('/completeTasks')) return Response.json({}, { status: 502 });
    if (pathname.endsWith('/data')) return Response.json({ tasks: [{ id: 7, title: 'odd' }] });
    if (pathname.endsWith('/completed')) return Response.json([task('done', 'p1', done)]);
    return notFound();
  });
  const outcomes = await client.tasks.completeMany([task('done'), task('unknown'), task('elsewhere')]);
  expect(outcomes.map(({ status }) => status)).toEqual(['ok', 'unknown', 'unknown']);
});

test('20: a task is not deleted where rows of its project can’t be read', async () => {
  const client = clientOf(({ url, method }) => {
    if (method === 'DELETE') return new Response('');
    return url.endsWith('/data')
      ? Response.json({ tasks: [{ ...task('t1'), id: null }] })
      : Response.json(task('t1'));
  });
  expect(await client.tasks.delete(task('t1'), { verify: true })).toMatchObject({ state: 'unknown' });
});

test('18.6: one odd receipt of a move takes no other along', async () => {
  const client = clientOf(() => Response.json([{ id: 'a', etag: 'e' }, { id: null }]));
  const moves = ['a', 'b'].map((id) => ({ task: task(id), toProjectId: 'p2' }));
  expect(await client.tasks.moveMany(moves)).toMatchObject([
    { status: 'ok', id: 'a' },
    { status: 'unknown' },
  ]);
});

test('18.6: a task that is named twice is completed once', async () => {
  const sent: unknown[] = [];
  const client = clientOf(async (request) => {
    const json = (await request.json()) as { taskIds: string[] };
    sent.push(json.taskIds);
    return Response.json(json.taskIds);
  });
  const outcomes = await client.tasks.completeMany([task('a'), task('b'), task('a')]);
  expect(sent).toEqual([['a', 'b']]);
  expect(outcomes).toMatchObject([{ id: 'a' }, { id: 'b' }, { id: 'a' }]);
});

const GATEWAY = {
  dialect: 'guide',
  baseUrl: 'https://gateway.example/open/v1',
  routes: { complete: 'POST /task/{id}/complete', delete: 'DELETE /task/{id}' },
} as const;

function impatient(
  answer: (request: Request) => Response | Promise<Response>,
  options: Partial<TickTickClientOptions> = {},
): TickTickClient {
  return new TickTickClient({
    auth: 'token',
    limits: [],
    retry: IMPATIENT,
    ...options,
    fetch: async (input, init) => await answer(new Request(input, init)),
  });
}

test.each(['', 'inbox', 'work'])(
  '18.guide: tasks of a project named %j are changed and looked at',
  async (projectId) => {
    let stored: object | undefined = task('t1', projectId);
    const sent: unknown[] = [];
    const client = impatient(async (request) => {
      if (request.method === 'PUT') stored = { ...stored, ...((await request.json()) as object) };
      if (request.url.endsWith('/batch')) {
        sent.push(await request.json());
        return Response.json({ id2etag: { t1: 'e' } });
      }
      if (request.url.endsWith('/complete')) stored = { ...stored, status: 2 };
      if (request.method === 'DELETE') stored = undefined;
      return stored ? Response.json(stored) : Response.json({ detail: 'Not found' }, { status: 404 });
    }, GATEWAY);
    const ref = task('t1', projectId);
    expect(await client.tasks.update(ref, { title: 'x' })).toMatchObject({ title: 'x' });
    expect(await client.tasks.updateMany([{ task: ref, changes: { title: 'x' } }])).toMatchObject([
      { status: 'ok' },
    ]);
    expect((await client.tasks.complete(ref, { verify: true })).found).toMatchObject({ state: 'completed' });
    expect(sent).toEqual([{ update: [{ id: 't1', title: 'x' }] }]);
    expect(await client.tasks.reopen(ref)).toMatchObject({ status: 0 });
  },
);

test('18.6: a deletion whose answer was lost is one, though the next try finds nothing', async () => {
  for (const client of [impatient(twice()), impatient(twice(), GATEWAY)]) {
    await client.tasks.delete(task('t1'));
  }
  await impatient(twice()).comments.delete(task('t1'), 'c1');
  await impatient(twice()).projects.delete('p1');
  await impatient(twice()).groups.delete('g1');
});

function twice(): () => Response {
  let count = 0;
  return () => Response.json({}, { status: (count += 1) === 1 ? 502 : 404 });
}

test('18.7: assigning takes the inbox by its own id, and an empty answer for no such task', async () => {
  const sent: unknown[] = [];
  const client = clientOf(async (request) => {
    if (request.url.includes('/project/inbox/task/')) return Response.json(task('t1', 'inbox7'));
    sent.push(await request.json());
    return new Response('');
  });
  expect(await failure(client.tasks.unassign(task('t1', 'inbox')))).toMatchObject({ code: 'not_found' });
  expect(sent).toEqual([{ projectId: 'inbox7', taskId: 't1' }]);
});

test('20: a task whose time of completion can’t be read is listed as completed', async () => {
  const rows = [
    task('odd', 'p1', { status: 2, completedTime: 1_796_000_000_000 }),
    task('none', 'p1', { status: 2 }),
  ];
  const client = clientOf(() => Response.json(rows));
  const listed = await client.tasks
    .listCompleted({ from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' })
    .toArray();
  expect(listed.map(({ id }) => id)).toEqual(['odd', 'none']);
});

test('18.guide: a token that can’t be had once says nothing about the routes of a gateway', async () => {
  const paths: string[] = [];
  const answer = async (request: Request): Promise<Response> => {
    paths.push(new URL(request.url).pathname);
    const { add } = (await request.json()) as { add: { id: string }[] };
    return Response.json({ id2etag: Object.fromEntries(add.map(({ id }) => [id, 'e'])) });
  };
  const tokens = [Promise.reject(new Error('the host is away')), Promise.resolve('token')];
  const auth = { getAccessToken: async () => await (tokens.shift() ?? 'token') };
  const client = impatient(answer, { ...GATEWAY, auth });
  expect(await client.tasks.createMany([{ title: 'a' }])).toMatchObject([{ status: 'failed' }]);
  expect(await client.tasks.createMany([{ title: 'a' }, { title: 'b' }])).toMatchObject([
    { status: 'ok' },
    { status: 'ok' },
  ]);
  expect(paths).toEqual(['/open/v1/task/batch']);
});
