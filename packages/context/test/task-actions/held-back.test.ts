import type { BlockableTask, Context, User } from '@context-sdk/context';
import type { RateLimiter } from '@context-sdk/oauth-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fastForward, stopClocks } from '../support/fast-clock.ts';
import { startContext } from '../support/start-context.ts';

/** As of an account whose minute is used up. */
const HELD_BACK_MS = 45_000;
const DAY_MS = 86_400_000;

beforeEach(stopClocks);
afterEach(() => void vi.useRealTimers());

interface Setting {
  context: Context;
  user: User;
  task: BlockableTask & { projectId: string };
  project: string;
  /** From now on each request is held back for so long. */
  holdBack: (ms: number) => void;
}

async function start(): Promise<Setting> {
  let heldBackMs = 0;
  const rateLimiter: RateLimiter = {
    run: async (_, dispatch) => {
      if (heldBackMs > 0) await new Promise((resolve) => setTimeout(resolve, heldBackMs));
      return await dispatch();
    },
    pause: async () => undefined,
  };
  const { sandbox, context, connectedUser } = startContext({ rateLimiter, links: { create: 'always' } });
  const user = await fastForward(connectedUser());
  const { id, projectId, title } = sandbox.ticktick.testUser().createTask({ title: 'Write' });
  const project = sandbox.azureDevOps.organization.projects[0]?.name ?? '';
  return { context, user, task: { id, projectId, title }, project, holdBack: (ms) => void (heldBackMs = ms) };
}

function blockTime({ user, task }: Setting): Promise<unknown> {
  const within = { from: new Date(), to: new Date(Date.now() + 7 * DAY_MS) };
  return user.blockTime(task, { durationMinutes: 30, within, timeZone: 'UTC' });
}

const CALLS: Record<string, (setting: Setting) => Promise<unknown>> = {
  blockTime,
  createWorkItem: ({ user, task, project }) => user.createWorkItem(task, { project }),
  draftEmail: ({ user, task }) => user.draftEmail(task, { to: 'bob@example.com' }),
  'links.sync': ({ user, task }) => user.links.sync(task.id),
};

for (const [name, call] of Object.entries(CALLS)) {
  test(`24.leases: ${name} goes on for as long as its requests are held back`, async () => {
    const setting = await start();
    if (name === 'links.sync') await fastForward(blockTime(setting));
    setting.holdBack(HELD_BACK_MS);
    const startedAt = Date.now();
    await fastForward(call(setting));
    expect(Date.now() - startedAt).toBeGreaterThan(60_000);
  });
}

test('24.leases: a disconnect goes on for as long as its requests are held back, and maintenance does not wait for it', async () => {
  const { user, context, holdBack } = await start();
  await fastForward(context.runMaintenance());
  holdBack(2 * HELD_BACK_MS);
  let isOver = false;
  const ending = user.connections.disconnect('google').finally(() => (isOver = true));
  await fastForward(new Promise((resolve) => setTimeout(resolve, 65_000)));
  holdBack(0);
  await fastForward(context.runMaintenance());
  expect(isOver).toBe(false);
  expect(await fastForward(ending)).toEqual({ provider: 'google', outcome: 'ended' });
});
