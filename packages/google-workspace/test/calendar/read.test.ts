import type { EventQuery } from '@context-sdk/google-workspace';
import { NotFoundError } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';
import { fixture, hasFixtures, skipped } from '../support/fixtures.ts';
import { useSandbox } from '../support/use-sandbox.ts';
import { clientOf } from './client-of.ts';
import { EMPTY, hour, plainHour, QUIET } from './times.ts';

const server = useSandbox();

describe('get and find', () => {
  test('an event, its times in the zone that is asked for', async () => {
    const { calendar } = await server.start(EMPTY);
    const { id } = await calendar.events.create(hour(9));
    const event = await calendar.events.get(id, { timeZone: 'Asia/Tokyo' });
    expect(event.start?.dateTime).toBe('2026-11-23T17:00:00+09:00');
    expect(await calendar.events.find(id)).toMatchObject({ id, summary: 'Planning' });
    expect(await failure(calendar.events.get(id, { timeZone: 'Mars/Base' }))).toMatchObject({
      field: 'timeZone',
    });
  });

  test('what does not exist is an error of get, and undefined for find', async () => {
    const { calendar } = await server.start(EMPTY);
    expect(await failure(calendar.events.get('neverwas'))).toBeInstanceOf(NotFoundError);
    expect(await calendar.events.find('neverwas')).toBeUndefined();
  });

  test('get shows a deleted event as such, find does not find it', async () => {
    const { calendar } = await server.start(EMPTY);
    const { id } = await calendar.events.create(hour(9));
    await calendar.events.delete(id, QUIET);
    expect(await calendar.events.get(id)).toMatchObject({ status: 'cancelled' });
    expect(await calendar.events.find(id)).toBeUndefined();
  });
});

describe('list', () => {
  test("the guide's list: in a range, single, by start, over pages that may be empty", async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    const user = sandbox.google.testUser();
    for (const clock of [15, 9, 12]) user.calendar.addEvent(plainHour(clock));
    user.calendar.beginWithEmptyPage();
    const events = await calendar.events
      .list({
        timeMin: new Date('2026-11-23T08:00:00Z'),
        timeMax: '2026-11-23T14:00:00+01:00',
        singleEvents: true,
        orderBy: 'startTime',
        maxResults: 1,
      })
      .toArray();
    const starts = events.map(({ start }) => start?.dateTime);
    expect(starts).toEqual(['2026-11-23T09:00:00+01:00', '2026-11-23T12:00:00+01:00']);
    expect(sandbox.requests.length).toBeGreaterThan(2);
  });

  test('every parameter of Google arrives', async () => {
    const { client, requests } = clientOf([{ items: [] }]);
    const query: EventQuery = {
      calendarId: 'a#b@group.calendar.google.com',
      eventTypes: ['default', 'focusTime'],
      iCalUID: 'u@google.com',
      maxAttendees: 1,
      maxResults: 2500,
      orderBy: 'updated',
      privateExtendedProperty: ['a=1', 'b=2'],
      q: 'words & more',
      sharedExtendedProperty: ['c=3'],
      showDeleted: true,
      showHiddenInvitations: false,
      singleEvents: true,
      timeMax: '2026-11-24T00:00:00+01:00',
      timeMin: '2026-11-23T00:00:00+01:00',
      timeZone: 'Europe/Zurich',
      updatedMin: new Date('2026-11-01T00:00:00Z'),
    };
    expect(await client.events.list(query).toArray()).toEqual([]);
    const { calendarId: _, ...parameters } = query;
    expect(requests[0]?.path).toBe('/calendar/v3/calendars/a%23b%40group.calendar.google.com/events');
    expect(requests[0]?.query).toEqual({
      ...Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)])),
      updatedMin: '2026-11-01T00:00:00.000Z',
    });
  });

  const refused: [field: string, query: object][] = [
    ['orderBy', { orderBy: 'startTime' }],
    ['timeMax', { timeMin: '2026-11-24T00:00:00Z', timeMax: '2026-11-24T01:00:00+01:00' }],
    ['timeMin', { timeMin: '2026-11-24T00:00:00' }],
    ['timeMin', { timeMin: '24.11.2026' }],
    ['updatedMin', { updatedMin: new Date(Number.NaN) }],
    ['timeMax', { timeMax: new Date(8.64e15) }],
    ['timeZone', { timeZone: 'CET+1' }],
    ['maxResults', { maxResults: 0 }],
    ['maxResults', { maxResults: 2501 }],
    ['privateExtendedProperty[1]', { privateExtendedProperty: ['a=1', 'b'] }],
    ['syncToken', { syncToken: 'x' }],
    ['pageToken', { pageToken: 'x' }],
    ['calendarId', { calendarId: '' }],
  ];

  test.each(refused)('names %s of %j', async (field, query) => {
    const { client, requests } = clientOf([{ items: [] }]);
    expect(await failure(client.events.list(query).toArray())).toMatchObject({
      code: 'invalid_request',
      field,
    });
    expect(requests).toEqual([]);
  });

  test('an answer that is none is refused, by the field', async () => {
    const { client } = clientOf([{ items: 'none' }]);
    expect(await failure(client.events.list().toArray())).toMatchObject({
      code: 'unexpected_response',
      field: 'items',
    });
  });

  test.skipIf(!hasFixtures)(`reads Google's own pages, with all that is in them${skipped}`, async () => {
    const first = fixture('calendar-events-list-page1.json') as { items: object[] };
    const last = fixture('calendar-events-list-last-page.json') as { items: object[] };
    const { client, requests } = clientOf([first, last]);
    expect(await client.events.list().toArray()).toEqual([...first.items, ...last.items]);
    expect(requests.map(({ query }) => query['pageToken'])).toEqual([undefined, 'PAGE-2']);
  });

  test('ends between pages when it is aborted', async () => {
    const { client, requests } = clientOf([{ items: [{ id: 'a' }], nextPageToken: 'more' }]);
    const controller = new AbortController();
    const read = async (): Promise<void> => {
      for await (const event of client.events.list({ signal: controller.signal })) controller.abort(event.id);
    };
    expect(await failure(read())).toBe('a');
    expect(requests).toHaveLength(1);
  });
});

