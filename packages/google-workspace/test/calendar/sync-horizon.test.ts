import { GoogleCalendarClient } from '@context-sdk/google-workspace';
import type { JsonObject } from '@context-sdk/sandbox';
import { answering, failure, IMPATIENT } from '@context-sdk/test-support';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { googleFailure } from '../support/answering.ts';
import { useSandbox } from '../support/use-sandbox.ts';
import { clientOf } from './client-of.ts';
import { EMPTY } from './times.ts';

const server = useSandbox();
const NOW = new Date('2026-11-23T08:00:00Z');
const DAY_MS = 86_400_000;
const LONG = { ...EMPTY, expiresIn: 100 * 86_400 };

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => vi.useRealTimers());

function day(offset: number): string {
  return new Date(NOW.getTime() + offset * DAY_MS).toISOString().slice(0, 10);
}

function eventOn(offset: number, summary = `day ${offset}`): JsonObject {
  return {
    summary,
    start: { dateTime: `${day(offset)}T10:00:00Z` },
    end: { dateTime: `${day(offset)}T11:00:00Z` },
  };
}

function summaries(events: readonly { summary?: string }[]): string[] {
  return events.map(({ summary = '' }) => summary).toSorted();
}

describe('19.2: a first sync with a beginning', () => {
  test('asks from timeMin on, keeps it in the cursor, and leaves it out beside a token', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    const user = sandbox.google.testUser().calendar;
    user.addEvent(eventOn(-30));
    user.addEvent(eventOn(1));
    const first = await calendar.events.sync(undefined, { timeMin: NOW });
    expect(summaries(first.events)).toEqual(['day 1']);
    user.addEvent(eventOn(-20));
    const next = await calendar.events.sync(first.cursor);
    expect(summaries(next.events)).toEqual(['day -20']);
    user.expireSyncTokens();
    const again = await calendar.events.sync(next.cursor);
    expect(again).toMatchObject({ full: true });
    expect(summaries(again.events)).toEqual(['day 1']);
  });

  test('a timeMin beside a cursor is for a sync that starts over', async () => {
    const { client, requests } = clientOf([
      { nextSyncToken: 'a' },
      googleFailure(410, 'gone'),
      { nextSyncToken: 'b' },
    ]);
    const { cursor } = await client.events.sync(undefined, { timeMin: '2026-01-01T00:00:00Z' });
    await client.events.sync(cursor, { timeMin: '2026-02-01T00:00:00Z' });
    expect(requests.map(({ query }) => query['timeMin'])).toEqual([
      '2026-01-01T00:00:00Z',
      undefined,
      '2026-02-01T00:00:00Z',
    ]);
  });

  test.each(['2026-11-23T09:00:00', 'yesterday', new Date(Number.NaN)])(
    'timeMin %s is refused',
    async (timeMin) => {
      const { client, requests } = clientOf([{}]);
      expect(await failure(client.events.sync(undefined, { timeMin }))).toMatchObject({ field: 'timeMin' });
      expect(requests).toEqual([]);
    },
  );

  test('asks for 2,500 events a page, unless told otherwise', async () => {
    const { client, requests } = clientOf([{ nextSyncToken: 'a' }]);
    const { cursor } = await client.events.sync();
    await client.events.sync(cursor);
    await client.events.sync(undefined, { maxResults: 10 });
    expect(requests.map(({ query }) => query['maxResults'])).toEqual(['2500', '2500', '10']);
  });
});

describe('19.2: fields', () => {
  test('a mask of a sync has what the sync itself needs', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    const user = sandbox.google.testUser().calendar;
    const ids = [1, 2, 3].map((offset) => user.addEvent(eventOn(offset)).id);
    const options = { fields: 'items(summary)', maxResults: 2 };
    const first = await calendar.events.sync(undefined, options);
    expect(summaries(first.events)).toEqual(['day 1', 'day 2', 'day 3']);
    expect(Object.keys(first.events[0] ?? {})).not.toContain('creator');
    user.deleteEvent(String(ids[0]));
    expect(await calendar.events.sync(first.cursor, options)).toMatchObject({
      events: [],
      deleted: [{ id: ids[0] }],
    });
  });

  test('a mask of a list has its page token, and one of an event its id', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    const user = sandbox.google.testUser().calendar;
    const [id = ''] = [1, 2, 3].map((offset) => user.addEvent(eventOn(offset)).id);
    const events = await calendar.events.list({ fields: 'items/summary', maxResults: 1 }).toArray();
    expect(summaries(events)).toEqual(['day 1', 'day 2', 'day 3']);
    expect(await calendar.events.get(id, { fields: 'summary' })).toEqual({
      id,
      status: 'confirmed',
      summary: 'day 1',
    });
    const calendars = await calendar.calendars.list({ fields: 'items(summary)' }).toArray();
    expect(calendars).toEqual([{ id: 'ada@example.com', summary: 'ada@example.com' }]);
  });

  test.each(['', ' ', 'items(id', 'items)id(', 'a b;c', 'items?'])('%j is no mask', async (fields) => {
    const { client, requests } = clientOf([{}]);
    expect(await failure(client.events.sync(undefined, { fields }))).toMatchObject({ field: 'fields' });
    expect(await failure(client.events.list({ fields }).toArray())).toMatchObject({ field: 'fields' });
    expect(requests).toEqual([]);
  });
});

