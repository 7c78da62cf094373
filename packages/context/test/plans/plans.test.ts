import { type Plan, type PlanOptions, type PlanTask, tickTickGateway, type User } from '@context-sdk/context';
import { offsetAt } from '@context-sdk/oauth-core/client-kit';
import type { Sandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { providersOf, startContext, type Started } from '../support/start-context.ts';

/** A Monday, before work. */
const NOW = new Date('2027-03-01T07:00:00+01:00');
const WEEK = { from: '2027-03-01T00:00:00+01:00', to: '2027-03-06T00:00:00+01:00' };
const OFFICE = [['09:00', '17:00']] as const;
const HOURS = { mon: OFFICE, tue: OFFICE, wed: OFFICE, thu: OFFICE, fri: OFFICE };
const COMMON = { within: WEEK, workingHours: HOURS, lunch: ['12:00', '13:00'] } as const;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

type Phone = ReturnType<Sandbox['google']['testUser']>['calendar'];

interface Setting {
  user: User;
  sandbox: Sandbox;
  started: Started;
  phone: Phone;
  plan: (tasks: readonly PlanTask[], more?: Partial<PlanOptions>) => Promise<Plan>;
}

async function open(): Promise<Setting> {
  const started = startContext({ sandbox: { seed: 'empty' } });
  const { sandbox } = started;
  const user = await started.connectedUser();
  return {
    user,
    sandbox,
    started,
    phone: sandbox.google.testUser().calendar,
    plan: (tasks, more = {}) => user.plan({ ...COMMON, ...more, tasks }),
  };
}

function at(clock: string, day = 1): string {
  return `2027-03-0${day}T${clock}:00+01:00`;
}

function wire(clock: string, day = 1): string {
  return new Date(at(clock, day)).toISOString().replace('Z', '+0000');
}

function meeting(from: string, to: string, day = 1) {
  return { summary: 'Meeting', start: { dateTime: at(from, day) }, end: { dateTime: at(to, day) } };
}

function task(title: string, more: Partial<PlanTask> = {}): PlanTask {
  return { id: `id-${title}`, projectId: 'p1', title, durationMinutes: 60, ...more };
}

function brief({ pieces }: Plan): string[] {
  return pieces.map(({ title, start, end }) => `${title} ${start.slice(8, 16)} ${end.slice(11, 16)}`);
}

function confirmed(phone: Phone): ReturnType<Phone['events']> {
  return phone.events().filter(({ status }) => status === 'confirmed');
}

function writes(sandbox: Sandbox): number {
  return sandbox.requests.filter(({ method, path }) => method !== 'GET' && path.includes('/events')).length;
}

describe('plan', () => {
  test('23.2: proposes pieces with their reasons, and writes nothing', async () => {
    const { plan, phone, sandbox } = await open();
    phone.addEvent(meeting('10:00', '11:00'));
    sandbox.clearRequests();
    const week = await plan([
      task('Report', { durationMinutes: 120, dueDate: wire('17:00'), priority: 5 }),
      task('Reading'),
    ]);
    expect(brief(week)).toEqual(['Report 01T09:00 10:00', 'Report 01T11:00 12:00', 'Reading 01T13:00 14:00']);
    expect(week.pieces.map(({ reason, action }) => [reason, action])).toEqual([
      ['the first free time, before it is due at 17:00', 'create'],
      ['after your 10:00, before it is due at 17:00', 'create'],
      ['the first free time', 'create'],
    ]);
    expect([week.late, week.unplaced, week.removed, writes(sandbox)]).toEqual([[], [], [], 0]);
    expect(JSON.parse(JSON.stringify(week))).toEqual(week);
  });

  test('23.2: no piece comes after a meeting that the user declined, nor after one that does not count', async () => {
    const { plan, phone } = await open();
    const me = { email: 'ada@example.com', self: true, responseStatus: 'declined' };
    phone.addEvent({ ...meeting('08:00', '09:00'), attendees: [me] });
    expect((await plan([task('Write')])).pieces).toMatchObject([{ reasons: ['start_of_hours'] }]);
    phone.addEvent({ ...meeting('08:30', '09:00'), status: 'tentative' });
    expect((await plan([task('Write')])).pieces).toMatchObject([{ reasons: ['after_event'] }]);
    const counts = { tentative: false };
    expect((await plan([task('Write')], { counts })).pieces).toMatchObject([{ reasons: ['start_of_hours'] }]);
  });

  test('23.2: reads each calendar once, and the list of calendars', async () => {
    const { plan, phone, sandbox } = await open();
    for (let index = 0; index < 3; index += 1) phone.addCalendar({ summary: `Calendar ${index}` });
    sandbox.clearRequests();
    await plan(Array.from({ length: 20 }, (_, index) => task(`Number ${index}`)));
    expect(sandbox.requests).toHaveLength(5);
  });

  test('23.2: says what is late and what has no place, and why', async () => {
    const { plan } = await open();
    const week = await plan([
      task('Overdue', { dueDate: '2027-02-20T09:00:00.000+0000' }),
      task('Far', { earliest: at('09:00', 9) }),
      task('Whole', { durationMinutes: 300, splittable: false }),
    ]);
    expect(week.late).toEqual([{ taskId: 'id-Overdue', minutes: 60 }]);
    expect(week.pieces[0]).toMatchObject({ reasons: ['start_of_hours', 'after_due'] });
    expect(week.unplaced).toEqual([
      { taskId: 'id-Far', minutes: 60, reason: 'begins_after_range', text: expect.any(String) as string },
      {
        taskId: 'id-Whole',
        minutes: 300,
        reason: 'no_stretch_long_enough',
        text: 'no free stretch is as long as its shortest piece',
      },
    ]);
  });

  test('23.2: keeps to hours of single tasks, the hours of a day, buffers, notice, and what is due by day', async () => {
    const { plan, phone } = await open();
    phone.addEvent(meeting('13:00', '14:00'));
    const afternoons = { mon: [['14:00', '17:00']], tue: [['14:00', '17:00']] } as const;
    const week = await plan(
      [
        task('Afternoon', { hours: afternoons, durationMinutes: 90 }),
        task('Long', { durationMinutes: 240, maxPieceMinutes: 120 }),
      ],
      { bufferMinutes: { before: 15 }, maxHoursPerDay: 3, minimumNoticeMinutes: 180 },
    );
    expect(brief(week)).toEqual([
      'Long 01T10:00 11:30',
      'Afternoon 01T14:15 15:45',
      'Long 02T09:00 11:00',
      'Long 02T11:15 11:45',
    ]);
    const perDay = new Map<string, number>();
    for (const { start, end } of week.pieces) {
      const day = start.slice(0, 10);
      perDay.set(day, (perDay.get(day) ?? 0) + (Date.parse(end) - Date.parse(start)) / 60_000);
    }
    expect(Math.max(...perDay.values())).toBeLessThanOrEqual(180);
  });

  test('23.2: each occurrence of a recurring task is work of its own day', async () => {
    const { plan } = await open();
    const daily = task('Daily', {
      repeatFlag: 'RRULE:FREQ=DAILY',
      dueDate: wire('17:00'),
      timeZone: 'Europe/Berlin',
      durationMinutes: 30,
    });
    const week = await plan([daily], { within: { ...WEEK, to: '2027-03-04T00:00:00+01:00' } });
    expect(week.pieces.map(({ occurrence, start }) => [occurrence, start.slice(0, 16)])).toEqual([
      ['2027-03-01', '2027-03-01T09:00'],
      ['2027-03-02', '2027-03-02T09:00'],
      ['2027-03-03', '2027-03-03T09:00'],
    ]);
    expect(week.late).toEqual([]);
  });

  test('23.2: no occurrence is planned before it begins', async () => {
    const { plan } = await open();
    const daily = task('Daily', {
      startDate: wire('10:00'),
      dueDate: wire('17:00'),
      timeZone: 'Europe/Berlin',
      repeatFlag: 'RRULE:FREQ=DAILY',
    });
    const within = { ...WEEK, to: at('00:00', 4) };
    expect(brief(await plan([daily], { within }))).toEqual([
      'Daily 01T10:00 11:00',
      'Daily 02T10:00 11:00',
      'Daily 03T10:00 11:00',
    ]);
  });

  test('23.2: without an estimate, the length of a task from its start to its due time, or the default', async () => {
    const { plan } = await open();
    const span = task('Span', {
      startDate: wire('14:00', 2),
      dueDate: wire('15:30', 2),
      durationMinutes: undefined,
    });
    const week = await plan([span, task('None', { durationMinutes: undefined })], { durationMinutes: 45 });
    expect(brief(week)).toEqual(['None 01T09:00 09:45', 'Span 02T14:00 15:30']);
  });

  test.for([
    [{ tasks: [{ ...task('A'), durationMinutes: 0 }] }, 'tasks[0].durationMinutes'],
    [{ tasks: [task('A'), task('A')] }, 'tasks[1].id'],
    [{ tasks: [{ ...task('A'), title: 5 as never }] }, 'tasks[0].title'],
    [{ tasks: 'all' as never }, 'tasks'],
    [{ tasks: [], lunch: ['13:00', '12:00'] as [string, string] }, 'lunch'],
    [{ tasks: [], maxHoursPerDay: 25 }, 'maxHoursPerDay'],
    [{ tasks: [], onTaskChange: 'maybe' as never }, 'onTaskChange'],
    [{ tasks: [], protekted: true } as never, 'protekted'],
  ] as const)('23.2: %j is refused, and named', async ([options, field]) => {
    const { user, sandbox } = await open();
    sandbox.clearRequests();
    await expect(user.plan({ ...COMMON, ...(options as { tasks: PlanTask[] }) })).rejects.toMatchObject({
      field,
    });
    expect(sandbox.requests).toEqual([]);
  });
});

describe('apply', () => {
  const TASKS = [
    task('Report', { durationMinutes: 240, dueDate: wire('17:00', 2), priority: 5 }),
    task('Slides', { durationMinutes: 90, splittable: false }),
    task('Reading', { durationMinutes: 120, maxPieceMinutes: 60 }),
  ];

  test('23.2: writes once; the same input gives the same plan, and zero writes', async () => {
    const { user, plan, phone, sandbox } = await open();
    phone.addEvent(meeting('10:00', '11:00'));
    const first = await plan(TASKS);
    expect(await plan(TASKS)).toEqual(first);
    const applied = await user.apply(first);
    expect([applied.isComplete, applied.pieces.map(({ outcome }) => outcome)]).toEqual([
      true,
      first.pieces.map(() => 'created'),
    ]);
    expect(confirmed(phone)).toHaveLength(first.pieces.length + 1);
    sandbox.clearRequests();
    const again = await user.apply(first);
    expect([again.isComplete, sandbox.requests]).toEqual([true, []]);
    const second = await plan(TASKS);
    expect([brief(second), second.pieces.every(({ action }) => action === 'keep')]).toEqual([
      brief(first),
      true,
    ]);
    const nothing = await user.apply(second);
    expect([nothing.pieces.every(({ outcome }) => outcome === 'unchanged'), writes(sandbox)]).toEqual([
      true,
      0,
    ]);
  });

  test('23.2: a plan that went through JSON, by another process, in turn with blockTime', async () => {
    const { plan, started, sandbox, phone } = await open();
    const elsewhere = startContext({ emulated: sandbox, store: started.store }).context.user('ada');
    const week = JSON.parse(JSON.stringify(await plan(TASKS))) as Plan;
    const [applied, blocked] = await Promise.all([
      elsewhere.apply(week),
      elsewhere.blockTime(task('Call'), { durationMinutes: 60, within: WEEK, workingHours: HOURS }),
    ]);
    expect(applied.isComplete).toBe(true);
    const starts = applied.pieces.map(({ slot }) => slot?.start);
    expect(starts).not.toContain(blocked.slot.start);
    expect(confirmed(phone)).toHaveLength(week.pieces.length + 1);
  });

  test('23.2: what something else has taken is not written, and the outcome says so', async () => {
    const { user, plan, phone } = await open();
    const week = await plan(TASKS);
    phone.addEvent(meeting('09:30', '10:00'));
    const { isComplete, pieces } = await user.apply(week);
    expect(isComplete).toBe(false);
    expect(pieces.filter(({ outcome }) => outcome === 'taken').map(({ slot }) => slot?.start)).toEqual([
      at('09:00'),
    ]);
    const next = await user.replan(week);
    expect((await user.apply(next)).isComplete).toBe(true);
  });

  test('23.2: a block that the user changed since the plan was made stays as they left it', async () => {
    const { user, plan, phone } = await open();
    const week = await plan(TASKS);
    await user.apply(week);
    const busy = phone.addEvent(meeting('09:00', '12:00'));
    const next = await user.replan(week);
    const moved = next.pieces.find(({ action }) => action === 'change');
    phone.updateEvent(moved?.block?.eventId ?? '', {
      start: { dateTime: at('15:00', 5) },
      end: { dateTime: at('16:00', 5) },
    });
    const { pieces } = await user.apply(next);
    expect(pieces.filter(({ outcome }) => outcome === 'conflict').map(({ event }) => event?.id)).toEqual([
      moved?.block?.eventId,
    ]);
    expect(busy.status).toBe('confirmed');
  });

  test('23.2: a block that has another look or text since the plan was made goes where the plan says', async () => {
    const { user, plan, phone } = await open();
    const week = await plan(TASKS);
    await user.apply(week);
    phone.addEvent(meeting('09:00', '12:00'));
    const done = TASKS.slice(-1).map((last) => ({ ...last, status: 2 }));
    const next = await user.replan(week, { tasks: [...TASKS.slice(0, -1), ...done] });
    const places = [...next.pieces.flatMap(({ block }) => block ?? []), ...next.removed];
    expect(next.pieces.map(({ action }) => action)).toContain('change');
    expect(next.removed.length).toBeGreaterThan(0);
    for (const { eventId } of places) phone.updateEvent(eventId, { colorId: '5', location: 'At home' });
    const { isComplete, pieces } = await user.apply(next);
    expect(pieces.filter(({ outcome }) => outcome === 'conflict')).toEqual([]);
    expect(isComplete).toBe(true);
    expect(confirmed(phone).map(({ colorId }) => colorId)).toContain('5');
  });

  test('23.2: a failure of one piece takes no other, and applying again goes on', async () => {
    const { user, plan, phone, sandbox } = await open();
    const week = await plan(TASKS);
    sandbox.google.failNext({ reason: 'forbidden', method: 'calendar.events.insert' });
    const first = await user.apply(week);
    expect(first.pieces.filter(({ outcome }) => outcome === 'failed')).toHaveLength(1);
    const second = await user.apply(week);
    expect(second.isComplete).toBe(true);
    expect(confirmed(phone)).toHaveLength(week.pieces.length);
  });

  test.for([
    [{ id: '' }, 'plan.id'],
    [{ pieces: 'none' as never }, 'plan.pieces'],
    [{ pieces: [{ taskId: 'a', start: 'soon', end: 'later' }] as never }, 'plan.pieces[0]'],
    [{ removed: [{}] as never }, 'plan.removed[0]'],
    [{ request: undefined as never }, 'plan.request'],
  ] as const)('23.2: a plan with %j is refused, and says why', async ([change, field]) => {
    const { user, plan, sandbox } = await open();
    const week = await plan(TASKS);
    sandbox.clearRequests();
    await expect(user.apply({ ...week, ...change })).rejects.toMatchObject({ field });
    expect(sandbox.requests).toEqual([]);
  });
});

describe('apply, after tasks have changed', () => {
  const planned = async () => {
    const setting = await open();
    const { user } = setting;
    const make = (title: string) => user.ticktick.tasks.create({ title });
    const [done, gone, old] = [await make('Done'), await make('Gone'), await make('Old')];
    const week = await setting.plan([done, gone, old, await make('Same')]);
    return { ...setting, week, done, gone, old };
  };
  const titles = (phone: Phone) => confirmed(phone).map(({ summary }) => summary);

  test('23.2: a task that is done or gone by then gets no block, one with another name gets that', async () => {
    const { user, phone, sandbox, week, done, gone, old } = await planned();
    await user.ticktick.tasks.complete(done);
    await user.ticktick.tasks.delete(gone);
    await user.ticktick.tasks.update(old, { title: 'New' });
    sandbox.clearRequests();
    const { isComplete, pieces } = await user.apply(week);
    expect([isComplete, pieces.map(({ outcome }) => outcome)]).toEqual([
      true,
      ['ended', 'ended', 'created', 'created'],
    ]);
    expect(titles(phone)).toEqual(['New', 'Same']);
    const reads = sandbox.requests.filter(({ path }) => path.startsWith('/open/v1/'));
    expect(reads.map(({ path }) => path)).toEqual([
      '/open/v1/task/filter',
      '/open/v1/task/filter',
      '/open/v1/project',
    ]);
  });

  test('23.2: TickTick that can not be asked keeps no plan from being written', async () => {
    const { phone, sandbox, started, week } = await planned();
    const offline = startContext({
      store: started.store,
      emulated: sandbox,
      fetch: async (input, init) => {
        const request = new Request(input, init);
        return request.url.includes('/task/filter')
          ? new Response(null, { status: 503 })
          : await sandbox.fetch(request);
      },
    }).context.user('ada');
    expect((await offline.apply(week)).isComplete).toBe(true);
    expect(titles(phone)).toHaveLength(4);
  });

  test('23.2: a gateway of the guide is asked, too, whose ids may have any form', async () => {
    const { phone, sandbox, started, plan } = await open();
    const week = await plan([task('Done'), task('Open'), task('Own')]);
    const { google } = providersOf(sandbox) ?? {};
    const gateway = startContext({
      store: started.store,
      emulated: sandbox,
      providers: {
        google,
        ticktick: { ...tickTickGateway({ origin: 'https://gateway.example' }), clientId: 'id' },
      },
      fetch: async (input, init) => {
        const request = new Request(input, init);
        if (!request.url.startsWith('https://gateway.example')) return await sandbox.fetch(request);
        return Response.json([{ id: 'id-Done', status: 2 }, { id: 'id-Open' }]);
      },
    }).context.user('ada');
    const { pieces } = await gateway.apply(week);
    expect(pieces.map(({ outcome }) => outcome)).toEqual(['ended', 'created', 'created']);
    expect(titles(phone)).toHaveLength(2);
  });

  test('23.2: a task of an archived project is still to be done', async () => {
    const { user, plan, phone, sandbox } = await open();
    const project = await user.ticktick.projects.create({ name: 'Shelf' });
    const shelved = await user.ticktick.tasks.create({ title: 'Shelved', projectId: project.id });
    const week = await plan([shelved]);
    sandbox.ticktick.testUser().archiveProject(project.id);
    expect((await user.apply(week)).pieces).toMatchObject([{ outcome: 'created' }]);
    expect(titles(phone)).toEqual(['Shelved']);
  });

  test.each([
    ['America/Los_Angeles', '2027-03-03T00:00:00-08:00', ['01', '02']],
    ['Pacific/Auckland', '2027-03-03T12:00:00+13:00', ['01', '02', '03']],
    ['Asia/Kathmandu', '2027-03-03T00:00:00+05:45', ['01', '02']],
  ])('23.2: occurrences of days are planned for the days of a user in %s', async (timeZone, to, expected) => {
    const { plan } = await open();
    const from = new Date(NOW.getTime() - 86_400_000).toISOString();
    const midnight = Date.parse('2027-03-01T00:00:00Z');
    const first = new Date(midnight - offsetAt(midnight, timeZone)).toISOString().replace('Z', '+0000');
    const daily = { startDate: first, dueDate: first, isAllDay: true, timeZone };
    const { pieces, unplaced } = await plan([task('Daily', { ...daily, repeatFlag: 'RRULE:FREQ=DAILY' })], {
      within: { from, to },
      workingHours: { ...HOURS, sun: OFFICE },
      timeZone,
    });
    expect(unplaced).toEqual([]);
    const days = expected.map((day) => `2027-03-${day}`);
    expect(new Set(pieces.map(({ occurrence }) => occurrence))).toEqual(new Set(days));
  });

  test('23.2: occurrences of another zone are planned before they are due', async () => {
    const { plan } = await open();
    // 16:00 of the same day in Los Angeles, which is the day before.
    const first = '2027-03-02T00:00:00.000+0000';
    const dates = { startDate: first, dueDate: first, timeZone: 'Asia/Tokyo' };
    const { pieces, late } = await plan([task('Call', { ...dates, repeatFlag: 'RRULE:FREQ=DAILY' })], {
      within: { from: NOW, to: '2027-03-04T00:00:00-08:00' },
      timeZone: 'America/Los_Angeles',
    });
    expect(late).toEqual([]);
    expect(pieces.map(({ start }) => start.slice(0, 16))).toEqual([
      '2027-03-01T09:00',
      '2027-03-02T09:00',
      '2027-03-03T09:00',
    ]);
  });

  test('23.2: a rule that is none keeps no task from being planned', async () => {
    const { plan } = await open();
    const odd = { repeatFlag: 'RRULE:FREQ=DAILY;UNTIL=never', timeZone: 'UTC' };
    const { pieces } = await plan([task('Odd', { ...odd, dueDate: wire('12:00') }), task('Other')]);
    expect(pieces.map(({ title }) => title).toSorted()).toEqual(['Odd', 'Other']);
  });

  test('23.2: an occurrence that was completed gets no block, the next ones do', async () => {
    const { user, plan, phone } = await open();
    const daily = await user.ticktick.tasks.create({
      title: 'Daily',
      startDate: wire('10:00'),
      dueDate: wire('10:30'),
      timeZone: 'Europe/Berlin',
      repeatFlag: 'RRULE:FREQ=DAILY;INTERVAL=1',
    });
    const week = await plan([daily], { within: { ...WEEK, to: at('00:00', 4) } });
    await user.ticktick.tasks.complete(daily);
    const { pieces } = await user.apply(week);
    expect(pieces.map(({ occurrence, outcome }) => [occurrence, outcome])).toEqual([
      ['2027-03-01', 'ended'],
      ['2027-03-02', 'created'],
      ['2027-03-03', 'created'],
    ]);
    expect(confirmed(phone)).toHaveLength(2);
  });
});

describe('replan', () => {
  test('23.2: a meeting that lands on a block moves that one alone', async () => {
    const { user, plan, phone } = await open();
    const tasks = ['One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven'].map((title) => task(title));
    const week = await plan(tasks);
    await user.apply(week);
    phone.addEvent(meeting('10:00', '11:00'));
    const next = await user.replan(week);
    expect(
      next.pieces.filter(({ action }) => action !== 'keep').map(({ title, start }) => [title, start]),
    ).toEqual([['Two', at('09:00', 2)]]);
    const { pieces } = await user.apply(next);
    expect(pieces.filter(({ outcome }) => outcome !== 'unchanged')).toMatchObject([
      { taskId: 'id-Two', outcome: 'changed' },
    ]);
    expect(confirmed(phone)).toHaveLength(8);
  });

  test('23.2: in a week without much room, what is late costs no more than planned anew, and most stays', async () => {
    const { user, plan, phone } = await open();
    for (let day = 1; day <= 5; day += 1) phone.addEvent(meeting('10:10', '10:50', day));
    const tasks = Array.from({ length: 60 }, (_, index) =>
      task(`Number ${index}`, { durationMinutes: 15 + (index % 3) * 10, minPieceMinutes: 15 }),
    );
    const week = await plan(tasks);
    await user.apply(week);
    const [first] = week.pieces;
    phone.addEvent({
      summary: 'Call',
      start: { dateTime: first?.start ?? '' },
      end: { dateTime: first?.end ?? '' },
    });
    const next = await user.replan(week);
    expect([week.unplaced, next.unplaced]).toEqual([[], []]);
    const moved = next.pieces.filter(({ action }) => action !== 'keep');
    expect(moved.length).toBeLessThanOrEqual(6);
  });

  test('23.2: so does a plan that was never applied', async () => {
    const { user, plan, phone } = await open();
    const week = await plan(['One', 'Two', 'Three'].map((title) => task(title)));
    phone.addEvent(meeting('09:00', '10:00'));
    const next = await user.replan(week);
    expect(brief(next)).toEqual(['Two 01T10:00 11:00', 'Three 01T11:00 12:00', 'One 01T13:00 14:00']);
  });

  test('23.2: what is urgent gets the time of what can wait, and nothing else moves', async () => {
    const { user, plan } = await open();
    const tasks = ['One', 'Two', 'Three'].map((title) => task(title));
    await user.apply(await plan(tasks));
    const urgent = task('Urgent', { dueDate: wire('11:00'), priority: 5 });
    const next = await plan([...tasks, urgent]);
    expect(next.late).toEqual([]);
    expect(next.pieces.filter(({ action }) => action === 'change')).toHaveLength(1);
    expect((await user.apply(next)).isComplete).toBe(true);
  });

  test('23.2: protected blocks never move, nor those that the user has put somewhere', async () => {
    const { user, plan, phone } = await open();
    const tasks = [task('Safe', { protected: true }), task('Hand'), task('Other')];
    const week = await plan(tasks);
    const { pieces } = await user.apply(week);
    const hand = pieces.find(({ taskId }) => taskId === 'id-Hand')?.event;
    phone.updateEvent(hand?.id ?? '', { start: { dateTime: at('18:00') }, end: { dateTime: at('19:00') } });
    phone.addEvent(meeting('09:00', '12:00'));
    const urgent = task('Urgent', { durationMinutes: 240, dueDate: wire('17:00'), priority: 5 });
    const next = await user.replan(week, { tasks: [...tasks, urgent] });
    const found = (title: string) => next.pieces.filter((piece) => piece.title === title);
    expect(found('Safe')).toMatchObject([{ start: at('09:00'), action: 'keep', reasons: ['protected'] }]);
    expect(found('Hand')).toMatchObject([{ start: at('18:00'), action: 'keep', reasons: ['kept_by_hand'] }]);
    expect(found('Other')).toMatchObject([{ action: 'change' }]);
    expect(next.late).toEqual([]);
  });

  test('23.2: a task that is done gives up its blocks; less work gives back time, more gets some', async () => {
    const { user, plan, phone } = await open();
    const tasks = [task('Done'), task('Less', { durationMinutes: 120 }), task('More')];
    const week = await plan(tasks);
    await user.apply(week);
    const next = await user.replan(week, {
      tasks: [
        task('Done', { status: 2 }),
        task('Less', { durationMinutes: 60 }),
        task('More', { durationMinutes: 120 }),
      ],
    });
    expect(next.removed).toMatchObject([{ taskId: 'id-Done' }]);
    expect(brief(next)).toEqual(['More 01T09:00 10:00', 'Less 01T10:00 11:00', 'More 01T13:00 14:00']);
    const { isComplete } = await user.apply(next);
    expect(isComplete).toBe(true);
    const minutes = (id: string) =>
      confirmed(phone)
        .filter(({ extendedProperties }) => JSON.stringify(extendedProperties).includes(`"id-${id}"`))
        .map(
          ({ start, end }) =>
            Date.parse((end as { dateTime: string }).dateTime) -
            Date.parse((start as { dateTime: string }).dateTime),
        )
        .reduce((sum, ms) => sum + ms / 60_000, 0);
    expect([minutes('Done'), minutes('Less'), minutes('More')]).toEqual([0, 60, 120]);
  });

  test('23.2: a block that the user has resized leaves a rest of any length, and no plan is refused for it', async () => {
    const { user, plan, phone } = await open();
    const tasks = [
      task('Long', { durationMinutes: 120, minPieceMinutes: 60, maxPieceMinutes: 60 }),
      task('Other'),
    ];
    const { pieces } = await user.apply(await plan(tasks));
    const [first] = pieces;
    phone.updateEvent(first?.event?.id ?? '', {
      start: { dateTime: at('09:00') },
      end: { dateTime: at('09:45') },
    });
    const next = await plan(tasks);
    const minutes = next.pieces
      .filter(({ title }) => title === 'Long')
      .map(({ start, end }) => (Date.parse(end) - Date.parse(start)) / 60_000);
    expect(minutes.toSorted((a, b) => a - b)).toEqual([37, 38, 45]);
    expect([next.unplaced, (await user.apply(next)).isComplete]).toEqual([[], true]);
  });

  test('23.2: shows the user as free until the slack is gone', async () => {
    const { user, plan, phone } = await open();
    const due = task('Due', { dueDate: wire('17:00', 2) });
    const week = await plan([due], { busyBelowSlackMinutes: 240 });
    expect(week.pieces).toMatchObject([{ showsFree: true }]);
    const { pieces } = await user.apply(week);
    expect(pieces[0]?.event).toMatchObject({ transparency: 'transparent' });
    phone.addEvent(meeting('11:00', '17:00'));
    phone.addEvent(meeting('09:00', '15:00', 2));
    const next = await user.replan(week);
    expect(next.pieces).toMatchObject([{ action: 'keep', showsFree: false }]);
    expect((await user.apply(next)).pieces).toMatchObject([{ outcome: 'changed' }]);
  });
});
