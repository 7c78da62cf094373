import { NoFreeSlotError, type User } from '@context-sdk/context';
import type { Sandbox } from '@context-sdk/sandbox';
import { failure } from '@context-sdk/test-support';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startContext } from '../support/start-context.ts';

const NOW = new Date('2027-02-20T08:00:00Z');
const TASK = { id: '6247ee29630c800f0aaaaaaa', projectId: 'p1', title: 'Write' };

const ALWAYS = [['00:00', '24:00']] as const;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

async function start(): Promise<{
  user: User;
  email: string;
  phone: ReturnType<Sandbox['google']['testUser']>['calendar'];
}> {
  const { sandbox, connectedUser } = startContext({ sandbox: { seed: 'empty' } });
  const user = await connectedUser();
  const email = sandbox.google.accounts[0]?.email ?? '';
  return { user, email, phone: sandbox.google.testUser().calendar };
}

describe('19.3: a day that is taken is the day of who asks', () => {
  test.each([
    ['Asia/Tokyo', '+09:00', '01:00', '05:00'],
    ['Pacific/Kiritimati', '+14:00', '00:00', '09:00'],
    ['America/Los_Angeles', '-08:00', '18:00', '22:00'],
    ['Etc/GMT+12', '-12:00', '14:00', '23:00'],
  ])('in %s', async (timeZone, offset, from, to) => {
    const { user, phone } = await start();
    const days = { start: { date: '2027-03-02' }, end: { date: '2027-03-03' } };
    phone.addEvent({ summary: 'Fair', ...days, transparency: 'opaque' });
    const on = (day: string): Parameters<User['blockTime']>[1] => ({
      durationMinutes: 60,
      timeZone,
      workingHours: { tue: ALWAYS, wed: ALWAYS },
      within: { from: `${day}T${from}:00${offset}`, to: `${day}T${to}:00${offset}` },
    });
    expect(await failure(user.blockTime(TASK, on('2027-03-02')))).toBeInstanceOf(NoFreeSlotError);
    const { slot } = await user.blockTime(TASK, on('2027-03-03'));
    expect(Date.parse(slot.start)).toBe(Date.parse(`2027-03-03T${from}:00${offset}`));
  });
});

describe('19.9: what the user answered counts for every copy of the meeting', () => {
  const organizer = { email: 'boss@example.com' };
  const meeting = {
    iCalUID: 'the-meeting@example.com',
    organizer,
    start: { dateTime: '2027-03-01T09:00:00Z' },
    end: { dateTime: '2027-03-01T10:00:00Z' },
  };
  const within = { from: '2027-03-01T09:00:00Z', to: '2027-03-01T12:00:00Z' };

  test.each([
    ['needsAction', { unanswered: false }, '09'],
    ['tentative', { tentative: false }, '09'],
    ['declined', {}, '09'],
    ['declined', { declined: true }, '10'],
    ['needsAction', {}, '10'],
    ['accepted', { tentative: false, unanswered: false }, '10'],
  ])('%s, with %j', async (responseStatus, counts, hour) => {
    const { user, email, phone } = await start();
    const team = phone.addCalendar({ summary: 'Team' }).id;
    phone.addEvent({ ...meeting, attendees: [{ email, responseStatus }] });
    phone.addEvent(meeting, team);
    const { slot } = await user.blockTime(TASK, { durationMinutes: 60, within, counts });
    expect(new Date(slot.start).toISOString()).toBe(`2027-03-01T${hour}:00:00.000Z`);
  });

  test('a room that declined is no answer of the user', async () => {
    const { user, email, phone } = await start();
    const room = 'room@resource.calendar.google.com';
    phone.addCalendar({ id: room, summary: 'Room' });
    phone.addEvent({ ...meeting, attendees: [{ email, responseStatus: 'accepted' }] });
    phone.addEvent({ ...meeting, attendees: [{ email: room, responseStatus: 'declined' }] }, room);
    const { slot } = await user.blockTime(TASK, { durationMinutes: 60, within });
    expect(new Date(slot.start).toISOString()).toBe('2027-03-01T10:00:00.000Z');
  });
});

test('19.9: an instance that was moved onto the next one is another meeting, whatever the user answered to either', async () => {
  const { user, email, phone } = await start();
  const at = (clock: string, day: string) => ({ dateTime: `2027-03-${day}T${clock}:00Z`, timeZone: 'UTC' });
  const attendees = [{ email, responseStatus: 'accepted' }];
  phone.addEvent({
    summary: 'Daily',
    organizer: { email: 'boss@example.com' },
    attendees,
    start: at('09:00', '01'),
    end: at('10:00', '01'),
    recurrence: ['RRULE:FREQ=DAILY;COUNT=2'],
  });
  const [first] = await user.calendar.events.list({ calendarId: 'primary', singleEvents: true }).toArray();
  const moved = { start: at('09:00', '02'), end: at('10:00', '02') };
  phone.updateEvent(first?.id ?? '', { ...moved, attendees: [{ email, responseStatus: 'declined' }] });
  const day = { from: '2027-03-02T09:00:00Z', to: '2027-03-02T12:00:00Z' };
  const { items } = await user.agenda({ ...day, timeZone: 'UTC' });
  expect(items.map(({ title }) => title)).toEqual(['Daily']);
  const { slot } = await user.blockTime(TASK, { durationMinutes: 60, within: day });
  expect(Date.parse(slot.start)).toBe(Date.parse('2027-03-02T10:00:00Z'));
});
