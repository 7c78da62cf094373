import { createSandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NOW, openLinks, WEEK } from './open-links.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

const DUE = 'Microsoft.VSTS.Scheduling.DueDate';

/** Links of a user, and what TickTick is to answer in the stead of a task. */
async function start() {
  const sandbox = createSandbox({ seed: 'empty', ticktick: { rateLimits: [] } });
  const state: { answer?: (task: object) => object } = {};
  const changed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(changed);
    const isTask = typeof value === 'object' && value !== null && 'projectId' in value;
    return isTask ? state.answer?.(value) : value;
  };
  const setting = await openLinks({
    links: { create: 'always', rules: { due: 'merge' } },
    emulated: sandbox,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const isTickTick = new URL(request.url).host.includes('ticktick');
      const response = await sandbox.fetch(request);
      if (state.answer === undefined || !isTickTick) return response;
      return Response.json(changed(await response.json().catch(() => ({}))));
    },
  });
  return { ...setting, state };
}

test.each([
  ['dueDate', 1_796_000_000],
  ['dueDate', 'soon'],
  ['dueDate', { date: '2027-03-04' }],
  ['isAllDay', 'yes'],
  ['timeZone', 7],
  ['status', 'done'],
  ['status', 7],
  ['status', null],
  ['title', 7],
])('20: a task whose %s comes as %j changes nothing of its work item and its block', async (field, value) => {
  const { state, user, tickTick, board, later, project, writes, started } = await start();
  const { id: taskId, projectId } = tickTick.createTask({ title: 'Report' });
  await later();
  const { id } = await user.createWorkItem({ id: taskId, projectId, title: 'Report' }, { project });
  await user.blockTime({ id: taskId, projectId, title: 'Report' }, { durationMinutes: 60, within: WEEK });
  const day = { date: '2027-03-04', timeZone: 'Europe/Berlin' };
  await user.ticktick.tasks.update({ id: taskId, projectId }, { schedule: { day } });
  await later();
  const fields = (): unknown[] =>
    ['System.Title', 'System.State', DUE].map((name) => board.get(id)?.fields[name as never]);
  const before = fields();
  expect(before[2]).toBe('2027-03-04T00:00:00Z');
  started.sandbox.clearRequests();
  state.answer = (task) => ({ ...task, etag: 'odd', [field]: value });
  await later();
  await user.links.sync(taskId);
  expect(fields()).toEqual(before);
  expect(writes()).toEqual([]);
});
