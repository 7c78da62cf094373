import type { ContextEvent, ContextOptions, User } from '@context-sdk/context';
import type { JsonObject, Sandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startContext, type Started } from '../support/start-context.ts';
import { startDeliveries } from '../support/start-deliveries.ts';

/** A Monday at 10:00 in Berlin. */
const NOW = new Date('2027-03-01T10:00:00+01:00');
const WEEK = { from: '2027-03-01T00:00:00+01:00', to: '2027-03-06T00:00:00+01:00' };
const HOUR = { durationMinutes: 60, within: WEEK };

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

type Phone = ReturnType<Sandbox['google']['testUser']>['calendar'];

interface Setting {
  user: User;
  started: Started;
  phone: Phone;
  tickTick: ReturnType<Sandbox['ticktick']['testUser']>;
  events: ContextEvent[];
  /** Two minutes later, maintenance runs. */
  later: () => Promise<void>;
}

async function open(options: Partial<ContextOptions> = {}): Promise<Setting> {
  const events: ContextEvent[] = [];
  const started = startContext({
    sandbox: { seed: 'empty' },
    baseUrl: 'http://localhost:8000',
    push: false,
    onEvent: (event) => void events.push(event),
    ...options,
  });
  const { sandbox, context } = started;
  const user = await started.connectedUser();
  await context.runMaintenance();
  return {
    user,
    started,
    events,
    phone: sandbox.google.testUser().calendar,
    tickTick: sandbox.ticktick.testUser(),
    later: async () => {
      vi.setSystemTime(Date.now() + 2 * 60_000);
      await context.runMaintenance();
    },
  };
}

function at(clock: string, day = 1): string {
  return `2027-03-0${day}T${clock}:00+01:00`;
}

function wire(clock: string, day = 1): string {
  return new Date(at(clock, day)).toISOString().replace('Z', '+0000');
}

function blocks(phone: Phone, calendarId?: string): ReturnType<Phone['events']> {
  return phone.events(calendarId).filter(({ status }) => status === 'confirmed');
}

function momentOf(event: ReturnType<Phone['events']>[number] | undefined, side: 'start' | 'end'): number {
  const { dateTime } = (event?.[side] ?? {}) as { dateTime?: string };
  return Date.parse(dateTime ?? '');
}

