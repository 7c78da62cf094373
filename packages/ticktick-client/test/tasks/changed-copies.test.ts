import { failure } from '@context-sdk/test-support';
import type { Task } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';
import { clientOf } from '../resources/answering.ts';
import { useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();

/** A task with what TickTick itself gives, though nobody could write it. */
const ODD = { id: 't1', projectId: 'p1', title: '', priority: 2, status: 1, etag: 'e1' };

function oddAccount() {
  const written: Record<string, unknown>[] = [];
  const client = clientOf(async (request) => {
    const { pathname } = new URL(request.url);
    if (request.method === 'GET' || pathname.endsWith('/filter')) {
      return Response.json(pathname.endsWith('/filter') ? [ODD] : ODD);
    }
    const body = (await request.json()) as Record<string, unknown>;
    written.push(body);
    return pathname.endsWith('/batch')
      ? Response.json({ id2etag: { t1: 'e2' }, id2error: {} })
      : Response.json({ ...ODD, ...body });
  });
  return { client, written };
}

test('18.11: a changed copy of a task is taken for its id, too, with values that TickTick itself gave', async () => {
  const { client, written } = oddAccount();
  const copy = { ...(await client.tasks.get('t1')), content: 'new' } as Task;
  await client.tasks.update('t1', copy as never);
  expect(await client.tasks.updateMany([{ task: 't1', changes: copy as never }])).toMatchObject([
    { status: 'ok' },
  ]);
  expect(written).toMatchObject([
    { id: 't1', content: 'new', title: '' },
    { update: [{ id: 't1', content: 'new', title: '' }] },
  ]);
  const wrong = { ...copy, priority: 4 } as never;
  expect(await failure(client.tasks.update('t1', wrong))).toMatchObject({ field: 'priority' });
  expect(await client.tasks.updateMany([{ task: 't1', changes: wrong }])).toMatchObject([
    { status: 'failed', error: { field: 'tasks[0].changes.priority' } },
  ]);
  expect(written).toHaveLength(2);
});

test('18.11: what can’t be, whatever the task has, is refused before anything is sent', async () => {
  const { client, written } = oddAccount();
  for (const changes of [{ title: ' ' }, {}, undefined, 'x']) {
    expect(await failure(client.tasks.update('t1', changes as never))).toMatchObject({
      code: 'invalid_request',
    });
  }
  expect(written).toEqual([]);
});

test('3: a change that its task can’t take costs no other of a bulk call', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const user = sandbox.ticktick.testUser();
  const [undated, dated] = [{ title: 'a' }, { title: 'b', dueDate: '2026-11-22T09:00:00+0000' }].map(
    (fields) => user.createTask(fields).id,
  );
  const repeatFlag = 'RRULE:FREQ=DAILY;INTERVAL=1';
  const outcomes = await client.tasks.updateMany(
    [undated, dated].map((task) => ({ task: task ?? '', changes: { repeatFlag } })),
  );
  expect(outcomes).toMatchObject([
    { status: 'failed', error: { field: 'tasks[0].changes.repeatFlag' } },
    { status: 'ok' },
  ]);
  expect(user.task(dated ?? '')).toMatchObject({ repeatFlag });
});
