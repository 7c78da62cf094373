import type { Fault } from '@context-sdk/sandbox';
import { expect, test } from 'vitest';
import { clientOf } from '../resources/answering.ts';
import { useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();
const UNKNOWN_EXCEPTION = { errorCode: 'unknown_exception' };

/** Ways in which a write can be done though its answer doesn't say so. */
const AFTER: Fault[] = [
  { kind: 'status', status: 500, when: 'after', body: UNKNOWN_EXCEPTION },
  { kind: 'status', status: 500, when: 'after' },
  { kind: 'status', status: 501, when: 'after', body: { error: 'x' } },
  { kind: 'status', status: 502, when: 'after' },
  { kind: 'page', status: 200, when: 'after' },
  { kind: 'page', status: 503, when: 'after' },
  { kind: 'status', status: 200, when: 'after' },
  { kind: 'status', status: 200, when: 'after', body: {} },
  { kind: 'status', status: 200, when: 'after', body: [1] },
];

test.each(AFTER)('18.6: %j after the work: each of five bulk calls finds out', async (fault) => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const phone = sandbox.ticktick.testUser();
  const project = phone.createProject({ name: 'P' });
  // Ids are known to be kept by then.
  await client.tasks.createMany([{ title: 'first' }]);
  const lost = () => sandbox.faults.inject(fault, { path: /task/, times: 1 });
  lost();
  expect(await client.tasks.createMany([{ title: 'a' }, { title: 'b' }])).toMatchObject([
    { status: 'ok' },
    { status: 'ok' },
  ]);
  expect(phone.tasks()).toHaveLength(3);
  const [task, other] = phone.tasks();
  if (task === undefined || other === undefined) throw new Error('There are no tasks.');
  lost();
  const changes = { title: 'changed' };
  expect(await client.tasks.updateMany([{ task, changes }])).toMatchObject([{ status: 'ok' }]);
  expect(phone.task(task.id)).toMatchObject(changes);
  lost();
  expect(await client.tasks.moveMany([{ task, toProjectId: project.id }])).toMatchObject([{ status: 'ok' }]);
  lost();
  expect(await client.tasks.completeMany([other])).toMatchObject([{ status: 'ok' }]);
  lost();
  expect(await client.tasks.deleteMany([{ id: task.id, projectId: project.id }])).toMatchObject([
    { status: 'ok' },
  ]);
  expect(phone.tasks().filter(({ status }) => status === 0)).toHaveLength(1);
});

test.each(AFTER)(
  '18.6: %j after the work: a checklist, attach and detach find out, and do nothing twice',
  async (fault) => {
    const { sandbox, client } = await server.start({ seed: 'empty' });
    const phone = sandbox.ticktick.testUser();
    const [task, parent] = ['x', 'parent'].map((title) => phone.createTask({ title }));
    if (task === undefined || parent === undefined) throw new Error('There are no tasks.');
    const isNothing = fault.kind === 'status' && fault.status === 200 && fault.body === undefined;
    // Empty success is what TickTick answers for a task that isn't there.
    if (isNothing) return;
    const lost = () =>
      sandbox.faults.inject(fault, { path: new RegExp(`/task/${task.id}$`), method: 'POST', times: 1 });
    lost();
    expect((await client.tasks.items.add(task, ['one', 'two'])).items).toHaveLength(2);
    lost();
    await client.tasks.items.check(task, phone.task(task.id)?.items?.[0]?.id ?? '');
    expect(phone.task(task.id)?.items).toMatchObject([{ title: 'one', status: 1 }, { title: 'two' }]);
    lost();
    expect(await client.tasks.attach(task, parent)).toMatchObject({ parentId: parent.id });
    lost();
    await client.tasks.detach(task);
    expect(phone.task(task.id)?.parentId ?? '').toBe('');
  },
);

test('18.6: an answer that names other tasks than those that were sent is settled', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const phone = sandbox.ticktick.testUser();
  const project = phone.createProject({ name: 'P' });
  const [task, other] = ['a', 'b'].map((title) => phone.createTask({ title }));
  if (task === undefined || other === undefined) throw new Error('There are no tasks.');
  const foreign = 'f'.repeat(24);
  const answerWith = (body: unknown, path: RegExp) =>
    sandbox.faults.inject({ kind: 'status', status: 200, when: 'after', body }, { path, times: 1 });
  answerWith([foreign], /completeTasks/);
  expect(await client.tasks.completeMany([other])).toMatchObject([{ status: 'ok' }]);
  answerWith([{ id: foreign, etag: 'e' }], /move/);
  expect(await client.tasks.moveMany([{ task, toProjectId: project.id }])).toMatchObject([{ status: 'ok' }]);
  answerWith({ id2etag: { [foreign]: 'e' } }, /batch/);
  expect(await client.tasks.createMany([{ title: 'c' }, { title: 'd' }])).toMatchObject([
    { status: 'ok' },
    { status: 'ok' },
  ]);
  expect(phone.tasks()).toHaveLength(4);
});

