import { GoogleCalendarClient, type NewEventInput } from '@context-sdk/google-workspace';
import { failure } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';
import { EMPTY, hour, QUIET } from './times.ts';

const server = useSandbox();

/** A series from Monday, 23 November 2026, and its instances. */
async function series(event: NewEventInput) {
  const { calendar, sandbox } = await server.start(EMPTY);
  const { id } = await calendar.events.create(event, QUIET);
  const instances = await calendar.events.instances(id).toArray();
  return { calendar, sandbox, id, at: (index: number) => String(instances[index]?.id) };
}

async function starts(calendar: GoogleCalendarClient, id: string): Promise<string[]> {
  const instances = await calendar.events.instances(id).toArray();
  return instances.map(({ start }) => (start?.date ?? start?.dateTime ?? '').slice(8, 16));
}

function daily(zone: string, clock: string, recurrence: string[]): NewEventInput {
  const time = { dateTime: `2026-11-23T${clock}`, timeZone: zone };
  return { summary: 'Call', start: time, end: time, recurrence };
}

describe('19.following: dates beside the rule', () => {
  test.each([
    ['Asia/Tokyo', '08:00:00', '20261124T080000'],
    ['America/Los_Angeles', '18:00:00', '20261124T180000'],
  ])('an instance in %s that was taken out before the cut stays out', async (zone, clock, date) => {
    const lines = ['RRULE:FREQ=DAILY;COUNT=5', `EXDATE;TZID=${zone}:${date}`];
    const { calendar, id, at } = await series(daily(zone, clock, lines));
    const { event } = await calendar.events.patchFollowing(at(1), { summary: 'New' }, QUIET);
    const days = async (one: string): Promise<string[]> => {
      const instances = await calendar.events.instances(one, { timeZone: zone }).toArray();
      return instances.map(({ start }) => String(start?.dateTime?.slice(8, 10)));
    };
    expect(await days(id)).toEqual(['23']);
    expect(await days(event.id)).toEqual(['25', '26', '27']);
  });

  test('an instance that was added later on the day of the cut goes to the new series', async () => {
    const zone = 'America/Los_Angeles';
    const lines = ['RRULE:FREQ=DAILY;COUNT=3', `RDATE;TZID=${zone}:20261124T200000`];
    const { calendar, id, at } = await series(daily(zone, '18:00:00', lines));
    const before = await calendar.events.deleteFollowing(at(1), QUIET);
    expect(before?.recurrence).toHaveLength(1);
    expect(await calendar.events.instances(id).toArray()).toHaveLength(1);
  });

  test.each([['RRULE:FREQ=DAILY;COUNT=2'], ['RRULE:FREQ=DAILY;UNTIL=20261124T225959Z']])(
    'a rule that ended before the cut goes no further: %s',
    async (rule) => {
      const lines = [rule, 'RDATE;TZID=Europe/Zurich:20261201T090000,20261202T090000'];
      const { calendar, id, at } = await series(hour(9, { recurrence: lines }));
      const { event } = await calendar.events.patchFollowing(at(2), { summary: 'New' }, QUIET);
      expect(await starts(calendar, id)).toEqual(['23T09:00', '24T09:00']);
      expect(await starts(calendar, event.id)).toEqual(['01T09:00', '02T09:00']);
    },
  );

  test('a date that was added is no start of a rule that goes on', async () => {
    const lines = ['RRULE:FREQ=WEEKLY', 'RDATE;TZID=Europe/Zurich:20261125T090000'];
    const { calendar, id, at } = await series(hour(9, { recurrence: lines }));
    const error = await failure(calendar.events.patchFollowing(at(1), { summary: 'New' }, QUIET));
    expect(error).toMatchObject({ code: 'invalid_request', field: 'eventId' });
    expect((await calendar.events.get(id)).recurrence).toEqual(lines);
    expect(await calendar.events.list().toArray()).toHaveLength(1);
    await calendar.events.deleteFollowing(at(1), QUIET);
    expect(await starts(calendar, id)).toEqual(['23T09:00']);
  });
});

test('19.following: a series of days keeps its exceptions', async () => {
  const days = { start: { date: '2026-11-23' }, end: { date: '2026-11-24' } };
  const { calendar, at } = await series({
    ...days,
    summary: 'Duty',
    recurrence: ['RRULE:FREQ=DAILY;COUNT=5'],
  });
  await calendar.events.delete(at(3), QUIET);
  await calendar.events.patch(at(4), { summary: 'Special' }, QUIET);
  const change = await calendar.events.patchFollowing(at(2), { location: 'Bern' }, QUIET);
  expect(change.keptExceptions).toBe(2);
  const following = await calendar.events.instances(change.event.id).toArray();
  expect(following.map(({ start, summary }) => [start?.date, summary])).toEqual([
    ['2026-11-25', 'Duty'],
    ['2026-11-27', 'Special'],
  ]);
});

