import type { Agenda, User } from '@context-sdk/context';
import type { JsonObject } from '@context-sdk/sandbox';
import { describe, expect, test } from 'vitest';
import { startContext } from '../support/start-context.ts';

const EMPTY = { seed: 'empty', ticktick: {}, azureDevOps: { seed: 'empty' } } as const;
const WEEK = { from: '2027-03-01T00:00:00Z', to: '2027-03-08T00:00:00Z', timeZone: 'Europe/Berlin' };
const MEETING = { summary: 'Stand-up', iCalUID: 'stand-up@example.com' };
const TEAM = 'team@group.calendar.google.com';
const ROOM = 'room@resource.calendar.google.com';

function shown({ items }: Agenda): string[] {
  return items.map(({ title, day }) => `${title} ${day}`);
}

function at(hour: number, zone = '+01:00', day = '01'): JsonObject {
  return { dateTime: `2027-03-${day}T${String(hour).padStart(2, '0')}:00:00${zone}` };
}

interface Started {
  user: User;
  email: string;
  /** Puts a copy of the meeting, with these members, into a calendar. */
  copy(members: object, calendarId?: string): void;
  /** What the agenda shows, whatever the order of the calendars. */
  titles(): Promise<string[]>;
  google: ReturnType<ReturnType<typeof startContext>['sandbox']['google']['testUser']>['calendar'];
}

async function start(): Promise<Started> {
  const { sandbox, connectedUser } = startContext({ sandbox: EMPTY });
  const user = await connectedUser();
  const google = sandbox.google.testUser().calendar;
  const email = sandbox.google.accounts[0]?.email ?? '';
  for (const id of [TEAM, ROOM]) google.addCalendar({ id, summary: id, timeZone: 'America/New_York' });
  return {
    user,
    email,
    google,
    copy: (members, calendarId) => {
      google.addEvent({ ...MEETING, start: at(9), end: at(10), ...members }, calendarId);
    },
    async titles() {
      const ids = ['primary', TEAM, ROOM];
      const one = shown(await user.agenda({ ...WEEK, calendarIds: ids }));
      const other = shown(await user.agenda({ ...WEEK, calendarIds: ids.toReversed() }));
      expect(other).toEqual(one);
      return one;
    },
  };
}

describe('19.9: the same meeting in several calendars', () => {
  test.each([
    ['accepted', 1],
    ['tentative', 1],
    ['needsAction', 1],
    ['declined', 0],
  ] as const)('that the user has %s is shown %i times', async (responseStatus, times) => {
    const { copy, email, titles } = await start();
    const organizer = { email: 'boss@example.com' };
    copy({ organizer, attendees: [{ email, responseStatus }] });
    copy({ organizer }, TEAM);
    copy({ organizer, start: at(3, '-05:00'), end: at(4, '-05:00') }, ROOM);
    expect(await titles()).toHaveLength(times);
  });

  test('a room or a team that declined does not decline for the user', async () => {
    const { copy, email, titles } = await start();
    const organizer = { email: 'boss@example.com' };
    copy({ organizer, attendees: [{ email, responseStatus: 'accepted' }] });
    copy({ organizer, attendees: [{ email: TEAM, responseStatus: 'declined' }] }, TEAM);
    copy({ organizer, attendees: [{ email: ROOM, responseStatus: 'declined', resource: true }] }, ROOM);
    expect(await titles()).toEqual(['Stand-up 2027-03-01']);
  });

  test('nor does one that accepted accept for the user', async () => {
    const { copy, email, titles } = await start();
    const organizer = { email: 'boss@example.com' };
    copy({ organizer, attendees: [{ email, responseStatus: 'declined' }] });
    copy({ organizer, attendees: [{ email: TEAM, responseStatus: 'accepted' }] }, TEAM);
    expect(await titles()).toEqual([]);
  });

  test('an instance that was cancelled in one calendar, or moved, is another than the other copy', async () => {
    const { google, titles } = await start();
    const series = {
      ...MEETING,
      recurrence: ['RRULE:FREQ=DAILY;COUNT=3'],
      start: { ...at(9), timeZone: 'Europe/Berlin' },
      end: { ...at(10), timeZone: 'Europe/Berlin' },
    };
    const own = google.addEvent(series);
    google.addEvent(series, TEAM);
    expect(await titles()).toEqual(['01', '02', '03'].map((day) => `Stand-up 2027-03-${day}`));
    google.deleteEvent(`${own.id}_20270302T080000Z`);
    google.updateEvent(`${own.id}_20270303T080000Z`, {
      start: at(11, '+01:00', '03'),
      end: at(12, '+01:00', '03'),
    });
    expect(await titles()).toEqual(['01', '02', '03', '03'].map((day) => `Stand-up 2027-03-${day}`));
  });

  test('a series and one of the same name, or with the same UID at other times, are two', async () => {
    const { copy, titles } = await start();
    copy({});
    copy({ iCalUID: 'another@example.com' }, TEAM);
    copy({ start: at(10), end: at(11) }, TEAM);
    copy({ start: { date: '2027-03-01' }, end: { date: '2027-03-02' } }, ROOM);
    expect(await titles()).toHaveLength(4);
  });
});
