import type { User } from '@context-sdk/context';
import { memoryStore, type RecordStore, StoreError } from '@context-sdk/oauth-core';
import type { Sandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startContext } from '../support/start-context.ts';

/** A Monday at 10:00 in Berlin, where the sandbox's calendars are. */
const NOW = new Date('2027-03-01T10:00:00+01:00');
const TODAY = { from: at('00:00'), to: at('00:00', 2) };
const HOUR = { durationMinutes: 60, within: TODAY };
const ALWAYS = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]]),
);
const DAILY = { repeatFlag: 'RRULE:FREQ=DAILY', timeZone: 'Europe/Berlin' };

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

type Phone = ReturnType<Sandbox['google']['testUser']>['calendar'];

async function start(store?: RecordStore) {
  const started = startContext({
    sandbox: { seed: 'empty' },
    push: false,
    onEvent: () => undefined,
    ...(store && { store }),
  });
  const { sandbox, context } = started;
  const user = await started.connectedUser();
  await context.runMaintenance();
  return {
    context,
    user,
    phone: sandbox.google.testUser().calendar,
    tickTick: sandbox.ticktick.testUser(),
  };
}

function at(clock: string, day = 1): string {
  return `2027-03-0${day}T${clock}:00+01:00`;
}

/** As TickTick writes an instant. */
function wire(clock: string, day = 1): string {
  return new Date(at(clock, day)).toISOString().replace('Z', '+0000');
}

function task(title: string, more: object = {}): { id: string; projectId: string; title: string } {
  return { id: `6247ee29630c800f0${title}`, projectId: 'p1', title, ...more };
}

/** An event like another, as Google Calendar copies it, mark and all. */
function copyOf(event: ReturnType<Phone['events']>[number]) {
  const { id: _, iCalUID: __, ...copy } = event;
  return { ...copy, summary: 'Copy' } as Parameters<Phone['addEvent']>[0];
}

function meet(phone: Phone, from: string, to: string): void {
  phone.addEvent({ start: { dateTime: at(from) }, end: { dateTime: at(to) } });
}

function confirmed(phone: Phone): string[] {
  return phone.events().flatMap(({ id, status }) => (status === 'confirmed' ? [id] : []));
}

describe('a block that begins or ends at this very moment', () => {
  test('23.1: one that begins is not moved for a task that weighs more', async () => {
    const { user } = await start();
    await user.blockTime(task('Reading'), HOUR);
    const urgent = await user.blockTime(task('Urgent', { priority: 5, dueDate: wire('11:00') }), HOUR);
    expect([urgent.slot.start, urgent.moved]).toEqual([at('11:00'), []]);
  });

  test('23.3: one that begins is ended, not deleted, when its task is completed', async () => {
    const { context, user, phone, tickTick } = await start();
    const written = tickTick.createTask({ title: 'Write' });
    vi.setSystemTime(new Date(at('10:05')));
    await context.runMaintenance();
    const { event, slot } = await user.blockTime(written, HOUR);
    expect(slot.start).toBe(at('10:15'));
    await user.ticktick.tasks.complete(written);
    vi.setSystemTime(new Date(at('10:15')));
    await context.runMaintenance();
    expect(confirmed(phone)).toEqual([event.id]);
    expect(phone.events()[0]?.['end']).toMatchObject({ dateTime: at('10:16') });
    // It is still known: another call takes it away.
    await user.unblockTime(written);
    expect(confirmed(phone)).toEqual([]);
  });

  test('23.1: one of a recurring task that ends was worked, and stays when the task is unblocked', async () => {
    const { user, phone } = await start();
    const daily = task('Daily', { ...DAILY, dueDate: wire('17:00') });
    const { event } = await user.blockTime(daily, HOUR);
    vi.setSystemTime(new Date(at('11:00')));
    await user.unblockTime(daily);
    expect(confirmed(phone)).toEqual([event.id]);
  });

  test('23.1: a piece that ends was worked: only the rest is blocked', async () => {
    const { user, phone } = await start();
    meet(phone, '10:30', '12:00');
    meet(phone, '12:30', '23:59');
    const { pieces } = await user.blockTime(task('Write'), HOUR);
    expect(pieces.map(({ slot }) => slot.start)).toEqual([at('10:00'), at('12:00')]);
    vi.setSystemTime(new Date(at('10:30')));
    const again = await user.blockTime(task('Write'), HOUR);
    expect([again.outcome, confirmed(phone).length]).toEqual(['unchanged', 4]);
  });
});

