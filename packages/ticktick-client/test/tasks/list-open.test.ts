import { failure } from '@context-sdk/test-support';
import { TickTickClient } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();

test('every open task of 1,200 comes once, in at most projects + 3 requests', async () => {
  const { sandbox, client } = await server.start({ seed: 'demo' });
  const tasks = await client.tasks.listOpen().toArray();
  const testUser = sandbox.ticktick.testUser();
  const open = testUser.tasks().filter(({ status }) => status === 0);
  expect(open.length).toBeGreaterThanOrEqual(1200);
  expect(tasks.map(({ id }) => id).toSorted()).toEqual(open.map(({ id }) => id).toSorted());
  expect(sandbox.requests.length).toBeLessThanOrEqual(testUser.projects().length + 3);
});

test('150 open tasks take one request', async () => {
  const { sandbox, client } = await server.start({ seed: 150 });
  expect(await client.tasks.listOpen().toArray()).toHaveLength(150);
  expect(sandbox.requests.map(({ operation }) => operation)).toEqual(['task.filter']);
});

test('no tasks are an empty list', async () => {
  const { client } = await server.start({ seed: 'empty' });
  expect(await client.tasks.listOpen().toArray()).toEqual([]);
});

test('a listing can be broken off, and begins anew with the next iteration', async () => {
  const { sandbox, client } = await server.start({ seed: 'demo' });
  const all = client.tasks.listOpen();
  for await (const task of all) {
    expect(task.title).not.toBe('');
    break;
  }
  expect(sandbox.requests.length).toBeLessThan(10);
  expect((await all.toArray()).length).toBeGreaterThanOrEqual(1200);
});

test('an abort ends it between pages', async () => {
  const { client } = await server.start({ seed: 'demo' });
  const controller = new AbortController();
  const reason = new Error('enough');
  const listed = failure(
    (async () => {
      for await (const _ of client.tasks.listOpen({ signal: controller.signal })) controller.abort(reason);
    })(),
  );
  expect(await listed).toBe(reason);
});

test('a project that is deleted between being listed and being read is no failure', async () => {
  const { sandbox } = await server.start({ seed: 'demo' });
  const [doomed] = sandbox.ticktick.testUser().projects();
  let isDeleted = false;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const answer = await sandbox.fetch(input, init);
    if (!isDeleted && String(input).endsWith('/project')) {
      isDeleted = true;
      sandbox.ticktick.testUser().deleteProject(doomed?.id ?? '');
    }
    return answer;
  };
  const watched = new TickTickClient({ auth: sandbox.ticktick.issueApiToken(), fetch, limits: [] });
  const tasks = await watched.tasks.listOpen().toArray();
  expect(isDeleted).toBe(true);
  expect(tasks.some(({ projectId }) => projectId === doomed?.id)).toBe(false);
});

test('a read-ahead that fails is the listing’s failure, and nobody’s unhandled rejection', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): number => unhandled.push(reason);
  process.on('unhandledRejection', note);
  const { sandbox } = await server.start({ seed: 'demo' });
  for (const breakOff of [true, false]) {
    const client = new TickTickClient({
      auth: sandbox.ticktick.issueApiToken(),
      fetch: sandbox.fetch,
      limits: [],
      retry: { attempts: 1 },
    });
    sandbox.faults.inject({ kind: 'status', status: 503 }, { operation: 'project.data', times: 3 });
    const listed = failure(
      (async () => {
        for await (const _ of client.tasks.listOpen()) {
          await new Promise((resolve) => setTimeout(resolve, 2));
          if (breakOff) break;
        }
      })(),
    );
    await listed;
    sandbox.faults.clear();
  }
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});
