import type { Plan, User } from '@context-sdk/context';
import { type ContextTools, contextTools } from '@context-sdk/context/tools';
import { memoryStore } from '@context-sdk/oauth-core';
import { UNLIMITED } from '@context-sdk/test-support';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startContext } from '../support/start-context.ts';

const NOW = new Date('2027-03-01T10:00:00+01:00');
const WEEK = { from: '2027-03-01T12:00:00+01:00', to: '2027-03-06T00:00:00+01:00' };
const TO = 'x@example.com';
/** More requests than any of these operations takes. */
const MAX_REQUESTS = 30;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

interface Setting {
  user: User;
  tools: ContextTools;
  careful: ContextTools;
  task: { id: string; projectId: string; title: string };
  plan: Plan;
  project: string;
}

const OPERATIONS: Record<string, (setting: Setting) => Promise<unknown>> = {
  blockTime: ({ user, task }) => user.blockTime(task, { durationMinutes: 30, within: WEEK }),
  apply: ({ user, plan }) => user.apply(plan),
  createWorkItem: ({ user, task, project }) => user.createWorkItem(task, { project }),
  'createWorkItem with a link': ({ user, task, project }) =>
    user.createWorkItem(task, { project, link: true }),
  draftEmail: ({ user, task }) => user.draftEmail(task, { to: TO }),
  'links.create': ({ user, task }) => user.links.create(task),
  'an agenda from the copy': ({ user }) =>
    user.agenda({ ...WEEK, timeZone: 'UTC', freshness: { ms: 60_000 } }),
  'a tool that names what it finds': ({ tools }) =>
    Promise.resolve(tools['find']?.execute({ kind: 'tasks', text: 'Write' })),
  'a tool that writes': ({ tools }) =>
    Promise.resolve(tools['draft_mail']?.execute({ to: [TO], subject: 'x', text: 'x' })),
  'a tool that waits for a person': ({ careful }) =>
    Promise.resolve(careful['create_work_item']?.execute({ title: 'x' })),
  'a tool that proposes a plan': ({ tools }) => Promise.resolve(tools['plan_tasks']?.execute({})),
};

/** A user whom another process forgets as soon as services have answered so many requests. */
async function start(after: number) {
  const store = memoryStore();
  let left = Number.POSITIVE_INFINITY;
  let isForgotten = false;
  const one = startContext({
    store,
    rateLimiter: UNLIMITED,
    fetch: async (input, init) => {
      const response = await one.sandbox.fetch(input, init);
      left -= 1;
      if (left === 0) {
        isForgotten = true;
        await other.context.user('ada').forget();
      }
      return response;
    },
  });
  const { sandbox } = one;
  const other = startContext({ store: { ...store }, rateLimiter: UNLIMITED, emulated: sandbox });
  const user = await one.connectedUser();
  const { id, projectId } = sandbox.ticktick
    .testUser()
    .createTask({ title: 'Write', dueDate: '2027-03-03T09:00:00+0000' });
  const task = { id, projectId, title: 'Write' };
  const plan = await user.plan({ within: WEEK, tasks: [{ ...task, durationMinutes: 60 }] });
  const project = sandbox.azureDevOps.organization.projects[0]?.name ?? '';
  const tools = contextTools(user, { timeZone: 'UTC', approve: 'never' });
  const careful = contextTools(user, { timeZone: 'UTC', approve: 'writes' });
  left = after;
  return { store, setting: { user, tools, careful, task, plan, project }, isForgotten: () => isForgotten };
}

test.each(Object.entries(OPERATIONS))(
  '16.13: %s leaves nothing behind of a user who is forgotten meanwhile',
  async (_, operation) => {
    const left: Record<number, string[]> = {};
    for (let requests = 1; requests <= MAX_REQUESTS; requests += 1) {
      const { store, setting, isForgotten } = await start(requests);
      await operation(setting).catch(() => undefined);
      if (!isForgotten()) break;
      const keys = await store.list('');
      if (keys.length > 0) left[requests] = keys;
    }
    expect(left).toEqual({});
  },
);

test('16.13: what an assistant asks for leaves nothing behind of a user who is forgotten while the host decides', async () => {
  const { store, setting } = await start(Number.POSITIVE_INFINITY);
  const tools = contextTools(setting.user, {
    timeZone: 'UTC',
    approve: async (): Promise<'ask'> => {
      await setting.user.forget();
      return 'ask';
    },
  });
  const answer = await tools['draft_mail']?.execute({ to: [TO], subject: 'x', text: 'x' });
  expect(answer).toMatchObject({ status: 'failed', code: 'grant_changed' });
  expect(await store.list('')).toEqual([]);
});
