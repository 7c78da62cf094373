import type { Context, User } from '@context-sdk/context';
import { memoryStore } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startContext } from '../support/start-context.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** A process that stands still in a response until `goOn` is called, and its successor on the same store. */
async function start(isFrozenIn: (request: Request) => boolean) {
  const sandbox = createSandbox({ seed: 'empty', azureDevOps: { seed: 'empty' } });
  const inner = memoryStore();
  const { promise: frozen, resolve: freeze } = Promise.withResolvers<void>();
  const { promise: thawed, resolve: goOn } = Promise.withResolvers<void>();
  let mayFreeze = true;
  const process = (fetch: typeof globalThis.fetch): Context =>
    startContext({ emulated: sandbox, store: { ...inner }, fetch }).context;
  const first = startContext({ emulated: sandbox, store: inner });
  await first.connectedUser();
  const { id } = sandbox.ticktick.testUser().createTask({ title: 'Fix the login' });
  const task = await first.context.user('ada').ticktick.tasks.get(id);
  const frozenProcess = process(async (input, init) => {
    const request = new Request(input, init);
    const response = await sandbox.fetch(request.clone());
    if (mayFreeze && isFrozenIn(request)) {
      mayFreeze = false;
      freeze();
      await thawed;
    }
    return response;
  });
  const successor = process((input, init) => sandbox.fetch(input, init));
  /** What the successor does meanwhile, two minutes of the clock later. */
  const outlive = async <T>(work: (user: User) => Promise<T>): Promise<T> => {
    const done = work(successor.user('ada'));
    const clock = setInterval(() => vi.advanceTimersByTime(5_000), 10);
    return await done.finally(() => clearInterval(clock));
  };
  return { sandbox, task, user: frozenProcess.user('ada'), frozen, goOn, outlive };
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
