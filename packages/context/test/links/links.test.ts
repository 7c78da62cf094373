import { InvalidRequestError, type LinkConflict, NotFoundError } from '@context-sdk/context';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fastForward, stopClocks } from '../support/fast-clock.ts';
import { type LinkSetting, NOW, openLinks, valuesOf, WEEK } from './open-links.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

const HOUR = { durationMinutes: 60, within: WEEK };

/** A task with a block, a work item and a draft. */
async function openWhole(options: Parameters<typeof openLinks>[0] = {}) {
  const setting = await openLinks(options);
  const { user, tickTick, later, project, started } = setting;
  const made = tickTick.createTask({ title: 'Write the report' });
  await later();
  const task = { id: made.id, projectId: made.projectId, title: made.title };
  const assignedTo = started.sandbox.azureDevOps.people[0]?.uniqueName;
  const item = await user.createWorkItem(task, { project, ...(assignedTo !== undefined && { assignedTo }) });
  const { event } = await user.blockTime(task, HOUR);
  const draft = await user.draftEmail(task, { to: 'bob@example.com' });
  await later();
  started.sandbox.clearRequests();
  return { ...setting, task, itemId: item.id, eventId: event.id, draftId: draft.id };
}

type Whole = Awaited<ReturnType<typeof openWhole>>;

function titles({ tickTick, board, phone, mail, task, itemId, eventId }: Whole): Record<string, unknown> {
  const raw = new TextDecoder().decode(mail.drafts()[0]?.message.raw);
  return {
    task: tickTick.task(task.id)?.title,
    item: board.get(itemId)?.fields['System.Title'],
    block: phone.events().find(({ id }) => id === eventId)?.['summary' as never],
    draft: /^Subject: (.*)$/im.exec(raw)?.[1]?.trim(),
  };
}

function all(title: string): Record<string, string> {
  return { task: title, item: title, block: title, draft: title };
}

function stateOf({ board, itemId }: Pick<Whole, 'board' | 'itemId'>): unknown {
  return board.get(itemId)?.fields['System.State'];
}

function standing({ phone }: Pick<LinkSetting, 'phone'>): unknown[] {
  return phone.events().filter(({ status }) => status === 'confirmed');
}