describe('a block follows its task', () => {
  test.for(['completed', 'abandoned', 'deleted'] as const)('23.3: %s: it is free again', async (what) => {
    const { user, phone, tickTick, later, events } = await open();
    const task = tickTick.createTask({ title: 'Write' });
    await later();
    await user.blockTime(task, { ...HOUR, within: { ...WEEK, from: at('12:00') } });
    if (what === 'completed') await user.ticktick.tasks.complete(task);
    else if (what === 'abandoned') await user.ticktick.tasks.abandon(task);
    else await user.ticktick.tasks.delete(task);
    await later();
    expect(blocks(phone)).toEqual([]);
    // The host hears of the task as before.
    const types = events.filter(({ source }) => source === 'ticktick').map(({ type }) => type);
    expect(types.at(-1)).toBe(what === 'deleted' ? 'task.deleted' : 'task.completed');
  });

  test('23.3: what has begun ends, and what was worked stays', async () => {
    const { user, phone, tickTick, later } = await open();
    const task = tickTick.createTask({ title: 'Write' });
    await later();
    const { event } = await user.blockTime(task, HOUR);
    vi.setSystemTime(new Date(at('10:40')));
    await user.ticktick.tasks.complete(task);
    await later();
    const [left] = blocks(phone);
    expect(left).toMatchObject({ id: event.id });
    expect(momentOf(left, 'end')).toBe(Date.parse(at('10:43')));
  });

  test('23.3: renamed and moved: it has the new title and the new link', async () => {
    const { user, phone, tickTick, later } = await open();
    const project = await user.ticktick.projects.create({ name: 'Elsewhere' });
    const task = tickTick.createTask({ title: 'Write' });
    await later();
    await user.blockTime(task, HOUR);
    await user.ticktick.tasks.update(task, { title: 'Write it up' });
    await later();
    expect(blocks(phone)).toMatchObject([{ summary: 'Write it up' }]);
    await user.ticktick.tasks.move(task, project.id);
    await later();
    expect(blocks(phone)).toMatchObject([{ source: { url: expect.stringContaining(project.id) as string } }]);
  });

  test('23.3: re-dated: it moves only if it has to', async () => {
    const { user, phone, tickTick, later } = await open();
    const task = tickTick.createTask({ title: 'Write', dueDate: wire('18:00', 3) });
    await later();
    await user.blockTime(task, { ...HOUR, within: { ...WEEK, from: at('12:00', 2) } });
    await user.ticktick.tasks.update(task, { dueDate: new Date(at('18:00', 4)) });
    await later();
    expect(blocks(phone)).toMatchObject([{ start: { dateTime: at('12:00', 2) } }]);
    await user.ticktick.tasks.update(task, { dueDate: new Date(at('18:00', 1)) });
    await later();
    const [moved] = blocks(phone);
    expect(momentOf(moved, 'start')).toBeLessThan(Date.parse(at('18:00')));
  });

  test('23.3: a new title does not move it from where it was blocked before the task begins', async () => {
    const { user, phone, tickTick, later } = await open();
    const times = { startDate: wire('10:00', 4), dueDate: wire('12:00', 4) };
    const { id } = tickTick.createTask({ title: 'Write', ...times });
    await later();
    await user.blockTime(await user.ticktick.tasks.get(id), {
      ...HOUR,
      within: { ...WEEK, from: at('12:00', 2) },
    });
    tickTick.updateTask(id, { title: 'Write it up' });
    await later();
    expect(blocks(phone)).toMatchObject([{ summary: 'Write it up', start: { dateTime: at('12:00', 2) } }]);
    tickTick.updateTask(id, { startDate: wire('09:00', 4) });
    await later();
    expect(blocks(phone)).toMatchObject([{ start: { dateTime: at('09:00', 4) } }]);
  });

  test.each([
    ['of days', { isAllDay: true, dueDate: '2027-03-02T10:00:00.000+0000' }],
    ['that floats', { isFloating: true, dueDate: '2027-03-03T03:00:00.000+0000' }],
  ])('23.3: a task %s of another zone: a new title is not another date', async (_name, dates: JsonObject) => {
    const { user, started, phone, tickTick, later } = await open();
    const task = tickTick.createTask({ title: 'Write', timeZone: 'Pacific/Kiritimati', ...dates });
    await later();
    await user.blockTime(await user.ticktick.tasks.get(task), HOUR);
    await later();
    started.sandbox.clearRequests();
    tickTick.updateTask(task.id, { title: 'Write it up' });
    await later();
    expect(blocks(phone)).toMatchObject([{ summary: 'Write it up' }]);
    expect(started.sandbox.requests.filter(({ query }) => query['timeMin'] !== undefined)).toEqual([]);
  });

  test('18.5: a task in a zone that this runtime does not know', async () => {
    const { user, phone, tickTick, later } = await open();
    const day = { isAllDay: true, timeZone: 'Mars/Base' };
    const task = tickTick.createTask({ title: 'Write', dueDate: wire('01:00', 3), ...day });
    await later();
    await user.blockTime(await user.ticktick.tasks.get(task), HOUR);
    tickTick.updateTask(task.id, { title: 'Write it up' });
    await later();
    expect(blocks(phone)).toMatchObject([{ summary: 'Write it up' }]);
  });

  test('23.3: no other time is left: it stays, and the host is told', async () => {
    const { user, phone, tickTick, later, events } = await open();
    const task = tickTick.createTask({ title: 'Write', dueDate: wire('18:00', 3) });
    await later();
    await user.blockTime(task, { ...HOUR, within: { ...WEEK, from: at('12:00', 2) }, due: 'require' });
    phone.addEvent({ summary: 'Away', start: { dateTime: at('00:00') }, end: { dateTime: at('11:00', 2) } });
    await user.ticktick.tasks.update(task, { dueDate: new Date(at('18:00', 1)) });
    await later();
    expect(events.filter(({ type }) => type === 'block.outdated')).toMatchObject([
      { userId: 'ada', data: { taskId: task.id, isDeleted: false } },
    ]);
    expect(blocks(phone)).toHaveLength(2);
  });

  test('23.3: a recurring task: the occurrence that is done gives up its block, the next keeps its own', async () => {
    const { user, phone, tickTick, later } = await open();
    const task = tickTick.createTask({
      title: 'Daily',
      dueDate: wire('18:00', 2),
      startDate: wire('18:00', 2),
      timeZone: 'Europe/Berlin',
      repeatFlag: 'RRULE:FREQ=DAILY',
    });
    await later();
    const plan = await user.plan({
      tasks: [await user.ticktick.tasks.get(task)],
      within: { from: WEEK.from, to: '2027-03-04T00:00:00+01:00' },
    });
    await user.apply(plan);
    expect(blocks(phone)).toHaveLength(2);
    await user.ticktick.tasks.complete(task);
    await later();
    expect(blocks(phone)).toMatchObject([
      { start: { dateTime: expect.stringContaining('2027-03-03') as string } },
    ]);
  });

  test('23.3: wherever the user has moved it', async () => {
    const { user, phone, tickTick, later } = await open();
    const work = phone.addCalendar({ summary: 'Work' });
    const task = tickTick.createTask({ title: 'Write' });
    await later();
    const { event } = await user.blockTime(task, { ...HOUR, within: { ...WEEK, from: at('12:00') } });
    await user.calendar.events.move(event.id, work.id, { sendUpdates: 'none' });
    await user.ticktick.tasks.complete(task);
    await later();
    expect(blocks(phone, work.id)).toEqual([]);
  });

  test('23.3: also what happened while the host was down, and where Google is', async () => {
    const { user, phone, tickTick, started } = await open();
    const task = tickTick.createTask({ title: 'Write' });
    vi.setSystemTime(Date.now() + 2 * 60_000);
    await started.context.runMaintenance();
    await user.blockTime(task, { ...HOUR, within: { ...WEEK, from: at('12:00', 3) } });
    await user.ticktick.tasks.complete(task);
    vi.setSystemTime(new Date(at('10:00', 2)));
    let isDown = true;
    const fetchUnlessDown: typeof fetch = async (input, init) => {
      const request = new Request(input, init);
      if (isDown && request.url.includes('googleapis')) return new Response('down', { status: 503 });
      return await started.sandbox.fetch(request);
    };
    const again = startContext({
      emulated: started.sandbox,
      store: started.store,
      baseUrl: 'http://localhost:8000',
      push: false,
      fetch: fetchUnlessDown,
    });
    await again.context.runMaintenance();
    expect(blocks(phone)).toHaveLength(1);
    isDown = false;
    vi.setSystemTime(new Date(at('12:00', 2)));
    await again.context.runMaintenance();
    expect(blocks(phone)).toEqual([]);
  });

  test('23.3: through webhooks', async () => {
    const { context, sandbox, everything } = startDeliveries({ dialect: 'guide' });
    const user = await everything();
    await context.subscriptions.ensure('ada');
    const phone = sandbox.google.testUser().calendar;
    const task = await user.ticktick.tasks.create({ title: 'Write' });
    await user.blockTime(task, { ...HOUR, within: { ...WEEK, from: at('12:00') } });
    sandbox.ticktick.testUser().deleteTask(task.id);
    await vi.waitFor(() => expect(blocks(phone)).toEqual([]));
  });
});

