import type { LinkRules } from '@context-sdk/context';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NOW, openLinks } from './open-links.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

/** Two tasks that are linked to one work item. */
async function openTwo(rules: LinkRules = {}) {
  const setting = await openLinks({ links: { create: 'always', rules } });
  const { user, tickTick, board, project, later, started } = setting;
  const [one, other] = ['One', 'One'].map((title) => tickTick.createTask({ title }));
  if (one === undefined || other === undefined) throw new Error('There are no tasks.');
  await later();
  const assignedTo = started.sandbox.azureDevOps.people[0]?.uniqueName;
  const { id: itemId } = await user.createWorkItem(one, {
    project,
    ...(assignedTo !== undefined && { assignedTo }),
  });
  await user.links.create(other, { workItemId: itemId });
  await later();
  await later();
  const rename = async (title: string): Promise<unknown[]> => {
    board.update(itemId, { 'System.Title': title });
    await later();
    return [one, other].map(({ id }) => tickTick.task(id)?.title);
  };
  return { ...setting, one, other, itemId, rename };
}

test('23.links: a change of an item is told to all tasks that are linked to it', async () => {
  const { rename } = await openTwo();
  expect(await rename('Two')).toEqual(['Two', 'Two']);
});

test.each(['one', 'other'] as const)(
  '23.links: the link of %s is removed: the other task goes on to follow the item',
  async (removed) => {
    const { user, rename, [removed]: task } = await openTwo();
    await user.links.remove(task.id);
    expect(await rename('Two')).toEqual(removed === 'one' ? ['One', 'Two'] : ['Two', 'One']);
  },
);

test.each(['one', 'other'] as const)(
  '23.links: with the rule, an item is removed with the last of its tasks, not with %s',
  async (first) => {
    const { board, itemId, later, tickTick, one, other } = await openTwo({ deleted: 'remove' });
    const last = first === 'one' ? other : one;
    const states = async ({ id }: { id: string }): Promise<unknown[]> => {
      tickTick.deleteTask(id);
      await later();
      await later();
      return [board.get(itemId)?.fields['System.State'], tickTick.task(last.id)?.status];
    };
    expect(await states(first === 'one' ? one : other)).toEqual(['New', 0]);
    expect((await states(last))[0]).toBe('Removed');
  },
);