describe('titles', () => {
  test('23.links: made by the facade: all sides are in the link, and nothing is written', async () => {
    const whole = await openWhole();
    const link = await whole.user.links.get(whole.task.id);
    expect(valuesOf(link, 'title')).toEqual({
      task: 'Write the report',
      'work-item': 'Write the report',
      block: 'Write the report',
      draft: 'Write the report',
    });
    expect(link.conflicts).toEqual([]);
    const again = await whole.user.links.sync(whole.task.id);
    expect(again).toMatchObject({ writes: 0, failures: [] });
    expect(whole.writes()).toEqual([]);
  });

  test.for(['task', 'item', 'block'] as const)(
    '23.links: renamed as %s: all others follow, once',
    async (where) => {
      const whole = await openWhole();
      const { tickTick, board, phone, task, itemId, eventId, later } = whole;
      if (where === 'task') tickTick.updateTask(task.id, { title: '  Write it  up ' });
      if (where === 'item') board.update(itemId, { 'System.Title': '  Write it  up ' });
      if (where === 'block') phone.updateEvent(eventId, { summary: 'Write it  up' });
      await later();
      const { draft, ...rest } = titles(whole);
      for (const title of Object.values(rest))
        expect(String(title).replace(/\s+/g, ' ').trim()).toBe('Write it up');
      expect(draft).toBe('Write it up');
      whole.started.sandbox.clearRequests();
      await later();
      await later();
      expect(whole.writes()).toEqual([]);
    },
  );

  test('23.links: changed on two sides: a conflict with both values, told once, and nothing is written', async () => {
    const told: LinkConflict[] = [];
    const whole = await openWhole({ links: { create: 'always', onConflict: (one) => void told.push(one) } });
    whole.tickTick.updateTask(whole.task.id, { title: 'Mine' });
    whole.board.update(whole.itemId, { 'System.Title': 'Theirs' });
    await whole.later();
    await whole.later();
    expect(told).toMatchObject([
      {
        userId: 'ada',
        taskId: whole.task.id,
        field: 'title',
        values: [
          { side: 'task', value: 'Mine' },
          { side: 'work-item', value: 'Theirs' },
        ],
      },
    ]);
    expect(whole.writes()).toEqual([]);
    expect((await whole.user.links.get(whole.task.id)).conflicts).toHaveLength(1);
    const resolved = await whole.user.links.resolve(whole.task.id, 'title', { side: 'work-item' });
    expect(resolved.link.conflicts).toEqual([]);
    expect(titles(whole)).toEqual(all('Theirs'));
  });

  test('23.links: changed on two sides to the same: no conflict', async () => {
    const onConflict = vi.fn();
    const whole = await openWhole({ links: { create: 'always', onConflict } });
    whole.tickTick.updateTask(whole.task.id, { title: 'The same' });
    whole.board.update(whole.itemId, { 'System.Title': ' The  same' });
    await whole.later();
    expect(onConflict).not.toHaveBeenCalled();
    expect(titles(whole)).toMatchObject({ task: 'The same', block: 'The same' });
  });

  test('23.links: the host decides a conflict at once', async () => {
    const whole = await openWhole({
      links: { create: 'always', onConflict: () => ({ value: 'Ours' }) },
    });
    whole.tickTick.updateTask(whole.task.id, { title: 'Mine' });
    whole.phone.updateEvent(whole.eventId, { summary: 'Theirs' });
    await whole.later();
    expect(titles(whole)).toEqual(all('Ours'));
  });

  test('16.36: a host that answers null to a conflict has heard of it, and decides nothing', async () => {
    const onConflict = vi.fn(() => null as never);
    const whole = await openWhole({ links: { create: 'always', onConflict } });
    whole.tickTick.updateTask(whole.task.id, { title: 'Mine' });
    whole.board.update(whole.itemId, { 'System.Title': 'Theirs' });
    await whole.later();
    await whole.later();
    expect(onConflict).toHaveBeenCalledTimes(1);
    expect((await whole.user.links.get(whole.task.id)).conflicts).toHaveLength(1);
  });

  test('16.36: a host that never decides a conflict holds no call for good, and is asked again', async () => {
    const abort = new AbortController();
    const onConflict = vi.fn(() => {
      if (onConflict.mock.calls.length === 2) abort.abort(new Error('enough'));
      return new Promise<undefined>(() => undefined);
    });
    const whole = await openWhole({ links: { create: 'always', onConflict } });
    whole.tickTick.updateTask(whole.task.id, { title: 'Mine' });
    whole.board.update(whole.itemId, { 'System.Title': 'Theirs' });
    stopClocks();
    const { link } = await fastForward(whole.user.links.sync(whole.task.id));
    expect(link.conflicts).toHaveLength(1);
    const again = whole.user.links.sync(whole.task.id, { signal: abort.signal });
    await expect(again).rejects.toThrow('enough');
  });

  test.each([
    ['due', 'tomorrow'],
    ['due', '60'],
    ['due', '2026-11-23T09:00:00'],
    ['status', 'finished'],
  ] as const)('16.39: a decision that the %s is %s is refused, and changes nothing', async (field, value) => {
    const whole = await openWhole();
    const before = await whole.user.links.get(whole.task.id);
    const resolved = whole.user.links.resolve(whole.task.id, field, { value });
    await expect(resolved).rejects.toMatchObject({ code: 'invalid_request', field: 'decision.value' });
    expect(await whole.user.links.get(whole.task.id)).toEqual(before);
  });

  test('23.links: a decision can be a day, a time with an offset, or no due date', async () => {
    const whole = await openWhole();
    const { id } = whole.task;
    for (const value of ['2026-11-23', '2026-11-24T09:00:00+01:00', '']) {
      const { failures } = await whole.user.links.resolve(id, 'due', { value });
      expect(failures).toEqual([]);
    }
    expect(whole.tickTick.task(id)?.dueDate ?? '').toBe('');
  });

  test('23.links: a long title is cut for the work item, and stays whole elsewhere', async () => {
    const whole = await openWhole();
    const title = `Long ${'and longer '.repeat(40)}`.trim();
    whole.tickTick.updateTask(whole.task.id, { title });
    await whole.later();
    await whole.later();
    const now = titles(whole);
    expect(now['task']).toBe(title);
    expect(String(now['item']).length).toBeLessThanOrEqual(255);
    expect(now['block']).toBe(title);
  });

  test('23.links: a long title that is edited where it was cut keeps its end elsewhere, until somebody shortens it', async () => {
    const whole = await openWhole();
    whole.tickTick.updateTask(whole.task.id, { title: `Draft ${'and longer '.repeat(40)}with an end` });
    await whole.later();
    const cut = String(titles(whole)['item']);
    whole.board.update(whole.itemId, { 'System.Title': cut.replace('Draft', 'Final') });
    await whole.later();
    const title = `Final ${'and longer '.repeat(40)}with an end`;
    expect(titles(whole)).toMatchObject({ task: title, block: title, item: cut.replace('Draft', 'Final') });
    whole.tickTick.updateTask(whole.task.id, { title: title.replace('Final', 'Ours') });
    whole.board.update(whole.itemId, { 'System.Title': cut.replace('Draft', 'Their') });
    await whole.later();
    await whole.user.links.resolve(whole.task.id, 'title', { side: 'work-item' });
    expect(titles(whole)['task']).toBe(title.replace('Final', 'Their'));
    whole.board.update(whole.itemId, { 'System.Title': 'Short' });
    await whole.later();
    expect(titles(whole)).toMatchObject({ task: 'Short', block: 'Short' });
  });

  test("23.links: a subject of the user's own stays", async () => {
    const whole = await openWhole();
    await whole.user.gmail.drafts.edit(whole.draftId, { subject: 'Dear Bob' });
    whole.tickTick.updateTask(whole.task.id, { title: 'Write it up' });
    await whole.later();
    expect(titles(whole)).toEqual({ ...all('Write it up'), draft: 'Dear Bob' });
  });

  test('23.links: blockTime leaves the title of a linked block to the link', async () => {
    const whole = await openWhole();
    whole.phone.updateEvent(whole.eventId, { summary: 'Renamed by hand' });
    await whole.user.blockTime(whole.task, HOUR);
    expect(titles(whole)).toEqual(all('Renamed by hand'));
  });
});