describe('19.following: from times to days, and back', () => {
  const days = { start: { date: '2026-11-24' }, end: { date: '2026-11-25' } };
  const timed = {
    start: { dateTime: '2026-11-24T14:00:00', timeZone: 'Europe/Zurich' },
    end: { dateTime: '2026-11-24T15:00:00', timeZone: 'Europe/Zurich' },
  };

  test('the rest of a series of times becomes days, with its end and without what was taken out', async () => {
    const lines = ['RRULE:FREQ=DAILY;UNTIL=20261127T080000Z', 'EXDATE;TZID=Europe/Zurich:20261125T090000'];
    const { calendar, id, at } = await series(hour(9, { recurrence: lines }));
    const { event } = await calendar.events.patchFollowing(at(1), days, QUIET);
    expect(await starts(calendar, id)).toEqual(['23T09:00']);
    expect(await starts(calendar, event.id)).toEqual(['24', '26', '27']);
  });

  test('the rest of a series of days gets times', async () => {
    const whole = { start: { date: '2026-11-23' }, end: { date: '2026-11-24' } };
    const lines = ['RRULE:FREQ=DAILY;UNTIL=20261127', 'EXDATE;VALUE=DATE:20261125'];
    const { calendar, id, at } = await series({ ...whole, recurrence: lines });
    const { event } = await calendar.events.patchFollowing(at(1), timed, QUIET);
    expect(await starts(calendar, id)).toEqual(['23']);
    expect(await starts(calendar, event.id)).toEqual(['24T14:00', '26T14:00', '27T14:00']);
  });

  test('so does a whole series, from its first instance on', async () => {
    const { calendar, at } = await series(
      hour(9, { recurrence: ['RRULE:FREQ=DAILY;UNTIL=20261125T080000Z'] }),
    );
    const first = { start: { date: '2026-11-23' }, end: { date: '2026-11-24' } };
    const { event } = await calendar.events.patchFollowing(at(0), first, QUIET);
    expect(await starts(calendar, event.id)).toEqual(['23', '24', '25']);
  });
});

describe('19.following: to another day', () => {
  const tuesday = {
    start: { dateTime: '2026-12-01T09:00:00', timeZone: 'Europe/Zurich' },
    end: { dateTime: '2026-12-01T10:00:00', timeZone: 'Europe/Zurich' },
  };

  test.each([['RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=MO'], ['RRULE:FREQ=WEEKLY;COUNT=4']])(
    'a meeting of every week moves to another weekday: %s',
    async (rule) => {
      const { calendar, id, at } = await series(hour(9, { recurrence: [rule] }));
      const { event } = await calendar.events.patchFollowing(at(1), tuesday, QUIET);
      expect(await starts(calendar, id)).toEqual(['23T09:00']);
      expect(await starts(calendar, event.id)).toEqual(['01T09:00', '08T09:00', '15T09:00']);
    },
  );

  test('so does a whole series, from its first instance on', async () => {
    const { calendar, at } = await series(hour(9, { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=2;BYDAY=MO'] }));
    const { event } = await calendar.events.patchFollowing(at(0), tuesday, QUIET);
    expect(await starts(calendar, event.id)).toEqual(['01T09:00', '08T09:00']);
  });

  test.each([['RRULE:FREQ=WEEKLY;BYDAY=MO,WE'], ['RRULE:FREQ=MONTHLY;BYMONTHDAY=23,30']])(
    'what a rule of several days becomes is for the host to say: %s',
    async (rule) => {
      const { calendar, at } = await series(hour(9, { recurrence: [rule] }));
      const place = rule.includes('WE') ? at(2) : at(1);
      const moved = calendar.events.patchFollowing(place, tuesday, QUIET);
      expect(await failure(moved)).toMatchObject({ code: 'invalid_request', field: 'recurrence' });
      expect(await calendar.events.list().toArray()).toHaveLength(1);
      const recurrence = ['RRULE:FREQ=WEEKLY;COUNT=2'];
      const { event } = await calendar.events.patchFollowing(place, { ...tuesday, recurrence }, QUIET);
      expect(await starts(calendar, event.id)).toEqual(['01T09:00', '08T09:00']);
    },
  );
});

test('19.following: a guest does not split the series of its organizer', async () => {
  const attendees = [{ email: 'grace@example.com' }];
  const { calendar, sandbox, id, at } = await series(
    hour(9, { recurrence: ['RRULE:FREQ=DAILY;COUNT=4'], attendees }),
  );
  const scopes = ['https://www.googleapis.com/auth/calendar'];
  const { accessToken } = sandbox.google.issueToken({ account: 'grace@example.com', scopes });
  const guest = new GoogleCalendarClient({ auth: accessToken, limits: [] });
  for (const place of [at(0), at(2)]) {
    const error = await failure(guest.events.patchFollowing(place, { location: 'Bern' }, QUIET));
    expect(error).toMatchObject({ code: 'permission_denied', serviceCode: 'forbiddenForNonOrganizer' });
  }
  expect(await guest.events.list().toArray()).toHaveLength(1);
  await calendar.events.patch(id, { guestsCanModify: true }, QUIET);
  const { event } = await guest.events.patchFollowing(at(2), { location: 'Bern' }, QUIET);
  expect(event).toMatchObject({ location: 'Bern', recurrence: ['RRULE:FREQ=DAILY;COUNT=2'] });
});
