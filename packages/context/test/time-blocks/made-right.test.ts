import { NoFreeSlotError, type User } from '@context-sdk/context';
import type { Sandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { googleTokens, startContext, type Started } from '../support/start-context.ts';

/** A Monday at 10:07 in Berlin, where the sandbox's calendars are. */
const NOW = new Date('2027-03-01T09:07:00Z');
const TODAY = { from: '2027-03-01T00:00:00+01:00', to: '2027-03-02T00:00:00+01:00' } as const;
const WEEK = { from: '2027-03-01T00:00:00+01:00', to: '2027-03-06T00:00:00+01:00' } as const;
const OFFICE = [['09:00', '17:00']] as const;
const HOURS = { mon: OFFICE, tue: OFFICE, wed: OFFICE, thu: OFFICE, fri: OFFICE };
const HOUR = { durationMinutes: 60, within: WEEK, workingHours: HOURS } as const;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

type Phone = ReturnType<Sandbox['google']['testUser']>['calendar'];
type SandboxEvent = ReturnType<Phone['events']>[number];

interface Setting {
  user: User;
  sandbox: Sandbox;
  started: Started;
  phone: Phone;
}

async function start(): Promise<Setting> {
  const started = startContext({ sandbox: { seed: 'empty' } });
  const { sandbox } = started;
  return {
    user: await started.connectedUser(),
    sandbox,
    started,
    phone: sandbox.google.testUser().calendar,
  };
}

function at(clock: string, day = 1): string {
  return `2027-03-0${day}T${clock}:00+01:00`;
}

function meeting(from: string, to: string, day = 1) {
  return { summary: 'Meeting', start: { dateTime: at(from, day) }, end: { dateTime: at(to, day) } };
}

function task(title = 'Write', more: object = {}): { id: string; projectId: string; title: string } {
  return { id: `6247ee29630c800f0${title}`, projectId: 'p1', title, ...more };
}

/** As TickTick writes an instant. */
function wire(clock: string, day = 1): string {
  return new Date(at(clock, day)).toISOString().replace('Z', '+0000');
}

function confirmed(events: readonly SandboxEvent[]): SandboxEvent[] {
  return events.filter(({ status }) => status === 'confirmed');
}

describe('never before now', () => {
  test('23.1: without working hours a day has no nights', async () => {
    vi.setSystemTime(new Date('2027-03-01T23:30:00+01:00'));
    const { user } = await start();
    const { slot } = await user.blockTime(task(), { durationMinutes: 60, within: WEEK });
    expect(slot.start).toBe(at('08:00', 2));
  });

  test('23.1: what is over is not free, and notice is kept', async () => {
    const { user } = await start();
    expect((await user.blockTime(task(), HOUR)).slot.start).toBe(at('10:15'));
    const later = await user.blockTime(task('Later'), { ...HOUR, minimumNoticeMinutes: 240 });
    expect(later.slot.start).toBe(at('14:15'));
  });

  test('23.1: a range that is over has no time', async () => {
    const { user } = await start();
    const within = { from: at('08:00'), to: at('10:00') };
    await expect(user.blockTime(task(), { ...HOUR, within })).rejects.toThrow(NoFreeSlotError);
  });

  test('23.1: a block that is over is put elsewhere, one that has begun stays', async () => {
    const { user } = await start();
    const first = await user.blockTime(task(), HOUR);
    vi.setSystemTime(new Date(at('10:30')));
    expect((await user.blockTime(task(), HOUR)).outcome).toBe('unchanged');
    vi.setSystemTime(new Date(at('11:20')));
    const again = await user.blockTime(task(), HOUR);
    expect([again.outcome, again.event.id, again.slot.start]).toEqual([
      'updated',
      first.event.id,
      at('11:30'),
    ]);
  });
});

describe('the due time', () => {
  test('23.1: is kept: what is due at 14:00 ends before', async () => {
    const { user, phone } = await start();
    phone.addEvent(meeting('10:00', '12:30'));
    const due = task('Due', { dueDate: wire('14:00') });
    const { slot, lateMinutes } = await user.blockTime(due, HOUR);
    expect([slot.start, lateMinutes]).toEqual([at('12:30'), 0]);
  });

  test('23.1: is broken only if nothing else is left, and the outcome says so', async () => {
    const { user, phone } = await start();
    phone.addEvent(meeting('10:00', '13:30'));
    const due = task('Due', { dueDate: wire('14:00') });
    const { slot, lateMinutes } = await user.blockTime(due, HOUR);
    expect([slot.start, lateMinutes]).toEqual([at('13:30'), 30]);
    const strict = user.blockTime(task('Strict', { dueDate: wire('14:00') }), { ...HOUR, due: 'require' });
    await expect(strict).rejects.toThrow(NoFreeSlotError);
    await expect(strict).rejects.toThrow(/before the task is due/);
    const overdue = user.blockTime(task('Overdue', { dueDate: wire('08:00') }), { ...HOUR, due: 'require' });
    await expect(overdue).rejects.toThrow(/before the task is due: there is no free time at all/);
    await expect(overdue).rejects.not.toHaveProperty('longest');
    const careless = await user.blockTime(task('Careless', { dueDate: wire('11:00') }), {
      ...HOUR,
      due: 'ignore',
    });
    expect([careless.slot.start, careless.lateMinutes]).toEqual([at('14:30'), 0]);
  });

  test('23.1: a task of the whole day is due when the day ends; one that is overdue comes at once', async () => {
    const { user, phone } = await start();
    phone.addEvent(meeting('09:00', '17:00'));
    const day = {
      dueDate: wire('00:00'),
      startDate: wire('00:00'),
      isAllDay: true,
      timeZone: 'Europe/Berlin',
    };
    expect((await user.blockTime(task('AllDay', day), HOUR)).lateMinutes).toBe(60);
    const overdue = await user.blockTime(task('Overdue', { dueDate: '2027-02-01T09:00:00.000+0000' }), HOUR);
    expect([overdue.slot.start, overdue.lateMinutes]).toEqual([at('10:00', 2), 60]);
  });

  test('23.1: a block moves to be in time once there is room, but not where the user has put it', async () => {
    const { user, phone } = await start();
    const busy = phone.addEvent(meeting('10:00', '14:00'));
    const due = task('Due', { dueDate: wire('13:00') });
    expect((await user.blockTime(due, HOUR)).lateMinutes).toBe(60);
    phone.deleteEvent(busy.id);
    const { outcome, event, slot } = await user.blockTime(due, HOUR);
    expect([outcome, slot.start]).toEqual(['updated', at('10:15')]);
    phone.updateEvent(event.id, { start: { dateTime: at('16:00') }, end: { dateTime: at('17:00') } });
    const byHand = await user.blockTime(due, HOUR);
    expect([byHand.outcome, byHand.lateMinutes, byHand.slot.start]).toEqual(['unchanged', 60, at('16:00')]);
  });
});

describe('pieces', () => {
  test('23.1: two hours fit into two free hours that are apart', async () => {
    const { user, phone } = await start();
    phone.addEvent(meeting('11:15', '14:00'));
    phone.addEvent(meeting('15:00', '17:00'));
    const two = { ...HOUR, durationMinutes: 120, within: TODAY };
    const { pieces, outcome } = await user.blockTime(task(), two);
    expect([outcome, pieces.map(({ slot }) => slot.start)]).toEqual(['created', [at('10:15'), at('14:00')]]);
    const again = await user.blockTime(task(), two);
    expect([again.outcome, again.pieces]).toEqual(['unchanged', pieces]);
    await expect(user.blockTime(task('Whole'), { ...two, splittable: false })).rejects.toThrow(
      NoFreeSlotError,
    );
  });

  test('23.1: pieces become one again if asked for less, and all go together', async () => {
    const { user, phone } = await start();
    phone.addEvent(meeting('11:15', '14:00'));
    phone.addEvent(meeting('15:00', '17:00'));
    await user.blockTime(task(), { ...HOUR, durationMinutes: 120, within: TODAY });
    const { pieces, outcome } = await user.blockTime(task(), { ...HOUR, within: TODAY });
    expect([outcome, pieces.map(({ slot }) => slot.start)]).toEqual(['updated', [at('10:15')]]);
    expect(confirmed(phone.events())).toHaveLength(3);
    await user.unblockTime(task());
    expect(confirmed(phone.events())).toHaveLength(2);
  });

  test('23.1: a piece that is over counts as worked', async () => {
    const { user, phone } = await start();
    phone.addEvent(meeting('11:15', '17:00'));
    const three = { ...HOUR, durationMinutes: 120, within: { ...WEEK, to: at('10:00', 2) } };
    const { pieces } = await user.blockTime(task(), three);
    expect(pieces.map(({ slot }) => slot.start)).toEqual([at('10:15'), at('09:00', 2)]);
    vi.setSystemTime(new Date(at('12:00')));
    const after = await user.blockTime(task(), three);
    expect([after.outcome, after.slot.start]).toEqual(['unchanged', at('09:00', 2)]);
    expect(confirmed(phone.events())).toHaveLength(3);
  });
});

describe('what weighs more', () => {
  const URGENT = { priority: 5, dueDate: wire('11:30') };

  test('23.1: an urgent task gets the time of one that can move', async () => {
    const { user, phone } = await start();
    const other = await user.blockTime(task('Reading'), { ...HOUR, within: TODAY });
    const urgent = await user.blockTime(task('Urgent', URGENT), { ...HOUR, within: TODAY });
    expect([urgent.slot.start, urgent.lateMinutes]).toEqual([at('10:15'), 0]);
    expect(urgent.moved).toMatchObject([
      { taskId: task('Reading').id, event: { id: other.event.id }, slot: { start: at('11:15') } },
    ]);
    expect(confirmed(phone.events())).toHaveLength(2);
    expect((await user.blockTime(task('Reading'), { ...HOUR, within: TODAY })).outcome).toBe('unchanged');
  });

  test('23.1: not of one that weighs as much, is protected, or was moved by hand', async () => {
    const { user, phone } = await start();
    await user.blockTime(task('Alike', { priority: 5 }), { ...HOUR, within: TODAY });
    const second = await user.blockTime(task('Urgent', URGENT), { ...HOUR, within: TODAY });
    expect([second.slot.start, second.moved]).toEqual([at('11:15'), []]);
    await user.unblockTime(task('Alike'));
    await user.unblockTime(task('Urgent'));
    await user.blockTime(task('Safe'), { ...HOUR, within: TODAY, protected: true });
    expect((await user.blockTime(task('Urgent', URGENT), HOUR)).moved).toEqual([]);
    await user.unblockTime(task('Safe'));
    await user.unblockTime(task('Urgent'));
    const { event } = await user.blockTime(task('Hand'), { ...HOUR, within: TODAY });
    phone.updateEvent(event.id, { start: { dateTime: at('10:30') }, end: { dateTime: at('11:30') } });
    expect((await user.blockTime(task('Urgent', URGENT), HOUR)).moved).toEqual([]);
  });

  test('23.1: nobody is moved who would have nowhere to go', async () => {
    const { user, phone } = await start();
    phone.addEvent(meeting('11:15', '17:00'));
    const reading = await user.blockTime(task('Reading'), { ...HOUR, within: TODAY });
    const urgent = user.blockTime(task('Urgent', URGENT), { ...HOUR, within: TODAY });
    await expect(urgent).rejects.toThrow(NoFreeSlotError);
    expect(phone.events().find(({ id }) => id === reading.event.id)).toMatchObject({
      etag: reading.event.etag,
    });
  });
});

describe('a block that stands', () => {
  test('23.1: is found in the calendar that the user moved it to', async () => {
    const { user, phone, started } = await start();
    const work = phone.addCalendar({ summary: 'Work' });
    const { event } = await user.blockTime(task(), HOUR);
    await user.calendar.events.move(event.id, work.id, { sendUpdates: 'none' });
    const found = await user.blockTime(task(), HOUR);
    expect([found.outcome, confirmed(phone.events()), confirmed(phone.events(work.id)).length]).toEqual([
      'unchanged',
      [],
      1,
    ]);
    for (const key of await started.store.list('block-time/')) await started.store.delete(key);
    expect((await user.blockTime(task(), HOUR)).outcome).toBe('unchanged');
    await user.unblockTime(task());
    expect(confirmed(phone.events(work.id))).toEqual([]);
  });

  test('23.1: and on another day, and if it lost its mark', async () => {
    const { user, phone } = await start();
    const work = phone.addCalendar({ summary: 'Work' });
    const { event } = await user.blockTime(task(), HOUR);
    phone.updateEvent(event.id, {
      start: { dateTime: '2027-05-03T10:00:00+02:00' },
      end: { dateTime: '2027-05-03T11:00:00+02:00' },
      extendedProperties: { private: { contextSdkTask: null, contextSdkKind: null } },
    });
    await user.calendar.events.move(event.id, work.id, { sendUpdates: 'none' });
    const { outcome, event: found } = await user.blockTime(task(), HOUR);
    expect([outcome, found.id, confirmed(phone.events())]).toEqual(['updated', event.id, []]);
  });

  test('23.1: gets the new title, link, length, hours and buffers; notes of the user stay', async () => {
    const { user, phone } = await start();
    const { event } = await user.blockTime(task(), HOUR);
    phone.updateEvent(event.id, { description: `Bring the figures. ${event.description}` });
    const renamed = await user.blockTime({ ...task(), title: 'Write it up', projectId: 'p2' }, HOUR);
    expect([renamed.outcome, renamed.event.summary]).toEqual(['updated', 'Write it up']);
    expect(renamed.event.description).toMatch(
      /^Bring the figures\. <a href="[^"]+p2[^"]+">Write it up<\/a>$/,
    );
    const one = { ...task(), title: 'Write it up', projectId: 'p2' };
    const shorter = await user.blockTime(one, { ...HOUR, durationMinutes: 30 });
    expect([shorter.outcome, shorter.slot]).toEqual(['updated', { start: at('10:15'), end: at('10:45') }]);
    const afternoon = [['13:00', '17:00']] as const;
    const hours = { ...HOUR, durationMinutes: 30, workingHours: { mon: afternoon } };
    expect((await user.blockTime(one, hours)).slot.start).toBe(at('13:00'));
    phone.addEvent(meeting('12:00', '13:00'));
    const buffers = { ...hours, bufferMinutes: { before: 15 } };
    expect((await user.blockTime(one, buffers)).slot.start).toBe(at('13:15'));
    expect((await user.blockTime(one, buffers)).outcome).toBe('unchanged');
    expect(confirmed(phone.events())).toHaveLength(2);
  });

  test('23.1: stays where the user has put it beside an event that takes no time', async () => {
    const { user, phone } = await start();
    const { event } = await user.blockTime(task(), HOUR);
    const { start: from, end: to } = meeting('15:00', '16:00');
    phone.updateEvent(event.id, { start: from, end: to });
    phone.addEvent(meeting('15:30', '15:30'));
    const { outcome, slot } = await user.blockTime(task(), HOUR);
    expect([outcome, slot.start]).toEqual(['unchanged', at('15:00')]);
  });

  test('23.1: a length that the user gave it by hand stays until another is asked for', async () => {
    const { user, phone } = await start();
    const { event } = await user.blockTime(task(), HOUR);
    phone.updateEvent(event.id, { end: { dateTime: at('12:15') } });
    expect((await user.blockTime(task(), HOUR)).outcome).toBe('unchanged');
    const asked = await user.blockTime(task(), { ...HOUR, durationMinutes: 90 });
    expect([asked.outcome, asked.slot.end]).toEqual(['updated', at('11:45')]);
  });

  test('23.1: looks as it is asked to', async () => {
    const { user } = await start();
    const look = { title: 'Busy', colorId: '7', visibility: 'private', transparency: 'transparent' } as const;
    const { event } = await user.blockTime(task(), { ...HOUR, ...look });
    expect(event).toMatchObject({ summary: 'Busy', colorId: '7', visibility: 'private' });
    expect((await user.blockTime(task(), { ...HOUR, ...look })).outcome).toBe('unchanged');
    const open = await user.blockTime(task(), {
      ...HOUR,
      ...look,
      transparency: 'opaque',
      visibility: 'default',
    });
    expect(open.outcome).toBe('updated');
    const focus = await user.blockTime(task('Focus'), { ...HOUR, focusTime: true });
    expect(focus.event).toMatchObject({
      eventType: 'focusTime',
      focusTimeProperties: { chatStatus: 'doNotDisturb' },
    });
    // A block that shows the user as free is not free for other blocks.
    expect(focus.slot.start).toBe(at('11:15'));
  });

  test('23.1: each occurrence of a recurring task has its own, and what was worked stays', async () => {
    const { user, phone } = await start();
    const daily = (day: number) =>
      task('Daily', {
        repeatFlag: 'RRULE:FREQ=DAILY',
        dueDate: wire('17:00', day),
        timeZone: 'Europe/Berlin',
      });
    const monday = await user.blockTime(daily(1), HOUR);
    vi.setSystemTime(new Date(at('18:00')));
    const tuesday = await user.blockTime(daily(2), HOUR);
    expect([tuesday.outcome, tuesday.slot.start, tuesday.event.id === monday.event.id]).toEqual([
      'created',
      at('09:00', 2),
      false,
    ]);
    expect((await user.blockTime(daily(2), HOUR)).outcome).toBe('unchanged');
    await user.unblockTime(daily(2));
    expect(confirmed(phone.events()).map(({ id }) => id)).toEqual([monday.event.id]);
  });
});

describe('which events count', () => {
  const HELD = { '10:15': 0, '11:15': 60 } as const;

  test.for([
    ['tentative', { status: 'tentative' }],
    ['outOfOffice', { eventType: 'outOfOffice' }],
    ['focusTime', { eventType: 'focusTime' }],
  ] as const)('23.1: %s ones by option', async ([name, fields]) => {
    const { user, phone } = await start();
    phone.addEvent({ ...meeting('10:00', '11:15'), ...fields });
    const counted = await user.blockTime(task('Counted'), HOUR);
    const ignored = await user.blockTime(task('Ignored'), { ...HOUR, counts: { [name]: false } });
    expect([counted.slot.start, ignored.slot.start]).toEqual(
      Object.keys(HELD)
        .toReversed()
        .map((one) => at(one)),
    );
  });

  test('23.1: all-day ones, declined invitations, those without an answer, and working locations', async () => {
    const { user, phone, sandbox } = await start();
    const email = sandbox.google.accounts[0]?.email ?? '';
    const invited = (responseStatus: string) => ({
      organizer: { email: 'boss@example.com' },
      attendees: [{ email, responseStatus }],
    });
    phone.addEvent({ ...meeting('10:00', '12:00'), ...invited('declined') });
    phone.addEvent({ ...meeting('12:00', '13:00'), ...invited('needsAction') });
    phone.addEvent({
      summary: 'Fair',
      start: { date: '2027-03-02' },
      end: { date: '2027-03-03' },
      transparency: 'opaque',
    });
    const from = (counts: object, within: object = WEEK, title = JSON.stringify([counts, within])) =>
      user
        .blockTime(task(title), { ...HOUR, within: within as typeof WEEK, counts })
        .then(async ({ slot }) => {
          await user.unblockTime(task(title));
          return slot.start;
        });
    const noon = { from: at('12:00'), to: WEEK.to };
    const tuesday = { from: at('00:00', 2), to: WEEK.to };
    expect(await from({})).toBe(at('10:15'));
    expect(await from({ declined: true })).toBe(at('13:00'));
    expect(await from({ unanswered: false }, noon)).toBe(at('12:00'));
    expect(await from({}, noon)).toBe(at('13:00'));
    expect(await from({}, tuesday)).toBe(at('09:00', 3));
    expect(await from({ allDay: false }, tuesday)).toBe(at('09:00', 2));
  });

  test('23.1: a meeting that was declined takes no time in a team’s calendar either', async () => {
    const { user, phone, sandbox } = await start();
    const email = sandbox.google.accounts[0]?.email ?? '';
    const team = phone.addCalendar({ summary: 'Team' });
    const invited = { organizer: { email: 'boss@example.com' }, iCalUID: 'the-meeting@example.com' };
    const declined = { attendees: [{ email, responseStatus: 'declined' }] };
    phone.addEvent({ ...meeting('10:00', '12:00'), ...invited, ...declined });
    phone.addEvent({ ...meeting('10:00', '12:00'), ...invited }, team.id);
    expect((await user.blockTime(task(), HOUR)).slot.start).toBe(at('10:15'));
  });

  test('19.9: nor if the copies are written in two zones, one of them without an offset', async () => {
    const { user, phone, sandbox } = await start();
    const email = sandbox.google.accounts[0]?.email ?? '';
    const team = phone.addCalendar({ summary: 'Team', timeZone: 'Asia/Tokyo' });
    const invited = { organizer: { email: 'boss@example.com' }, iCalUID: 'the-meeting@example.com' };
    const declined = { attendees: [{ email, responseStatus: 'declined' }] };
    const { start: begins, end } = meeting('10:00', '12:00');
    const inTokyo = ({ dateTime }: { dateTime: string }) => ({
      dateTime: new Date(Date.parse(dateTime) + 9 * 3_600_000).toISOString().slice(0, 19),
      timeZone: 'Asia/Tokyo',
    });
    phone.addEvent({ start: begins, end, ...invited, ...declined });
    phone.addEvent({ start: inTokyo(begins), end: inTokyo(end), ...invited }, team.id);
    expect((await user.blockTime(task(), HOUR)).slot.start).toBe(at('10:15'));
  });

  test('23.1: calendars of others with write access and hidden ones by option', async () => {
    const { user, phone } = await start();
    const team = phone.addCalendar({ summary: 'Team', accessRole: 'writer' });
    const hidden = phone.addCalendar({ summary: 'Hidden' });
    await user.calendar.calendarList.patch(hidden.id, { selected: false });
    await user.calendar.calendarList.patch(team.id, { selected: true });
    phone.addEvent(meeting('10:00', '11:00'), team.id);
    phone.addEvent(meeting('11:00', '12:00'), hidden.id);
    const at10 = await user.blockTime(task('Neither'), HOUR);
    await user.unblockTime(task('Neither'));
    const shared = await user.blockTime(task('Shared'), { ...HOUR, sharedCalendars: true });
    await user.unblockTime(task('Shared'));
    const both = await user.blockTime(task('Both'), {
      ...HOUR,
      sharedCalendars: true,
      hiddenCalendars: true,
    });
    expect([at10.slot.start, shared.slot.start, both.slot.start]).toEqual([
      at('10:15'),
      at('11:00'),
      at('12:00'),
    ]);
  });
});

describe.each(['reader', 'writer'] as const)('blocks in the calendar of a colleague, to a %s', (role) => {
  async function withColleague(): Promise<Setting & { grace: User; beside: { otherCalendarIds: string[] } }> {
    const setting = await start();
    const { google } = setting.sandbox;
    const [ada = '', email = ''] = google.accounts.map((account) => account.email);
    google.testUser(email).calendar.shareCalendar(email, ada, role);
    const grace = setting.started.context.user('grace');
    await grace.connections.import('google', googleTokens(setting.sandbox, [], email));
    return { ...setting, grace, beside: { otherCalendarIds: [email] } };
  }

  test('23.1: are taken time, also those of a task that both have', async () => {
    const { user, grace, beside } = await withColleague();
    const shared = task('Shared');
    const theirs = await grace.blockTime(shared, HOUR);
    const plan = await user.plan({ ...HOUR, ...beside, tasks: [shared] });
    expect(plan).toMatchObject({ removed: [], pieces: [{ action: 'create', start: at('11:15') }] });
    const ours = await user.blockTime(shared, { ...HOUR, ...beside });
    expect([theirs.slot.start, ours.slot.start]).toEqual([at('10:15'), at('11:15')]);
    const again = await user.blockTime(shared, { ...HOUR, ...beside });
    expect([again.outcome, again.slot.start]).toEqual(['unchanged', at('11:15')]);
    expect((await grace.blockTime(shared, HOUR)).outcome).toBe('unchanged');
  });

  test('19.3: are their events in an agenda, and not the user’s own task', async () => {
    const { user, grace, sandbox, beside } = await withColleague();
    const shared = task('Shared');
    await grace.blockTime(task('Theirs'), HOUR);
    await grace.blockTime(shared, { ...HOUR, within: { from: at('13:00'), to: at('15:00') } });
    await user.blockTime(shared, { ...HOUR, within: { from: at('13:00'), to: at('15:00') } });
    const [ada = ''] = sandbox.google.accounts.map(({ email }) => email);
    const calendarIds = [...beside.otherCalendarIds, ada];
    const { items } = await user.agenda({ ...TODAY, timeZone: 'Europe/Berlin', calendarIds });
    const told = items.map((item) => [item.kind, item.title, item.start?.getTime()]);
    expect(told.filter(([, title]) => title === 'Shared' || title === 'Theirs')).toEqual([
      ['event', 'Theirs', Date.parse(at('10:15'))],
      ['task', 'Shared', Date.parse(at('13:00'))],
      ['event', 'Shared', Date.parse(at('13:00'))],
    ]);
  });

  test('23.1: make no room', async () => {
    const { user, grace, beside } = await withColleague();
    await grace.blockTime(task('Theirs'), HOUR);
    const urgent = task('Urgent', { priority: 5, dueDate: wire('11:15') });
    const { slot, moved } = await user.blockTime(urgent, { ...HOUR, ...beside });
    expect([slot.start, moved]).toEqual([at('11:15'), []]);
    expect((await grace.blockTime(task('Theirs'), HOUR)).outcome).toBe('unchanged');
  });
});

test('23.1: thirty tasks are blocked in the order in which they were asked for', async () => {
  const { user } = await start();
  const quarter = { ...HOUR, durationMinutes: 15, minPieceMinutes: 15 };
  const tasks = Array.from({ length: 30 }, (_, index) => task(`Number${index}`));
  const blocked = await Promise.all(tasks.map((one) => user.blockTime(one, quarter)));
  const starts = blocked.map(({ slot }) => slot.start);
  expect(starts).toEqual(starts.toSorted((a, b) => a.localeCompare(b)));
  expect(new Set(starts).size).toBe(30);
});

test.for([
  [{ minimumNoticeMinutes: -1 }, 'minimumNoticeMinutes'],
  [{ bufferMinutes: { befor: 5 } as never }, 'bufferMinutes.befor'],
  [{ bufferMinutes: -5 }, 'bufferMinutes'],
  [{ counts: { tentativ: true } as never }, 'counts.tentativ'],
  [{ due: 'perhaps' as never }, 'due'],
  [{ weight: 0 }, 'weight'],
  [{ minPieceMinutes: 0 }, 'minPieceMinutes'],
  [{ visibility: 'secret' as never }, 'visibility'],
] as const)('23.1: %j is refused by name', async ([options, field]) => {
  const { user } = await start();
  await expect(user.blockTime(task(), { ...HOUR, ...options })).rejects.toMatchObject({ field });
});
