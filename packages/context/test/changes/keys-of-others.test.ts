import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startContext } from '../support/start-context.ts';

const MINUTE = 60_000;
const KEYS = ['connection/50%/google/default', 'connection/%E0%A4%A/ticktick/default', 'connection/%/x/y'];

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

test('16.15: a record under a key that names no user keeps nobody’s connections from being looked after', async () => {
  const titles: unknown[] = [];
  const { context, sandbox, store, connectedUser } = startContext({
    baseUrl: 'http://localhost:8000',
    onEvent: ({ source, data }) => {
      if (source === 'ticktick') titles.push((data as { title?: string }).title);
    },
  });
  await connectedUser();
  for (const key of KEYS) await store.compareAndSet(key, undefined, '{}');
  await context.runMaintenance();
  sandbox.ticktick.testUser().createTask({ title: 'new' });
  vi.setSystemTime(Date.now() + 2 * MINUTE);
  await context.runMaintenance();
  expect(titles).toEqual(['new']);
});

test.each(KEYS)('16.39: a job of that name (%s) is nothing to do', async (job) => {
  const { context, store } = startContext();
  await store.compareAndSet(job, undefined, '{}');
  const { report } = await context.maintain(job);
  expect(report).toMatchObject({ connections: 0, failures: [] });
});

test('16.15: doctor names them', async () => {
  const { context, store } = startContext();
  for (const key of KEYS) await store.compareAndSet(key, undefined, '{}');
  const { findings } = await context.doctor();
  expect(findings.map(({ key, problem }) => [key, problem])).toEqual(
    KEYS.toSorted().map((key) => [key, 'corrupt']),
  );
});
