import type { Task } from '@context-sdk/ticktick-client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type FrozenProcess, startFrozenProcess } from '../support/frozen-process.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'] }));
afterEach(() => void vi.useRealTimers());

async function start(isFrozenIn: (request: Request) => boolean): Promise<FrozenProcess & { task: Task }> {
  const processes = await startFrozenProcess(isFrozenIn);
  const { id } = processes.sandbox.ticktick.testUser().createTask({ title: 'Fix the login' });
  return { ...processes, task: await processes.user.ticktick.tasks.get(id) };
}

test('20.7: a process that stood still makes no second draft', async () => {
  const { sandbox, task, user, frozen, goOn, outlive } = await start(
    ({ method, url }) => method === 'GET' && url.includes('/gmail/v1/users/me/drafts/'),
  );
  const mail = { to: 'grace@example.com' };
  const { id } = await user.draftEmail(task, mail);
  await user.gmail.drafts.delete(id);
  const late = user.draftEmail(task, mail).catch((error: unknown) => error);
  await frozen;
  const draft = await outlive((other) => other.draftEmail(task, mail));
  goOn();
  expect(await late).toMatchObject({ code: 'store', reason: 'lease-lost' });
  expect(sandbox.google.testUser().gmail.drafts()).toHaveLength(1);
  expect(await outlive((other) => other.draftEmail(task, mail))).toMatchObject({ id: draft.id });
});

test('20.6: a process that stood still makes no second work item', async () => {
  let searches = 0;
  // It searches twice, and then creates.
  const isLastSearch = ({ url }: Request): boolean => {
    if (url.includes('/_apis/wit/wiql')) searches += 1;
    return searches === 2;
  };
  const { sandbox, task, user, frozen, goOn, outlive } = await start(isLastSearch);
  const project = sandbox.azureDevOps.organization.projects[0]?.name;
  const options = { ...(project !== undefined && { project }) };
  const late = user.createWorkItem(task, options).catch((error: unknown) => error);
  await frozen;
  const item = await outlive((other) => other.createWorkItem(task, options));
  goOn();
  expect(await late).toMatchObject({ code: 'store', reason: 'lease-lost' });
  expect(await outlive((other) => other.createWorkItem(task, options))).toMatchObject({ id: item.id });
  const created = sandbox.requests.filter(({ operation }) => operation === 'workItem.create');
  expect(created).toHaveLength(1);
});