describe('status', () => {
  test('23.links: completed: the item is in a state of the category Completed, and the time is free', async () => {
    const whole = await openWhole();
    whole.tickTick.completeTask(whole.task.id);
    await whole.later();
    expect(stateOf(whole)).toBe('Closed');
    expect(standing(whole)).toEqual([]);
    whole.started.sandbox.clearRequests();
    await whole.later();
    expect(whole.writes()).toEqual([]);
  });

  test('23.links: the item is closed: the task is completed, and reopened with it', async () => {
    const whole = await openWhole();
    whole.board.update(whole.itemId, { 'System.State': 'Active' });
    await whole.later();
    whole.board.update(whole.itemId, { 'System.State': 'Closed' });
    await whole.later();
    expect(whole.tickTick.task(whole.task.id)?.status).toBe(2);
    expect(standing(whole)).toEqual([]);
    whole.tickTick.updateTask(whole.task.id, { status: 0 });
    await whole.user.links.sync(whole.task.id);
    // The state that it had before.
    expect(stateOf(whole)).toBe('Active');
  });

  test('23.links: abandoned: the item is removed from the board', async () => {
    const whole = await openWhole();
    await whole.user.ticktick.tasks.abandon(whole.task);
    await whole.user.links.sync(whole.task.id);
    expect(stateOf(whole)).toBe('Removed');
    expect(standing(whole)).toEqual([]);
  });

  test('23.links: a recurring task goes on, and so does its item', async () => {
    const { user, tickTick, later, project, board } = await openLinks();
    const task = tickTick.createTask({
      title: 'Daily',
      startDate: '2027-03-02T17:00:00.000+0000',
      dueDate: '2027-03-02T17:00:00.000+0000',
      timeZone: 'Europe/Berlin',
      repeatFlag: 'RRULE:FREQ=DAILY',
    });
    await later();
    const item = await user.createWorkItem(task, { project });
    tickTick.completeTask(task.id);
    await later();
    expect(board.get(item.id)?.fields['System.State']).toBe('New');
    board.update(item.id, { 'System.State': 'Closed' });
    await user.links.sync(task.id);
    expect(tickTick.task(task.id)).toMatchObject({ status: 0, dueDate: '2027-03-03T17:00:00.000+0000' });
  });
});