describe('as the host wants it', () => {
  test('23.3: ask: the host is told, and decides', async () => {
    const { user, phone, tickTick, later, events } = await open({ onTaskChange: 'ask' });
    const task = tickTick.createTask({ title: 'Write' });
    await later();
    const { event } = await user.blockTime(task, { ...HOUR, within: { ...WEEK, from: at('12:00') } });
    await user.ticktick.tasks.complete(task);
    await later();
    const told = events.find(({ type }) => type === 'block.outdated');
    expect(told?.data).toMatchObject({ taskId: task.id, blocks: [{ eventId: event.id }] });
    expect(blocks(phone)).toHaveLength(1);
    expect(await user.followTask(task)).toEqual({ did: 'freed', blocks: [] });
    expect(await user.followTask(task)).toEqual({ did: 'nothing', blocks: [] });
    expect(blocks(phone)).toEqual([]);
  });

  test('23.3: leave: nothing happens; a block can say otherwise', async () => {
    const { user, phone, tickTick, later, events } = await open({ onTaskChange: 'leave' });
    const [left, followed] = ['Left', 'Followed'].map((title) => tickTick.createTask({ title }));
    await later();
    const range = { ...HOUR, within: { ...WEEK, from: at('12:00') } };
    if (left === undefined || followed === undefined) throw new Error('There are no tasks.');
    await user.blockTime(left, range);
    await user.blockTime(followed, { ...range, onTaskChange: 'follow' });
    await user.ticktick.tasks.complete(left);
    await user.ticktick.tasks.complete(followed);
    await later();
    expect(blocks(phone)).toMatchObject([{ summary: 'Left' }]);
    expect(events.filter(({ type }) => type === 'block.outdated')).toEqual([]);
  });

  test('23.3: what else happens to tasks costs Google nothing', async () => {
    const { started, tickTick, later, user } = await open();
    const task = tickTick.createTask({ title: 'Not blocked' });
    await later();
    started.sandbox.clearRequests();
    await user.ticktick.tasks.update(task, { title: 'Renamed' });
    await later();
    const { requests } = started.sandbox;
    const reads = requests.filter(
      ({ query, path }) => path.includes('/events') && query['syncToken'] === undefined,
    );
    expect(reads).toEqual([]);
  });

  test('23.3: another word for it is refused', async () => {
    await expect(open({ onTaskChange: 'perhaps' as never })).rejects.toThrow('onTaskChange must be one of');
  });
});
