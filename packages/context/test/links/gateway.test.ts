import { createSandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { providersOf } from '../support/start-context.ts';
import { NOW, openLinks } from './open-links.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

test('15.3: an item that is closed completes its task at a gateway that has no route of its own for it', async () => {
  const emulated = createSandbox({ seed: 'empty', ticktick: { dialect: 'guide', rateLimits: [] } });
  const { ticktick, ...others } = providersOf(emulated) ?? {};
  const { user, tickTick, board, project } = await openLinks({
    emulated,
    providers: { ...others, ...(ticktick && { ticktick: { ...ticktick, dialect: 'guide' } }) },
  });
  const { id, projectId, title } = tickTick.createTask({ title: 'Report' });
  const item = await user.createWorkItem({ id, projectId, title }, { project });
  await user.links.sync(id);
  board.update(item.id, { 'System.State': 'Closed' });
  expect(await user.links.sync(id)).toMatchObject({ failures: [], link: { values: { status: 'done' } } });
  expect(tickTick.task(id)).toMatchObject({ status: 2 });
  board.update(item.id, { 'System.State': 'Active' });
  expect(await user.links.sync(id)).toMatchObject({ failures: [], link: { values: { status: 'open' } } });
  expect(tickTick.task(id)).toMatchObject({ status: 0 });
});
