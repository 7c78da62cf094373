import { memoryStore } from '@context-sdk/oauth-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startContext } from '../support/start-context.ts';

const SOON = { start: { dateTime: '2027-03-01T09:00:00Z' }, end: { dateTime: '2027-03-01T10:00:00Z' } };
const HOUR = 3_600_000;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

test('24.cron: a job that a queue delivers to three machines at once is done by one of them', async () => {
  const store = memoryStore();
  const told: string[] = [];
  let isDown = false;
  const options = {
    baseUrl: 'http://localhost:8000',
    onEvent: ({ source, type }: { source: string; type: string }) => {
      if (isDown) throw new Error('down');
      told.push(`${source} ${type}`);
    },
  };
  const { context, sandbox, connectedUser } = startContext({ ...options, store });
  const others = [1, 2].map(() => startContext({ ...options, emulated: sandbox, store: { ...store } }));
  const machines = [context, ...others.map((other) => other.context)];
  const onAll = async (job: string) => await Promise.all(machines.map((machine) => machine.maintain(job)));
  await connectedUser();
  await context.runMaintenance();
  sandbox.ticktick.testUser().createTask({ title: 'x' });
  sandbox.google.testUser().calendar.addEvent(SOON);
  vi.setSystemTime(Date.now() + HOUR);
  for (const provider of ['ticktick', 'google', 'azure-devops']) {
    const steps = await onAll(`connection/ada/${provider}/default`);
    expect(steps.flatMap(({ report }) => report.failures)).toEqual([]);
  }
  expect(told).toEqual(['ticktick task.created', 'google-calendar changed']);
  told.length = 0;
  isDown = true;
  sandbox.ticktick.testUser().createTask({ title: 'y' });
  vi.setSystemTime(Date.now() + HOUR);
  await onAll('connection/ada/ticktick/default');
  isDown = false;
  vi.setSystemTime(Date.now() + HOUR);
  const [event = ''] = await store.list('pending-event/');
  const steps = await onAll(event);
  expect(steps.filter(({ dueAt }) => dueAt === undefined)).toHaveLength(1);
  expect(told).toEqual(['ticktick task.created']);
  expect((await onAll(event)).map(({ dueAt }) => dueAt)).toEqual([undefined, undefined, undefined]);
});