describe('what is gone', () => {
  test('23.links: a deleted task takes nothing with it but its time, without a rule', async () => {
    const whole = await openWhole();
    whole.tickTick.deleteTask(whole.task.id);
    await whole.later();
    expect(stateOf(whole)).toBe('New');
    expect(whole.mail.drafts()).toHaveLength(1);
    expect(standing(whole)).toEqual([]);
    const { sides } = await whole.user.links.get(whole.task.id);
    expect(sides.find(({ side }) => side === 'task')).toMatchObject({ isGone: true });
  });

  test('23.links: with the rule, the item is removed and the draft deleted', async () => {
    const whole = await openWhole({ links: { create: 'always', rules: { deleted: 'remove' } } });
    whole.tickTick.deleteTask(whole.task.id);
    await whole.later();
    expect(stateOf(whole)).toBe('Removed');
    expect(whole.mail.drafts()).toEqual([]);
    whole.started.sandbox.clearRequests();
    expect(await whole.user.links.sync(whole.task.id)).toMatchObject({ writes: 0 });
  });

  test('23.links: a deleted item or draft: the others go on', async () => {
    const whole = await openWhole();
    whole.board.delete(whole.itemId);
    await whole.user.gmail.drafts.delete(whole.draftId);
    whole.tickTick.updateTask(whole.task.id, { title: 'On' });
    await whole.later();
    expect(titles(whole)).toMatchObject({ task: 'On', block: 'On' });
    expect(whole.tickTick.task(whole.task.id)?.status).toBe(0);
  });
});