test('18.6: what was created or moved, but not put below its parent, is unknown', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty', ticktick: { newParents: 'ignore' } });
  const phone = sandbox.ticktick.testUser();
  const project = phone.createProject({ name: 'P' });
  const refuse = () =>
    sandbox.faults.inject({ kind: 'status', status: 403 }, { path: /task\/[^/]{24}$/, method: 'POST' });
  refuse();
  const [parent, child] = await client.tasks.createTree([{ title: 'a', children: [{ title: 'b' }] }]);
  expect([parent?.status, child?.status]).toEqual(['ok', 'unknown']);
  expect(phone.tasks()).toHaveLength(2);
  const [top, below] = phone.tasks();
  if (top === undefined || below === undefined) throw new Error('There are no tasks.');
  phone.updateTask(below.id, { parentId: top.id });
  refuse();
  const moved = await client.tasks.move(top, project.id, { descendants: true });
  expect(moved.descendants).toMatchObject([{ status: 'unknown', error: { status: 403 } }]);
});

test('18.6: a service that goes on failing leaves `unknown`, never `failed`', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const task = sandbox.ticktick.testUser().createTask({ title: 'x' });
  sandbox.faults.inject({ kind: 'status', status: 500, body: UNKNOWN_EXCEPTION }, { rate: 1 });
  const outcomes = [
    await client.tasks.createMany([{ title: 'y' }]),
    await client.tasks.updateMany([{ task, changes: { title: 'y' } }]),
    await client.tasks.completeMany([task]),
    await client.tasks.moveMany([{ task, toProjectId: 'p' }]),
    await client.tasks.deleteMany([task]),
  ];
  expect(outcomes.flat().map(({ status }) => status)).toEqual(Array.from(outcomes, () => 'unknown'));
});

test('18.6: an answer that mentions only some tasks is settled for the rest', async () => {
  const stored: Record<string, unknown>[] = [];
  const client = clientOf(async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.endsWith('/data')) return Response.json({ tasks: stored });
    const { add } = (await request.json()) as { add: Record<string, unknown>[] };
    stored.push(...add.map((task) => ({ projectId: 'inbox1', ...task })));
    return Response.json({ id2etag: { [String(add[0]?.['id'])]: 'e' } });
  });
  const outcomes = await client.tasks.createMany([{ title: 'a' }, { title: 'b' }, { title: 'c' }]);
  expect(outcomes.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok']);
});

/** How a service that assigns its own ids stores what it was sent. */
const NORMALIZATIONS: [name: string, store: (task: Record<string, unknown>) => object][] = [
  ['trims', (task) => ({ title: String(task['title']).trim() })],
  ['turns CRLF into LF', (task) => ({ content: String(task['content']).replaceAll('\r\n', '\n') })],
  ['sets the start', (task) => ({ startDate: task['dueDate'] })],
  ['drops the content', () => ({ content: '' })],
  ['changes the dates', () => ({ dueDate: '2030-01-01T00:00:00.000+0000' })],
  ['changes the case', (task) => ({ title: String(task['title']).toLowerCase() })],
];

test.each(NORMALIZATIONS)(
  '18.10: a service that %s: each task is matched with its receipt',
  async (_name, store) => {
    const stored: { id: string; projectId: string }[] = [];
    const client = clientOf(async (request) => {
      const { pathname } = new URL(request.url);
      if (pathname.endsWith('/data')) {
        const inbox = pathname.includes('/inbox/');
        return Response.json({
          tasks: stored.filter(({ projectId }) => projectId.startsWith('inbox') === inbox),
        });
      }
      const { add } = (await request.json()) as { add: Record<string, unknown>[] };
      const ids = add.map((task, index) => {
        const id = `own${index}`;
        stored.push({ projectId: 'inbox7', ...task, ...store(task), id });
        return id;
      });
      stored.reverse();
      return Response.json({ id2etag: Object.fromEntries(ids.map((id) => [id, 'e'])) });
    });
    const dueDate = '2026-11-22T09:00:00Z';
    const outcomes = await client.tasks.createMany([
      { title: ' Same ', content: 'a\r\nb', dueDate },
      { title: ' Same ', content: 'a\r\nb', dueDate, projectId: 'p1' },
      { title: 'Other\t', content: 'c\r\nd' },
    ]);
    expect(outcomes).toMatchObject([
      { status: 'ok', id: 'own0' },
      { status: 'ok', id: 'own1' },
      { status: 'ok', id: 'own2' },
    ]);
  },
);

test('18.10: one sent and one receipt left is a match, whatever the service made of it', async () => {
  const client = clientOf(({ url }) =>
    Response.json(
      url.endsWith('/data')
        ? { tasks: [{ id: 'own', projectId: 'inbox7', title: 'something else' }] }
        : { id2etag: { own: 'e' } },
    ),
  );
  expect(await client.tasks.createMany([{ title: 'x' }])).toMatchObject([{ status: 'ok', id: 'own' }]);
});