test('the instances of a recurring event', async () => {
  const { calendar } = await server.start(EMPTY);
  const { id } = await calendar.events.create(hour(9, { recurrence: ['RRULE:FREQ=DAILY;COUNT=5'] }));
  expect(await calendar.events.instances(id).toArray()).toHaveLength(5);
  const query = { timeMin: '2026-11-24T00:00:00+01:00', timeMax: '2026-11-26T00:00:00+01:00', maxResults: 1 };
  const some = await calendar.events.instances(id, query).toArray();
  expect(some.map(({ recurringEventId }) => recurringEventId)).toEqual([id, id]);
  expect(await failure(calendar.events.instances(id, { maxResults: 0 }).toArray())).toMatchObject({
    field: 'maxResults',
  });
});

describe('calendars', () => {
  test('the list, page by page, and one of it', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    const { id } = sandbox.google.testUser().calendar.addCalendar({ summary: 'Team', accessRole: 'reader' });
    const all = await calendar.calendars.list({ maxResults: 1 }).toArray();
    expect(all.map((entry) => entry.id).toSorted()).toEqual(['ada@example.com', id].toSorted());
    const own = await calendar.calendars.list({ minAccessRole: 'owner' }).toArray();
    expect(own.map(({ primary }) => primary)).toEqual([true]);
    expect(await calendar.calendars.get()).toMatchObject({ primary: true, timeZone: 'Europe/Berlin' });
    expect(await calendar.calendars.get(id)).toMatchObject({ summary: 'Team', accessRole: 'reader' });
    expect(await failure(calendar.calendars.get('nobody@example.com'))).toBeInstanceOf(NotFoundError);
    expect(await failure(calendar.calendars.list({ maxResults: 251 }).toArray())).toMatchObject({
      field: 'maxResults',
    });
  });
});
