import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startFrozenProcess } from '../support/frozen-process.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'] }));
afterEach(() => void vi.useRealTimers());

test('20.9: a process that stood still writes no side that somebody has changed since', async () => {
  let reads = 0;
  let lastRead = Number.POSITIVE_INFINITY;
  const { sandbox, user, frozen, goOn, outlive } = await startFrozenProcess(({ method, url }) => {
    if (method === 'GET' && /\/open\/v1\/|_apis\/wit\/workitems/i.test(url)) reads += 1;
    return reads === lastRead;
  });
  const tasks = sandbox.ticktick.testUser();
  const task = tasks.createTask({ title: 'First' });
  const project = sandbox.azureDevOps.organization.projects[0]?.name;
  const item = await user.createWorkItem(await user.ticktick.tasks.get(task.id), { project, link: true });
  reads = 0;
  await user.links.sync(task.id);
  sandbox.azureDevOps.testUser().update(item.id, { 'System.Title': 'Second' });
  lastRead = 2 * reads;
  const late = user.links.sync(task.id).catch((error: unknown) => error);
  await frozen;
  await outlive((other) => other.links.sync(task.id));
  expect(tasks.task(task.id)).toMatchObject({ title: 'Second' });
  tasks.updateTask(task.id, { title: 'By hand' });
  goOn();
  expect(await late).toMatchObject({ code: 'store', reason: 'lease-lost' });
  expect(tasks.task(task.id)).toMatchObject({ title: 'By hand' });
});