describe('19.2: a series without an end', () => {
  const at = (hour: number): JsonObject => ({ dateTime: `${day(0)}T${hour}:00:00`, timeZone: 'UTC' });
  const endless: JsonObject = {
    summary: 'Stand-up',
    start: at(10),
    end: at(11),
    recurrence: ['RRULE:FREQ=DAILY'],
  };

  test('is read up to the horizon, and further as time goes by', async () => {
    const { calendar, sandbox } = await server.start(LONG);
    sandbox.google.testUser().calendar.addEvent(endless);
    const options = { singleEvents: true, horizonDays: 10 };
    const first = await calendar.events.sync(undefined, options);
    const known = new Set(first.events.map(({ start }) => start?.dateTime?.slice(0, 10)));
    expect(known.size).toBe(10);
    let { cursor } = first;
    for (const passed of [0.5, 3, 20]) {
      vi.setSystemTime(NOW.getTime() + passed * DAY_MS);
      const next = await calendar.events.sync(cursor);
      for (const { start } of next.events) known.add(start?.dateTime?.slice(0, 10));
      ({ cursor } = next);
    }
    expect(known).toEqual(new Set(Array.from({ length: 30 }, (_, offset) => day(offset))));
  });

  test('nothing is read twice within a day', async () => {
    const { calendar, sandbox } = await server.start(LONG);
    const { cursor } = await calendar.events.sync(undefined, { horizonDays: 10 });
    sandbox.clearRequests();
    await calendar.events.sync(cursor);
    expect(sandbox.requests).toHaveLength(1);
  });

  test('an event that moves beyond the horizon is deleted, and comes back when it is near', async () => {
    const { calendar, sandbox } = await server.start(LONG);
    const user = sandbox.google.testUser().calendar;
    const { id } = user.addEvent(eventOn(3));
    const { cursor } = await calendar.events.sync(undefined, { horizonDays: 10 });
    const { start, end } = eventOn(15);
    user.updateEvent(id, { start: start ?? {}, end: end ?? {} });
    const moved = await calendar.events.sync(cursor);
    expect(moved).toMatchObject({ events: [], deleted: [{ id }] });
    vi.setSystemTime(NOW.getTime() + 8 * DAY_MS);
    expect(await calendar.events.sync(moved.cursor)).toMatchObject({ events: [{ id }], deleted: [] });
  });

  test.each([0, -1, 1.5, 10_000, Number.NaN])('horizonDays %d is refused', async (horizonDays) => {
    const { client, requests } = clientOf([{}]);
    expect(await failure(client.events.sync(undefined, { horizonDays }))).toMatchObject({
      field: 'horizonDays',
    });
    expect(requests).toEqual([]);
  });
});

describe('19.2: page by page', () => {
  test('pages come as they are read, and each can be continued after', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    const user = sandbox.google.testUser().calendar;
    const all = Array.from({ length: 7 }, (_, offset) => user.addEvent(eventOn(offset)).id);
    for (let stopAfter = 1; stopAfter <= 4; stopAfter += 1) {
      const seen: string[] = [];
      let cursor: string | undefined;
      let pages = 0;
      for await (const page of calendar.events.syncPages(undefined, { maxResults: 2 })) {
        expect(page.reset).toBe(pages === 0);
        seen.push(...page.events.map(({ id }) => id));
        ({ cursor } = page);
        pages += 1;
        if (pages === stopAfter) break;
      }
      for await (const page of calendar.events.syncPages(cursor)) {
        expect(page.reset).toBe(false);
        seen.push(...page.events.map(({ id }) => id));
        ({ cursor } = page);
      }
      expect(seen.toSorted()).toEqual(all.toSorted());
      expect(await calendar.events.sync(cursor)).toMatchObject({ events: [], full: false });
    }
  });

  test('nothing is requested before it is asked for', async () => {
    const { client, requests } = clientOf([
      { items: [{ id: 'a' }], nextPageToken: '2' },
      { items: [{ id: 'b' }], nextSyncToken: 't' },
    ]);
    const pages = client.events.syncPages();
    expect(requests).toHaveLength(0);
    await pages.next();
    expect(requests).toHaveLength(1);
    await pages.next();
    expect(requests).toHaveLength(2);
  });

  test('a position that is refused halfway resets what came before', async () => {
    const { client } = clientOf([
      { items: [{ id: 'a' }], nextPageToken: '2' },
      googleFailure(410, 'gone'),
      { items: [{ id: 'b' }], nextSyncToken: 't' },
    ]);
    const resets: [boolean, string | undefined][] = [];
    for await (const { reset, events } of client.events.syncPages()) resets.push([reset, events[0]?.id]);
    expect(resets).toEqual([
      [true, 'a'],
      [true, 'b'],
    ]);
  });
});

describe('19.4: an item without an id', () => {
  const items = [null, 'x', {}, { id: 7 }, { id: '' }, { summary: 'no id' }, { id: 'good' }];

  function clientWith(answer: object): GoogleCalendarClient {
    const { fetch } = answering(answer);
    return new GoogleCalendarClient({ auth: 'token', fetch, limits: [], retry: IMPATIENT });
  }

  test('is skipped and reported by lists', async () => {
    const { events, calendars } = clientWith({ items });
    for (const list of [events.list(), events.instances('series'), calendars.list()]) {
      expect(await list.toArray()).toEqual([{ id: 'good' }]);
      expect(list.skipped.map(({ item }) => item)).toEqual(items.slice(0, -1));
    }
    const told: unknown[] = [];
    await events.list({ onSkipped: ({ item }) => told.push(item) }).toArray();
    expect(told).toEqual(items.slice(0, -1));
  });

  test('is skipped and reported by a sync', async () => {
    const { events } = clientWith({ items, nextSyncToken: 't' });
    const changes = await events.sync();
    expect(changes.events).toEqual([{ id: 'good' }]);
    expect(changes.skipped).toHaveLength(items.length - 1);
  });

  test('a response whose items are no list is an error', async () => {
    const { events } = clientWith({ items: 'none' });
    expect(await failure(events.list().toArray())).toMatchObject({
      code: 'unexpected_response',
      field: 'items',
    });
  });
});