describe('a record that can’t be written', () => {
  function failing() {
    const inner = memoryStore();
    const state = { isFailing: false };
    const check = (key: string): void => {
      if (state.isFailing && /^block-time\/.*\//.test(key))
        throw new StoreError('unavailable', 'The disk is full.');
    };
    const store: RecordStore = {
      ...inner,
      async compareAndSet(key, ...rest) {
        check(key);
        return await inner.compareAndSet(key, ...rest);
      },
      async delete(key, ...rest) {
        check(key);
        return await inner.delete(key, ...rest);
      },
    };
    return { store, state };
  }

  test('23.1: is told to whoever blocks or unblocks', async () => {
    const { store, state } = failing();
    const { user } = await start(store);
    state.isFailing = true;
    await expect(user.blockTime(task('Write'), HOUR)).rejects.toThrow(StoreError);
    state.isFailing = false;
    await user.blockTime(task('Write'), HOUR);
    state.isFailing = true;
    await expect(user.unblockTime(task('Write'))).rejects.toThrow(StoreError);
  });
});

describe('what counts', () => {
  async function startsAt(user: User, options: object): Promise<string> {
    return (await user.blockTime(task('Write'), { ...HOUR, ...options })).slot.start;
  }
  const MEETING = { start: { dateTime: at('10:00') }, end: { dateTime: at('11:00') } };

  test('23.1: the primary calendar, even if it is not selected', async () => {
    const { user, phone } = await start();
    await user.calendar.calendarList.patch('primary', { selected: false });
    const family = phone.addCalendar({ summary: 'Family' });
    phone.addEvent(MEETING);
    expect(await startsAt(user, { calendarId: family.id })).toBe(at('11:00'));
  });

  test('23.1: no calendar of others that is hidden, unless it is asked for', async () => {
    const { user, phone } = await start();
    const team = phone.addCalendar({ summary: 'Team', accessRole: 'writer' });
    await user.calendar.calendarList.patch(team.id, { selected: true, hidden: true });
    phone.addEvent(MEETING, team.id);
    const shared = { sharedCalendars: true };
    expect(await startsAt(user, shared)).toBe(at('10:00'));
    await user.unblockTime(task('Write'));
    expect(await startsAt(user, { ...shared, hiddenCalendars: true })).toBe(at('11:00'));
  });

  test('23.1: a calendar that shows no more than when it is busy', async () => {
    const { user, phone } = await start();
    const boss = phone.addCalendar({ summary: 'Boss', accessRole: 'freeBusyReader' });
    phone.addEvent(MEETING, boss.id);
    expect(await startsAt(user, { otherCalendarIds: [boss.id] })).toBe(at('11:00'));
  });

  test('23.1: an event of the block that somebody has copied is one too many, and goes', async () => {
    const { user, phone } = await start();
    const { event } = await user.blockTime(task('Write'), HOUR);
    for (const block of phone.events()) phone.addEvent(copyOf(block));
    await user.blockTime(task('Write'), HOUR);
    expect(confirmed(phone)).toEqual([event.id]);
  });

  test('23.1: pieces are half an hour or longer, unless it is said otherwise', async () => {
    const { user, phone } = await start();
    meet(phone, '10:30', '11:00');
    meet(phone, '11:30', '23:59');
    const { pieces } = await user.blockTime(task('Write'), { ...HOUR, workingHours: ALWAYS });
    expect(pieces.map(({ slot }) => slot.start)).toEqual([at('10:00'), at('11:00')]);
  });

  test('23.1: the smallest and largest numbers that are allowed, and none beyond', async () => {
    const { user } = await start();
    const far = { within: { ...TODAY, to: '2027-04-01T00:00:00+02:00' } };
    expect(await startsAt(user, { ...far, bufferMinutes: 10_080 })).toBe(at('10:00'));
    await expect(startsAt(user, { bufferMinutes: 10_081 })).rejects.toMatchObject({ field: 'bufferMinutes' });
    expect(await startsAt(user, { minimumNoticeMinutes: 0, minPieceMinutes: 1 })).toBe(at('10:00'));
    for (const [name, value] of Object.entries({ minimumNoticeMinutes: -1, minPieceMinutes: 0 }))
      await expect(startsAt(user, { [name]: value })).rejects.toMatchObject({ field: name });
  });
});