describe('due dates', () => {
  test('23.links: only if that is asked for', async () => {
    const whole = await openWhole();
    whole.tickTick.updateTask(whole.task.id, { dueDate: '2027-03-04T17:00:00.000+0000' });
    await whole.later();
    expect(whole.board.get(whole.itemId)?.fields['Microsoft.VSTS.Scheduling.DueDate']).toBeUndefined();
  });

  test('23.links: asked for: the item has the day, and a task with a time keeps it on another day', async () => {
    const whole = await openWhole({ links: { create: 'always', rules: { due: 'merge' } } });
    const due = (): unknown => whole.board.get(whole.itemId)?.fields['Microsoft.VSTS.Scheduling.DueDate'];
    await whole.user.ticktick.tasks.update(whole.task, {
      schedule: { day: { date: '2027-03-04', timeZone: 'Europe/Berlin' } },
    });
    await whole.later();
    expect(due()).toBe('2027-03-04T00:00:00Z');
    whole.board.update(whole.itemId, { 'Microsoft.VSTS.Scheduling.DueDate': '2027-03-05T00:00:00Z' });
    await whole.later();
    expect(whole.tickTick.shownDays(whole.task.id)).toEqual({ first: '2027-03-05', last: '2027-03-05' });
    await whole.user.ticktick.tasks.update(whole.task, {
      schedule: { at: '2027-03-04T15:00:00+01:00', durationMinutes: 60 },
    });
    await whole.later();
    expect(due()).toBe('2027-03-04T15:00:00Z');
    whole.board.update(whole.itemId, { 'Microsoft.VSTS.Scheduling.DueDate': '2027-03-05T00:00:00Z' });
    await whole.later();
    expect(whole.tickTick.task(whole.task.id)).toMatchObject({
      startDate: '2027-03-05T14:00:00.000+0000',
      dueDate: '2027-03-05T15:00:00.000+0000',
    });
    whole.board.update(whole.itemId, { 'Microsoft.VSTS.Scheduling.DueDate': null });
    await whole.later();
    expect(whole.tickTick.task(whole.task.id)?.dueDate).toBeUndefined();
    // The block is moved for the new date, once.
    await whole.later();
    whole.started.sandbox.clearRequests();
    await whole.later();
    expect(whole.writes()).toEqual([]);
  });

  test('23.links: a day that was set in Azure DevOps, as a midnight of the zone of who set it, is a day', async () => {
    const whole = await openWhole({ links: { create: 'always', rules: { due: 'merge' } } });
    const { user, board, tickTick, task, itemId, later } = whole;
    const schedule = { day: { date: '2027-03-04', timeZone: 'Europe/Berlin' } };
    await user.ticktick.tasks.update(task, { schedule });
    await later();
    board.update(itemId, { 'Microsoft.VSTS.Scheduling.DueDate': '2027-03-04T23:00:00Z' });
    await later();
    expect(tickTick.task(task.id)).toMatchObject({ isAllDay: true });
    expect(tickTick.shownDays(task.id)).toEqual({ first: '2027-03-05', last: '2027-03-05' });
    await user.ticktick.tasks.update(task, {
      schedule: { at: '2027-03-04T15:00:00+01:00', durationMinutes: 60 },
    });
    await later();
    board.update(itemId, { 'Microsoft.VSTS.Scheduling.DueDate': '2027-03-05T23:00:00Z' });
    await later();
    expect(tickTick.task(task.id)).toMatchObject({ dueDate: '2027-03-06T15:00:00.000+0000' });
    await later();
    whole.started.sandbox.clearRequests();
    expect(await user.links.sync(task.id)).toMatchObject({ writes: 0, link: { conflicts: [] } });
    expect(whole.writes()).toEqual([]);
    expect(board.get(itemId)?.fields['Microsoft.VSTS.Scheduling.DueDate']).toBe('2027-03-05T23:00:00Z');
    // The user travels, and dates the task there: that is no other day of the item.
    await user.ticktick.tasks.update(task, {
      schedule: { day: { date: '2027-03-08', timeZone: 'America/New_York' } },
    });
    expect(await user.links.sync(task.id)).toMatchObject({ writes: 1, link: { conflicts: [] } });
    expect(board.get(itemId)?.fields['Microsoft.VSTS.Scheduling.DueDate']).toBe('2027-03-08T00:00:00Z');
  });

  test('18.5: a task in a zone that this runtime does not know keeps its time', async () => {
    const whole = await openWhole({ links: { create: 'always', rules: { due: 'merge' } } });
    const dates = { startDate: '2027-03-04T14:00:00.000+0000', dueDate: '2027-03-04T15:00:00.000+0000' };
    whole.tickTick.updateTask(whole.task.id, { ...dates, timeZone: 'Mars/Base', isFloating: true });
    await whole.later();
    whole.board.update(whole.itemId, { 'Microsoft.VSTS.Scheduling.DueDate': '2027-03-05T00:00:00Z' });
    await whole.later();
    expect(whole.tickTick.task(whole.task.id)).toMatchObject({ dueDate: '2027-03-05T15:00:00.000+0000' });
  });
});

