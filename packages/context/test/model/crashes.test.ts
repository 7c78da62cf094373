import type { Context } from '@context-sdk/context';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { stopClocks } from '../support/fast-clock.ts';
import { blocksOf, timesOf, workItemsOf } from './services.ts';
import { OTHER_CALENDAR, PROVIDERS, World } from './world.ts';

const NONE = { kind: 'none' } as const;
/** Every second step, so that the tests stay quick: its response is lost, or the step with it. */
const STRIDE = 2;
const WITHIN = { from: '2027-03-02T08:00:00Z', to: '2027-03-02T20:00:00Z' };
const LATE = { ...WITHIN, from: '2027-03-02T15:00:00Z' };
const HALF_AN_HOUR = { durationMinutes: 30, within: WITHIN };

interface TaskInWorld {
  id: string;
  projectId: string;
  title: string;
}

/** What is done before the crash, in the process that dies, and after it, in the other one. */
interface Story {
  before?: (context: Context, task: TaskInWorld, world: World) => Promise<unknown>;
  work: (context: Context, task: TaskInWorld, world: World) => Promise<unknown>;
  after: (context: Context, task: TaskInWorld, world: World) => Promise<unknown>;
  expected: (world: World, task: TaskInWorld) => unknown;
}

const block = (calendarId?: string) => (context: Context, task: TaskInWorld) =>
  context.user('ada').blockTime(task, { ...HALF_AN_HOUR, calendarId });
const follow = (context: Context, task: TaskInWorld) => context.user('ada').followTask(task);
const unblock = (context: Context, task: TaskInWorld) => context.user('ada').unblockTime(task);
const makeWorkItem = (context: Context, task: TaskInWorld, { sandbox }: World) =>
  context.user('ada').createWorkItem(task, { project: sandbox.azureDevOps.organization.projects[0]?.name });
const countBlocks = (expected: number) => (world: World, task: TaskInWorld) =>
  expect(blocksOf(world, task.id)).toHaveLength(expected);

const STORIES: Record<string, Story> = {
  'a block': { work: block(), after: block(), expected: countBlocks(1) },
  'a block, then no block': { work: block(), after: unblock, expected: countBlocks(0) },
  'a block in another calendar, then no block': {
    work: block(OTHER_CALENDAR),
    after: unblock,
    expected: countBlocks(0),
  },
  'a block that goes to another calendar': {
    before: block(),
    work: block(OTHER_CALENDAR),
    after: block(OTHER_CALENDAR),
    expected: countBlocks(1),
  },
  'a block that goes to another calendar, then where it is': {
    before: block(),
    work: block(OTHER_CALENDAR),
    after: block(),
    expected: countBlocks(1),
  },
  'a block that goes to another calendar, then no block': {
    before: block(),
    work: block(OTHER_CALENDAR),
    after: unblock,
    expected: countBlocks(0),
  },
  'no block any more': { before: block(), work: unblock, after: unblock, expected: countBlocks(0) },
  'a block of a task that is completed': {
    before: async (context, task, world) => {
      await block()(context, task);
      world.sandbox.ticktick.testUser().completeTask(task.id);
    },
    work: follow,
    after: follow,
    expected: countBlocks(0),
  },
  'a block of a task that is renamed and due sooner': {
    before: async (context, task, world) => {
      await context.user('ada').blockTime(task, { ...HALF_AN_HOUR, within: LATE });
      const changes = { title: 'Renamed', dueDate: '2027-03-02T12:00:00+0000' };
      world.sandbox.ticktick.testUser().updateTask(task.id, changes);
    },
    work: follow,
    after: follow,
    expected: (world, { id }) => {
      const blocks = blocksOf(world, id);
      expect(blocks).toMatchObject([{ summary: 'Renamed' }]);
      for (const one of blocks)
        expect(timesOf(one)[1]).toBeLessThanOrEqual(Date.parse('2027-03-02T12:00:00Z'));
    },
  },
  'a work item': {
    work: makeWorkItem,
    after: makeWorkItem,
    expected: (world, { id }) => expect(workItemsOf(world, id)).toHaveLength(1),
  },
};

beforeEach(stopClocks);
afterEach(() => void vi.useRealTimers());

describe('16: a process that dies at any step of', () => {
  test.each(Object.entries(STORIES))(
    '%s',
    async (_name, { before, work, after, expected }) => {
      for (let step = 1; ; step += STRIDE) {
        vi.setSystemTime(Date.parse('2027-03-01T08:00:00Z'));
        const world = new World(false);
        const task = world.sandbox.ticktick.testUser().createTask({ title: 'Task' });
        for (const provider of PROVIDERS) {
          await world.call(0, NONE, (context) => world.connect(context, provider));
        }
        if (before !== undefined) await world.call(0, NONE, (context) => before(context, task, world));
        const fault = { kind: 'crash', at: step, arrives: Math.floor(step / STRIDE) % 2 === 0 } as const;
        const outcome = await world.call(0, fault, (context) => work(context, task, world));
        const again = await world.call(1, NONE, (context) => after(context, task, world));
        expect([step, again]).not.toMatchObject([step, { error: expect.anything() }]);
        expected(world, task);
        if (outcome !== 'crashed') return;
      }
    },
    300_000,
  );
});
