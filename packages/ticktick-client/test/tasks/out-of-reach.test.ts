import { memoryStore } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';
import { clientOf } from '../resources/answering.ts';

const code = (errorCode: string): Response => Response.json({ errorCode }, { status: 500 });

/** In which ways one project can be out of reach, and what each says about it. */
const WAYS: [name: string, answer: () => Response, reason: string][] = [
  ['403', () => new Response('', { status: 403 }), 'forbidden'],
  ['404', () => new Response('', { status: 404 }), 'gone'],
  ['500 project_not_found', () => code('project_not_found'), 'gone'],
  ['{}', () => Response.json({}), 'gone'],
  ['500 unknown_exception', () => code('unknown_exception'), 'unknown'],
  ['200 with a page', () => new Response('<html>'), 'unknown'],
  ['404 with a page', () => new Response('<html>', { status: 404 }), 'unknown'],
];

const task = (id: string, projectId: string) => ({ id, projectId, title: id, status: 0, etag: id });

/** An account of 200 open tasks and more, whose project `bad` answers as it likes. */
function start(bad: () => Response) {
  const many = Array.from({ length: 200 }, (_, index) => task(`t${index}`, 'good'));
  const state = { bad, tasks: many };
  const client = clientOf(({ url }) => {
    const { pathname } = new URL(url);
    if (pathname.includes('/project/bad')) return state.bad();
    if (pathname.endsWith('/project')) return Response.json([{ id: 'bad' }, { id: 'good', name: 'G' }]);
    if (pathname.endsWith('/project/good/data')) return Response.json({ tasks: state.tasks });
    if (pathname.endsWith('/project/inbox/data')) return Response.json({ tasks: [] });
    if (pathname.endsWith('/project/good/task/done')) {
      return Response.json({ ...task('done', 'good'), status: 2 });
    }
    if (/\/task\/(filter|undone)$/.test(pathname)) return Response.json(state.tasks);
    return pathname.endsWith('/task/completed') ? Response.json([]) : code('task_not_found');
  });
  return { client, state };
}

test.each(WAYS)(
  '18.3: %s of one project costs no other: the list says what it skipped',
  async (_name, bad, reason) => {
    const { client } = start(bad);
    const reported: unknown[] = [];
    const listing = client.tasks.listOpen({ onSkipped: (skipped) => reported.push(skipped) });
    expect(await listing.toArray()).toHaveLength(200);
    expect(listing.skipped).toMatchObject([{ reason, projectId: 'bad' }]);
    expect(reported).toEqual(listing.skipped);
  },
);

test.each(WAYS)('18.3: %s of one project: a task is found by its id in another', async (_name, bad) => {
  const { client } = start(bad);
  expect(await client.tasks.get('done')).toMatchObject({ status: 2 });
  expect(await failure(client.tasks.get('nowhere'))).toMatchObject({ code: 'not_found' });
});

test.each(WAYS)(
  '18.3: %s of one project: the feed goes on, and asks again later',
  async (_name, bad, reason) => {
    const there = (): Response => Response.json({ tasks: [task('lost', 'bad')] });
    const { client, state } = start(there);
    const store = memoryStore();
    const poll = async () => {
      const batch = await client.changes.poll({ store, key: 'k' });
      await batch.acknowledge();
      return batch.events.map(({ type, data }) => `${type} ${data.id}`);
    };
    await poll();
    state.bad = bad;
    state.tasks = [...state.tasks, task('new', 'good')];
    const events = await poll();
    expect(events).toContain('task.created new');
    expect(events.includes('task.deleted lost')).toBe(reason === 'gone');
    expect(await poll()).toEqual([]);
    state.bad = there;
    expect(await poll()).toEqual(reason === 'gone' ? ['task.created lost'] : []);
  },
);

test.each(WAYS.filter(([name]) => name.includes('page')))(
  '18.3: a task that moves into a project that answers %s at that moment is not deleted',
  async (_name, bad) => {
    const { client, state } = start(() => Response.json({ tasks: [] }));
    const store = memoryStore();
    const poll = async () => {
      const batch = await client.changes.poll({ store, key: 'k' });
      await batch.acknowledge();
      return batch.events.map(({ type, data }) => `${type} ${data.id}`);
    };
    const { tasks } = state;
    state.tasks = [...tasks, task('mover', 'good')];
    await poll();
    state.tasks = tasks;
    state.bad = bad;
    expect(await poll()).toEqual([]);
    state.bad = () => Response.json({ tasks: [task('mover', 'bad')] });
    expect(await poll()).toEqual(['task.moved mover']);
  },
);

test.each(WAYS)('18.3: while one project answers %s, deletions in others are told', async (_name, bad) => {
  const { client, state } = start(bad);
  const store = memoryStore();
  const { tasks } = state;
  const events: string[] = [];
  for (state.tasks of [[...tasks, task('lost', 'good')], tasks, tasks]) {
    const batch = await client.changes.poll({ store, key: 'k' });
    await batch.acknowledge();
    events.push(...batch.events.map(({ type, data }) => `${type} ${data.id}`));
  }
  expect(events).toEqual(['task.deleted lost']);
});

test.each(WAYS)(
  '18.3: %s of one project: what is due, filtered and ever completed is listed',
  async (_name, bad) => {
    const { client } = start(bad);
    const day = { from: '2026-11-22T00:00:00Z', to: '2026-11-22T00:00:00Z' };
    const lists = [
      client.tasks.listAll({ completed: true }),
      client.tasks.filter(),
      client.tasks.listDue({ ...day, projectIds: ['bad', 'good'] }),
    ];
    for (const list of lists) {
      await list.toArray();
      expect(list.skipped.every((each) => each.reason !== 'unreadable' && each.projectId === 'bad')).toBe(
        true,
      );
    }
  },
);

test.each(WAYS)(
  '18.3: %s of one project fails its own tasks of a bulk call, and no others',
  async (_name, bad) => {
    const { client } = start(bad);
    const tasks = [
      { id: 'done', projectId: 'good' },
      { id: 'x', projectId: 'bad' },
    ];
    const outcomes = await client.tasks.deleteMany(tasks);
    expect(outcomes[0]).toMatchObject({ status: 'ok', id: 'done' });
  },
);

test('18.3: a project that answers 404 is not found; the inbox never is', async () => {
  const client = clientOf(() => new Response('', { status: 404 }));
  expect(await client.projects.findData('a')).toBeUndefined();
  expect(await failure(client.projects.findData('inbox'))).toMatchObject({ status: 404 });
});

test('16.36: a listener that throws or rejects costs no list, and ends no process', async () => {
  const { client } = start(() => new Response('', { status: 403 }));
  for (const onSkipped of [fails, async () => fails()] as (() => unknown)[]) {
    expect(await client.tasks.listOpen({ onSkipped }).toArray()).toHaveLength(200);
    const columns = clientOf(() => Response.json([null, { id: 'c1', name: 'C' }])).columns;
    expect(await columns.list('p1', { onSkipped })).toMatchObject([{ id: 'c1' }]);
  }
});

function fails(): never {
  throw new Error('the log is full');
}