describe('the calls', () => {
  test('23.links: on request: nothing is linked unless it is asked for', async () => {
    const { user, tickTick, later, project } = await openLinks({ links: {} });
    const task = tickTick.createTask({ title: 'Write' });
    await later();
    await user.createWorkItem(task, { project });
    expect(await user.links.list()).toEqual([]);
    await user.createWorkItem(task, { project, link: true });
    expect((await user.links.get(task.id)).sides.map(({ side }) => side)).toEqual(['task', 'work-item']);
  });

  test('23.links: linked by hand: what differs at first is a conflict', async () => {
    const { user, tickTick, board, later } = await openLinks({ links: {} });
    const task = tickTick.createTask({ title: 'Write' });
    const item = board.create({ type: 'Bug', fields: { 'System.Title': 'Broken' } });
    await later();
    const { link, writes } = await user.links.create(task, { workItemId: item.id });
    expect(link.conflicts).toMatchObject([{ field: 'title' }]);
    expect(writes).toBe(0);
    await user.links.resolve(task.id, 'title', { side: 'task' });
    expect(board.get(item.id)?.fields['System.Title']).toBe('Write');
  });

  test('23.links: removed: nothing follows any more, and the sides stay', async () => {
    const whole = await openWhole();
    await whole.user.links.remove(whole.task.id);
    await whole.user.links.remove(whole.task.id);
    await expect(whole.user.links.get(whole.task.id)).rejects.toThrow(NotFoundError);
    whole.board.update(whole.itemId, { 'System.Title': 'Alone' });
    await whole.later();
    expect(titles(whole)).toMatchObject({ task: 'Write the report', item: 'Alone' });
  });

  test('23.links: wrong arguments are named', async () => {
    const { user } = await openLinks();
    await expect(user.links.create({ id: 't' }, { rules: { title: 'both' as never } })).rejects.toThrow(
      'rules.title must be one of merge, task, off.',
    );
    await expect(user.links.resolve('t', 'name' as never, { side: 'task' })).rejects.toThrow(
      InvalidRequestError,
    );
    await expect(user.links.resolve('t', 'title', {} as never)).rejects.toThrow('decision must be');
    await expect(user.links.sync('t')).rejects.toThrow(NotFoundError);
    await expect(openLinks({ links: { create: 'sometimes' as never } })).rejects.toThrow('links.create');
  });

  test('23.links: one link that fails takes no other', async () => {
    const whole = await openWhole();
    const other = whole.tickTick.createTask({ title: 'Other' });
    await whole.later();
    const otherItem = await whole.user.createWorkItem(other, { project: whole.project });
    whole.tickTick.updateTask(whole.task.id, { title: '' });
    whole.board.update(otherItem.id, { 'System.Title': 'Other, renamed' });
    whole.board.update(whole.itemId, { 'System.State': 'Closed' });
    const outcomes = await whole.user.links.syncAll();
    expect(outcomes).toHaveLength(2);
    expect(whole.tickTick.task(other.id)?.title).toBe('Other, renamed');
  });

  test('23.links: a service that is down keeps the others from nothing, and is caught up with', async () => {
    const whole = await openWhole();
    const { faults } = whole.started.sandbox;
    whole.tickTick.updateTask(whole.task.id, { title: 'Meanwhile' });
    faults.inject({ kind: 'status', status: 503 }, { rate: 1, host: 'dev.azure.com' });
    const synced = await whole.user.links.sync(whole.task.id);
    expect(synced.failures).toMatchObject([{ side: 'work-item' }]);
    expect(titles(whole)).toMatchObject({ block: 'Meanwhile', item: 'Write the report' });
    faults.clear();
    expect(await whole.user.links.sync(whole.task.id)).toMatchObject({ writes: 1, failures: [] });
    expect(titles(whole)).toMatchObject({ item: 'Meanwhile' });
  });
});
