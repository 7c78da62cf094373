import { type CalendarEvent, GoogleCalendarClient } from '@context-sdk/google-workspace';
import { failure } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';
import { googleFailure } from '../support/answering.ts';
import { useSandbox } from '../support/use-sandbox.ts';
import { withEmptyFirstPages } from './empty-pages.ts';
import { EMPTY, hour, QUIET } from './times.ts';

const server = useSandbox();
const TIME_ZONE = 'Europe/Zurich';

/** A series from Monday, 23 November 2026, 9:00, and its instances. */
async function series(recurrence: string[], changes: Parameters<typeof hour>[1] = {}) {
  const { calendar, sandbox } = await server.start(EMPTY);
  const { id } = await calendar.events.create(hour(9, { recurrence, ...changes }), QUIET);
  return { calendar, sandbox, id, instances: await calendar.events.instances(id).toArray() };
}

async function startsOf(
  calendar: GoogleCalendarClient,
  { id }: CalendarEvent | { id: string },
): Promise<string[]> {
  const instances = await calendar.events.instances(id, { timeMax: '2026-12-10T00:00:00Z' }).toArray();
  return instances.map(({ start }) => (start?.date ?? start?.dateTime ?? '').slice(8, 16));
}

describe('19.following: patchFollowing', () => {
  test('splits a series, and shares out its count', async () => {
    const { calendar, id, instances } = await series(['RRULE:FREQ=DAILY;COUNT=6']);
    const { event, before } = await calendar.events.patchFollowing(
      String(instances[2]?.id),
      { summary: 'New' },
      QUIET,
    );
    expect(before?.id).toBe(id);
    expect(await startsOf(calendar, { id })).toEqual(['23T09:00', '24T09:00']);
    expect(event).toMatchObject({ summary: 'New', recurrence: ['RRULE:FREQ=DAILY;COUNT=4'] });
    expect(await startsOf(calendar, event)).toEqual(['25T09:00', '26T09:00', '27T09:00', '28T09:00']);
  });

  test.each([
    ['an end', ['RRULE:FREQ=DAILY;UNTIL=20261126T225959Z'], ['25T09:00', '26T09:00']],
    ['no end', ['RRULE:FREQ=WEEKLY;BYDAY=MO,WE'], ['30T09:00', '02T09:00', '07T09:00', '09T09:00']],
    [
      'dates',
      [
        'RRULE:FREQ=DAILY;COUNT=5',
        'EXDATE;TZID=Europe/Zurich:20261124T090000,20261126T090000',
        'RDATE;TZID=Europe/Zurich:20261201T090000',
      ],
      ['26T09:00', '27T09:00', '01T09:00'],
    ],
  ])('a series with %s', async (_name, recurrence, following) => {
    const { calendar, id, instances } = await series(recurrence);
    const [first, , third] = instances;
    const { event } = await calendar.events.patchFollowing(String(third?.id), { summary: 'New' }, QUIET);
    const all = [...(await startsOf(calendar, { id })), ...(await startsOf(calendar, event))];
    const thirdStart = String(third?.start?.dateTime?.slice(8, 16));
    expect(all[0]).toBe(first?.start?.dateTime?.slice(8, 16));
    expect((await startsOf(calendar, event))[0]).toBe(thirdStart);
    expect(all.slice(-following.length).at(-1)).toBe(following.at(-1));
    expect(new Set(all).size).toBe(all.length);
  });

  test('a series of days', async () => {
    const days = { start: { date: '2026-11-23' }, end: { date: '2026-11-25' } };
    const { calendar, id, instances } = await series(['RRULE:FREQ=WEEKLY;COUNT=3'], days);
    const { event } = await calendar.events.patchFollowing(
      String(instances[1]?.id),
      { summary: 'New' },
      QUIET,
    );
    expect(await startsOf(calendar, { id })).toEqual(['23']);
    expect(event).toMatchObject({ start: { date: '2026-11-30' }, end: { date: '2026-12-02' } });
    expect(await startsOf(calendar, event)).toEqual(['30', '07']);
  });

  test('keeps the meeting link, the guests and their answers, and what is new', async () => {
    const conferenceData = {
      createRequest: { requestId: 'r', conferenceSolutionKey: { type: 'hangoutsMeet' } },
    };
    const attendees = [{ email: 'noor@example.org', responseStatus: 'accepted' }];
    const { calendar, id, instances } = await series(['RRULE:FREQ=DAILY;COUNT=4'], {
      conferenceData,
      attendees,
    });
    const { hangoutLink } = await calendar.events.get(id);
    expect(hangoutLink).toBeDefined();
    const start = { dateTime: '2026-11-25T14:00:00', timeZone: TIME_ZONE };
    const end = { dateTime: '2026-11-25T15:30:00', timeZone: TIME_ZONE };
    const changes = { start, end, location: 'Raum Elbe' };
    const { event } = await calendar.events.patchFollowing(String(instances[2]?.id), changes, QUIET);
    expect(event).toMatchObject({ hangoutLink, location: 'Raum Elbe', attendees });
    expect(await startsOf(calendar, event)).toEqual(['25T14:00', '26T14:00']);
  });

  test('keeps exceptions: changed, moved and deleted instances', async () => {
    const { calendar, id, instances } = await series(['RRULE:FREQ=DAILY;COUNT=6']);
    const at = (index: number): string => String(instances[index]?.id);
    await calendar.events.patch(at(1), { summary: 'before the cut' }, QUIET);
    await calendar.events.patch(at(3), { summary: 'renamed' }, QUIET);
    const moved = {
      start: { dateTime: '2026-11-27T16:00:00', timeZone: TIME_ZONE },
      end: { dateTime: '2026-11-27T17:00:00', timeZone: TIME_ZONE },
    };
    await calendar.events.patch(at(4), moved, QUIET);
    await calendar.events.delete(at(5), QUIET);
    const { event, keptExceptions } = await calendar.events.patchFollowing(
      at(2),
      { location: 'Raum Elbe' },
      QUIET,
    );
    expect(keptExceptions).toBe(3);
    const following = await calendar.events.instances(event.id).toArray();
    expect(
      following.map(({ start, summary, location }) => [start?.dateTime?.slice(8, 16), summary, location]),
    ).toEqual([
      ['25T09:00', 'Planning', 'Raum Elbe'],
      ['26T09:00', 'renamed', 'Raum Elbe'],
      ['27T16:00', 'Planning', 'Raum Elbe'],
    ]);
    const before = await calendar.events.instances(id).toArray();
    expect(before.map(({ summary }) => summary)).toEqual(['Planning', 'before the cut']);
  });

  test('from the first instance on, changes the series itself', async () => {
    const { calendar, id, instances } = await series(['RRULE:FREQ=DAILY;COUNT=3']);
    const change = await calendar.events.patchFollowing(String(instances[0]?.id), { summary: 'New' }, QUIET);
    expect(change).toMatchObject({ event: { id, summary: 'New' }, keptExceptions: 0 });
    expect(change.before).toBeUndefined();
  });

  test('a call that was interrupted can be repeated', async () => {
    const { calendar, sandbox, id, instances } = await series(['RRULE:FREQ=DAILY;COUNT=4']);
    sandbox.google.failNext({ reason: 'forbidden', method: 'calendar.events.patch' });
    const call = () => calendar.events.patchFollowing(String(instances[2]?.id), { summary: 'New' }, QUIET);
    expect(await failure(call())).toMatchObject({ code: 'permission_denied' });
    const { event } = await call();
    expect(await startsOf(calendar, { id })).toEqual(['23T09:00', '24T09:00']);
    expect(await startsOf(calendar, event)).toEqual(['25T09:00', '26T09:00']);
    expect(
      sandbox.google
        .testUser()
        .calendar.events()
        .filter(({ status }) => status === 'confirmed'),
    ).toHaveLength(2);
  });

  test('19.following: an exception is found behind an empty page', async () => {
    const { sandbox, calendar, instances } = await series(['RRULE:FREQ=DAILY;COUNT=4']);
    await calendar.events.patch(String(instances[3]?.id), { summary: 'Last' }, QUIET);
    const client = withEmptyFirstPages(sandbox);
    const change = await client.events.patchFollowing(String(instances[2]?.id), { location: 'Bern' }, QUIET);
    expect(change.keptExceptions).toBe(1);
    const after = await calendar.events.instances(change.event.id).toArray();
    expect(after.map(({ summary }) => summary)).toEqual(['Planning', 'Last']);
  });

  test('19.following: a call that was interrupted among the exceptions can be repeated', async () => {
    const { calendar, sandbox, id, instances } = await series(['RRULE:FREQ=DAILY;COUNT=5']);
    for (const [index, summary] of [
      [3, 'Fourth'],
      [4, 'Fifth'],
    ] as const)
      await calendar.events.patch(String(instances[index]?.id), { summary }, QUIET);
    let patches = 0;
    const client = new GoogleCalendarClient({
      auth: sandbox.google.issueToken().accessToken,
      limits: [],
      fetch: async (input, init) => {
        const request = new Request(input, init);
        if (request.method === 'PATCH' && (patches += 1) === 2) return googleFailure(403, 'forbidden');
        return await sandbox.fetch(request);
      },
    });
    const call = () => client.events.patchFollowing(String(instances[2]?.id), { location: 'Bern' }, QUIET);
    expect(await failure(call())).toMatchObject({ code: 'permission_denied' });
    const { event, keptExceptions } = await call();
    expect(keptExceptions).toBe(2);
    const after = await calendar.events.instances(event.id).toArray();
    expect(after.map(({ summary }) => summary)).toEqual(['Planning', 'Fourth', 'Fifth']);
    expect(await startsOf(calendar, { id })).toEqual(['23T09:00', '24T09:00']);
  });

  test('a series that changes meanwhile stays whole', async () => {
    const { calendar, sandbox, id, instances } = await series(['RRULE:FREQ=DAILY;COUNT=4']);
    sandbox.google.failNext({ reason: 'conditionNotMet', method: 'calendar.events.patch' });
    const call = calendar.events.patchFollowing(String(instances[2]?.id), { summary: 'New' }, QUIET);
    expect(await failure(call)).toMatchObject({ code: 'conflict' });
    expect(await startsOf(calendar, { id })).toHaveLength(4);
    expect(
      sandbox.google
        .testUser()
        .calendar.events()
        .filter(({ status }) => status === 'confirmed'),
    ).toHaveLength(1);
  });

  test('19.following: a lost answer to the end of the former series takes nothing back', async () => {
    const { calendar, sandbox, id, instances } = await series(['RRULE:FREQ=DAILY;COUNT=4']);
    const patches = { operation: 'calendar.events.patch', times: 1 };
    sandbox.faults.inject({ kind: 'reset', when: 'after' }, patches);
    const change = await calendar.events.patchFollowing(String(instances[2]?.id), { summary: 'New' }, QUIET);
    expect(change.before).toMatchObject({ id });
    expect(await startsOf(calendar, { id })).toEqual(['23T09:00', '24T09:00']);
    expect(await startsOf(calendar, change.event)).toEqual(['25T09:00', '26T09:00']);
  });

  test('is for instances only', async () => {
    const { calendar, id } = await series(['RRULE:FREQ=DAILY;COUNT=4']);
    const { patchFollowing } = {
      patchFollowing: (one: string) => calendar.events.patchFollowing(one, { summary: 'x' }, QUIET),
    };
    expect(await failure(patchFollowing(id))).toMatchObject({ field: 'eventId' });
    expect(await failure(patchFollowing('nothing'))).toMatchObject({ code: 'not_found' });
    expect(await failure(calendar.events.patchFollowing('x', {}, QUIET))).toMatchObject({ field: 'changes' });
  });
});

describe('19.following: deleteFollowing', () => {
  test('ends the series before the instance', async () => {
    const { calendar, id, instances } = await series(['RRULE:FREQ=DAILY;COUNT=4']);
    expect(await calendar.events.deleteFollowing(String(instances[1]?.id), QUIET)).toMatchObject({ id });
    expect(await startsOf(calendar, { id })).toEqual(['23T09:00']);
  });

  test('a lost answer to it is no conflict', async () => {
    const { calendar, sandbox, id, instances } = await series(['RRULE:FREQ=DAILY;COUNT=4']);
    const patches = { operation: 'calendar.events.patch', times: 1 };
    sandbox.faults.inject({ kind: 'reset', when: 'after' }, patches);
    expect(await calendar.events.deleteFollowing(String(instances[1]?.id), QUIET)).toMatchObject({ id });
    expect(await startsOf(calendar, { id })).toEqual(['23T09:00']);
  });

  test('from the first on, deletes it', async () => {
    const { calendar, id, instances } = await series(['RRULE:FREQ=DAILY;COUNT=4']);
    expect(await calendar.events.deleteFollowing(String(instances[0]?.id), QUIET)).toBeUndefined();
    expect(await calendar.events.find(id)).toBeUndefined();
  });
});
