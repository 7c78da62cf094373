import { type Context, createContext } from '@context-sdk/context';
import { memoryRateLimiter, memoryStore } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';
import { failure, IMPATIENT } from '@context-sdk/test-support';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { providersOf } from '../support/start-context.ts';

const MINUTE = 60_000;
const NOW = new Date('2026-03-04T08:00:00Z');

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

function pass(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

function account(id: number, username: string) {
  return { id, username, displayName: username, timeZone: 'UTC' };
}

/** Two accounts of TickTick, and a user of the first one; its requests are counted. */
async function start(tasks = 3) {
  const accounts = [account(1, 'first'), account(2, 'second')];
  const sandbox = createSandbox({ seed: 'empty', ticktick: { rateLimits: [], accounts } });
  const store = memoryStore();
  const requests = { count: 0 };
  let beforeAnswer: () => Promise<void> = async () => undefined;
  const context: Context = createContext({
    store,
    baseUrl: 'http://localhost:8000',
    rateLimiter: memoryRateLimiter(),
    retry: IMPATIENT,
    fetch: async (input, init) => {
      requests.count += 1;
      const response = await sandbox.fetch(input, init);
      await beforeAnswer();
      return response;
    },
    providers: { ticktick: { ...providersOf(sandbox).ticktick, limits: [] } },
    onEvent: () => undefined,
  });
  const user = context.user('ada');
  const { testUser, issueApiToken } = sandbox.ticktick;
  for (let index = 0; index < tasks; index += 1)
    testUser('first').createTask({ title: `Task ${index}`, dueDate: '2026-03-05T09:00:00+0000' });
  await user.connections.connect('ticktick', { token: issueApiToken('first') });
  const agenda = (freshness = { ms: MINUTE }) =>
    user.agenda({
      from: NOW,
      to: new Date(NOW.getTime() + 7 * 24 * 60 * MINUTE),
      timeZone: 'UTC',
      freshness,
    });
  const requestsOf = async (work: () => Promise<unknown>): Promise<number> => {
    requests.count = 0;
    await work();
    return requests.count;
  };
  const answering = (then: () => Promise<void>): void => {
    beforeAnswer = async () => {
      beforeAnswer = async () => undefined;
      await then();
    };
  };
  return { sandbox, store, context, user, agenda, requestsOf, answering };
}

const titles = ({ items }: { items: { title: string }[] }): string[] => items.map(({ title }) => title);

describe('24.5: an agenda whose tasks may be some time old', () => {
  test('24.5: takes no request of TickTick while polls find nothing new, however many tasks there are', async () => {
    const { context, agenda, requestsOf } = await start(230);
    await agenda();
    for (let minute = 0; minute < 5; minute += 1) {
      await context.runMaintenance();
      pass(MINUTE - 1_000);
      expect(await requestsOf(async () => expect((await agenda()).items).toHaveLength(230))).toBe(0);
      pass(1_000);
    }
  });

  test('24.5: has what a poll has found, without a request', async () => {
    const { sandbox, context, agenda, requestsOf } = await start(1);
    await context.runMaintenance();
    await agenda();
    pass(MINUTE);
    const { testUser } = sandbox.ticktick;
    testUser('first').createTask({ title: 'new', dueDate: '2026-03-05T10:00:00+0000' });
    await context.runMaintenance();
    expect(await requestsOf(async () => expect(titles(await agenda())).toContain('new'))).toBe(0);
  });

  test('24.5: reads anew what is older than that, and without freshness always', async () => {
    const { user, agenda, requestsOf } = await start();
    await agenda();
    expect(await requestsOf(() => agenda())).toBe(0);
    pass(MINUTE + 1);
    expect(await requestsOf(() => agenda())).toBe(1);
    const query = { from: NOW, to: new Date(NOW.getTime() + MINUTE), timeZone: 'UTC' };
    expect(await requestsOf(() => user.agenda(query))).toBe(1);
  });

  test('24.5: tells which lists its tasks lack, also from the copy', async () => {
    const { sandbox, user, agenda } = await start(200);
    const { id } = sandbox.ticktick.testUser('first').createProject({ name: 'Lost' });
    const path = new RegExp(`/project/${id}/data`);
    sandbox.faults.inject({ kind: 'page', status: 200 }, { path, rate: 1 });
    const lost = [{ reason: 'unknown', projectId: id }];
    const query = { from: NOW, to: new Date(NOW.getTime() + MINUTE), timeZone: 'UTC' };
    expect((await user.agenda(query)).skippedTasks).toMatchObject(lost);
    expect((await agenda()).skippedTasks).toMatchObject(lost);
    sandbox.faults.clear();
    expect((await agenda()).skippedTasks).toMatchObject(lost);
    pass(MINUTE + 1);
    expect((await agenda()).skippedTasks).toEqual([]);
  });

  test('24.5: callers at the same time share one listing', async () => {
    const { agenda, requestsOf } = await start();
    const agendas = requestsOf(async () => {
      const all = await Promise.all([agenda(), agenda(), agenda()]);
      expect(all.map((one) => one.items.length)).toEqual([3, 3, 3]);
    });
    expect(await agendas).toBe(1);
  });

  test('24.5: refuses a time that is none', async () => {
    const { agenda } = await start();
    expect(await failure(agenda({ ms: 0 }))).toMatchObject({
      code: 'invalid_request',
      field: 'freshness.ms',
    });
  });
});

describe('24.5: the copy belongs to the account', () => {
  test('24.5: another account never sees it', async () => {
    const { sandbox, user, agenda } = await start(1);
    await agenda();
    sandbox.ticktick.testUser('second').createTask({ title: 'theirs', dueDate: '2026-03-05T09:00:00+0000' });
    await user.connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken('second') });
    expect(titles(await agenda())).toEqual(['theirs']);
  });

  test('24.5: a connection that ends drops it', async () => {
    const { store, user, agenda } = await start(1);
    await agenda();
    expect(await store.list('task-changes/')).not.toEqual([]);
    await user.connections.disconnect('ticktick');
    expect(await store.list('task-changes/')).toEqual([]);
    expect((await agenda()).errors.ticktick).toBeDefined();
  });

  test('24.5: a connection that ends while it is being read leaves nothing behind', async () => {
    const { store, user, agenda, answering } = await start(1);
    answering(async () => {
      await user.connections.disconnect('ticktick');
    });
    await agenda();
    expect(await store.list('task-changes/')).toEqual([]);
  });

  test('24.5: an account that is replaced while it is being read does not leave its tasks to the next', async () => {
    const { sandbox, user, agenda, answering } = await start(1);
    sandbox.ticktick.testUser('second').createTask({ title: 'theirs', dueDate: '2026-03-05T09:00:00+0000' });
    answering(async () => {
      await user.connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken('second') });
    });
    expect(titles(await agenda())).toEqual(['theirs']);
    expect(titles(await agenda())).toEqual(['theirs']);
  });
});
