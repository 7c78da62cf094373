import { type CalendarEvent, type EventOutcome, GoogleCalendarClient } from '@context-sdk/google-workspace';
import { memoryRateLimiter } from '@context-sdk/oauth-core';
import { failure, IMPATIENT } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';
import { clientOf } from './client-of.ts';
import { EMPTY, hour, QUIET } from './times.ts';

const server = useSandbox();

function numbered(length: number): ReturnType<typeof hour>[] {
  return Array.from({ length }, (_, index) => hour(9, { summary: `event ${index}` }));
}

function eventsIn(outcomes: readonly EventOutcome[]): CalendarEvent[] {
  return outcomes.flatMap((outcome) => (outcome.status === 'ok' ? [outcome.event] : []));
}

function statuses(outcomes: readonly { status: string }[]): string[] {
  return outcomes.map(({ status }) => status);
}

describe('19.bulk: createMany', () => {
  test('creates 50 events per request, and answers in the order of the events', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    const progress: number[] = [];
    const outcomes = await calendar.events.createMany(numbered(120), {
      onProgress: ({ done }) => progress.push(done),
    });
    expect(eventsIn(outcomes).map(({ summary }) => summary)).toEqual(
      numbered(120).map(({ summary }) => summary),
    );
    expect(sandbox.requests.map(({ operation }) => operation)).toEqual(Array(3).fill('calendar.batch'));
    expect(progress).toEqual([50, 100, 120]);
  });

  test('one bad event fails alone: refused here, or by Google', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    const bad = { summary: 'no end', start: { dateTime: '2026-11-23T09:00:00Z' } } as ReturnType<typeof hour>;
    const refused = hour(9, { reminders: { useDefault: false, overrides: [{ method: 'sms', minutes: 1 }] } });
    const outcomes = await calendar.events.createMany([hour(9), bad, refused, hour(11)]);
    expect(statuses(outcomes)).toEqual(['ok', 'failed', 'failed', 'ok']);
    expect(outcomes[1]).toMatchObject({ error: { field: 'end' } });
    expect(outcomes[2]).toMatchObject({ error: { status: 400 } });
    expect(sandbox.google.testUser().calendar.events()).toHaveLength(2);
  });

  test('with keys, a second time changes nothing', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    const items = numbered(5).map((event, index) => ({ ...event, key: `task/${index}` }));
    const first = eventsIn(await calendar.events.createMany(items));
    const second = eventsIn(await calendar.events.createMany(items));
    expect(second.map(({ id }) => id)).toEqual(first.map(({ id }) => id));
    expect(sandbox.google.testUser().calendar.events()).toHaveLength(5);
    expect(JSON.stringify(first)).not.toContain('task/');
  });

  test('a lost response creates nothing twice', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    sandbox.faults.inject({ kind: 'reset', when: 'after' }, { operation: 'calendar.batch', times: 1 });
    expect(statuses(await calendar.events.createMany(numbered(5)))).toEqual(Array(5).fill('ok'));
    expect(sandbox.google.testUser().calendar.events()).toHaveLength(5);
    const without = await server.start({ ...EMPTY, client: { retry: { attempts: 1 } } });
    without.sandbox.faults.inject(
      { kind: 'reset', when: 'after' },
      { operation: 'calendar.batch', times: 1 },
    );
    expect(statuses(await without.calendar.events.createMany(numbered(5)))).toEqual(Array(5).fill('ok'));
    expect(without.sandbox.google.testUser().calendar.events()).toHaveLength(5);
  });

  test('parts that Google refuses for a moment are sent again', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    sandbox.google.failNext({ reason: 'backendError', times: 3, method: 'calendar.events.insert' });
    expect(statuses(await calendar.events.createMany(numbered(5)))).toEqual(Array(5).fill('ok'));
    expect(sandbox.requests).toHaveLength(2);
  });

  test('a batch that is refused whole waits like any other request', async () => {
    const { calendar, sandbox } = await server.start({
      ...EMPTY,
      sandbox: { ...EMPTY.sandbox, google: { quotas: { calendar: [] } } },
    });
    sandbox.google.failNext({ reason: 'backendError', times: 5, method: 'calendar.events.insert' });
    expect(statuses(await calendar.events.createMany(numbered(5)))).toEqual(Array(5).fill('ok'));
    expect(sandbox.requests).toHaveLength(2);
  });

  test('the quota of the parts counts, and no batch is larger than the limits', async () => {
    const { calendar, sandbox } = await server.start({
      ...EMPTY,
      client: { limits: [{ limit: 20, intervalMs: 1 }], rateLimiter: memoryRateLimiter() },
    });
    expect(statuses(await calendar.events.createMany(numbered(50)))).toEqual(Array(50).fill('ok'));
    expect(sandbox.requests).toHaveLength(3);
  });

  test('an expired token is replaced, although Google answers 200', async () => {
    const { sandbox } = await server.start(EMPTY);
    const expired = sandbox.google.issueToken({ expiresIn: 1 }).accessToken;
    const { accessToken } = sandbox.google.issueToken();
    sandbox.clock.advance(2000);
    let token = expired;
    const auth = {
      async getAccessToken({ rejected }: { rejected?: string | undefined } = {}) {
        if (rejected === token) token = accessToken;
        return token;
      },
    };
    const client = new GoogleCalendarClient({ auth, limits: [], retry: IMPATIENT, fetch: sandbox.fetch });
    expect(statuses(await client.events.createMany(numbered(3)))).toEqual(['ok', 'ok', 'ok']);
  });

  test('guests need sendUpdates, and options go to every event', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    const withGuest = hour(9, { attendees: [{ email: 'noor@example.org' }] });
    expect(await calendar.events.createMany([withGuest])).toMatchObject([
      { status: 'failed', error: { field: 'sendUpdates' } },
    ]);
    const own = sandbox.google.testUser().calendar.addCalendar({ summary: 'Ärger & Söhne/?#' });
    const options = { sendUpdates: 'all', calendarId: own.id } as const;
    expect(statuses(await calendar.events.createMany([withGuest, hour(10)], options))).toEqual(['ok', 'ok']);
    expect(sandbox.google.testUser().calendar.events(own.id)).toHaveLength(2);
    expect(sandbox.google.testUser().calendar.sentMail()).toMatchObject([{ to: ['noor@example.org'] }]);
  });

  test('no events are no request, and an abort leaves the rest unsent', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    expect(await calendar.events.createMany([])).toEqual([]);
    const controller = new AbortController();
    const outcomes = await calendar.events.createMany(numbered(60), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    expect(statuses(outcomes)).toEqual([...Array(50).fill('ok'), ...Array(10).fill('failed')]);
    expect(sandbox.requests).toHaveLength(1);
  });
});

describe('19.bulk: patchMany and deleteMany', () => {
  test('change what they name, one outcome each', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    const [one, two, three] = eventsIn(await calendar.events.createMany(numbered(3)));
    const outcomes = await calendar.events.patchMany(
      [
        { id: String(one?.id), changes: { summary: 'new' }, ifMatch: one?.etag },
        { id: String(two?.id), changes: { summary: 'new' }, ifMatch: '"0"' },
        { id: 'nothing', changes: { summary: 'new' } },
        { id: String(three?.id), changes: {} },
      ],
      QUIET,
    );
    expect(statuses(outcomes)).toEqual(['ok', 'failed', 'failed', 'failed']);
    expect(outcomes).toMatchObject([
      { event: { summary: 'new' } },
      { error: { code: 'conflict' } },
      { error: { code: 'not_found' } },
      { error: { field: 'changes' } },
    ]);
    const gone = await calendar.events.deleteMany(
      [String(one?.id), { id: String(two?.id), ifMatch: '"0"' }, 'nothing', ''],
      QUIET,
    );
    expect(gone).toMatchObject([
      { status: 'ok', id: one?.id },
      { status: 'failed', error: { code: 'conflict' } },
      { status: 'ok', id: 'nothing' },
      { status: 'failed', error: { field: 'eventId' } },
    ]);
    expect(await calendar.events.deleteMany([String(one?.id)], QUIET)).toMatchObject([{ status: 'ok' }]);
    const left = sandbox.google.testUser().calendar.events();
    expect(left.filter(({ status }) => status === 'confirmed')).toHaveLength(2);
  });

  test('a lost response is settled', async () => {
    const { calendar, sandbox } = await server.start({ ...EMPTY, client: { retry: { attempts: 1 } } });
    const ids = eventsIn(await calendar.events.createMany(numbered(2))).map(({ id }) => id);
    const scope = { operation: 'calendar.batch', times: 1 };
    sandbox.faults.inject({ kind: 'reset', when: 'after' }, scope);
    const changes = ids.map((id) => ({ id, changes: { summary: 'new' } }));
    expect(statuses(await calendar.events.patchMany(changes, QUIET))).toEqual(['ok', 'ok']);
    sandbox.faults.inject({ kind: 'reset', when: 'after' }, scope);
    expect(statuses(await calendar.events.deleteMany(ids, QUIET))).toEqual(['ok', 'ok']);
  });

  test.each([1, 3])(
    'a change with an etag is not called failed after a lost response, %i tries',
    async (attempts) => {
      const { calendar, sandbox } = await server.start({ ...EMPTY, client: { retry: { attempts } } });
      const events = eventsIn(await calendar.events.createMany(numbered(2)));
      sandbox.faults.inject({ kind: 'reset', when: 'after' }, { operation: 'calendar.batch', times: 1 });
      const changes = events.map(({ id, etag }) => ({ id, changes: { summary: 'new' }, ifMatch: etag }));
      const outcomes = await calendar.events.patchMany(changes, QUIET);
      expect(eventsIn(outcomes)).toMatchObject([{ summary: 'new' }, { summary: 'new' }]);
      expect(sandbox.google.testUser().calendar.events()[0]).toMatchObject({ summary: 'new' });
    },
  );

  test.each([1, 3])('one that somebody else has changed after it is unknown, %i tries', async (attempts) => {
    const { calendar, sandbox } = await server.start({ ...EMPTY, client: { retry: { attempts } } });
    const [event] = eventsIn(await calendar.events.createMany(numbered(1)));
    const { id = '', etag } = event ?? {};
    sandbox.faults.inject({ kind: 'reset', when: 'after' }, { operation: 'calendar.batch', times: 1 });
    sandbox.google.testUser().calendar.updateEvent(id, { summary: 'theirs' });
    const outcomes = await calendar.events.patchMany(
      [{ id, changes: { summary: 'new' }, ifMatch: etag }],
      QUIET,
    );
    expect(outcomes).toMatchObject([{ status: 'unknown', error: { code: 'network' } }]);
  });

  test('an abort while a lost response is settled leaves an outcome for each', async () => {
    const { calendar, sandbox } = await server.start({ ...EMPTY, client: { retry: { attempts: 1 } } });
    const ids = eventsIn(await calendar.events.createMany(numbered(2))).map(({ id }) => id);
    const controller = new AbortController();
    const client = new GoogleCalendarClient({
      auth: sandbox.google.issueToken().accessToken,
      limits: [],
      retry: { attempts: 1 },
      fetch: async (input, init) => {
        if (!new Request(input, init).url.includes('batch')) controller.abort();
        else throw new TypeError('fetch failed');
        return await sandbox.fetch(input, init);
      },
    });
    const changes = ids.map((id) => ({ id, changes: { summary: 'new' } }));
    const outcomes = await client.events.patchMany(changes, { ...QUIET, signal: controller.signal });
    expect(statuses(outcomes)).toEqual(['unknown', 'unknown']);
  });
});

describe('19.bulk: what Google answers', () => {
  function batchOf(parts: readonly string[], boundary = 'b'): Response {
    const body = parts
      .map((part) => `--${boundary}\r\nContent-Type: application/http\r\n${part}\r\n`)
      .join('');
    return new Response(`${body}--${boundary}--`, {
      headers: { 'content-type': `multipart/mixed; boundary="${boundary}"` },
    });
  }
  const ok = (id: number, event: string): string =>
    `Content-ID: <response-${id}>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"id":"${event}"}`;

  test('is read in any order; a part that is missing or makes no sense fails alone', async () => {
    const broken = 'Content-ID: <response-1>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{"id":';
    const { client } = clientOf([batchOf([ok(2, 'c'), broken, ok(0, 'a')])], { retry: { attempts: 1 } });
    const changes = ['a', 'b', 'c'].map((id) => ({ id, changes: { summary: 'x' } }));
    const outcomes = await client.events.patchMany(changes, QUIET);
    expect(statuses(outcomes)).toEqual(['ok', 'unknown', 'ok']);
    expect(eventsIn(outcomes).map(({ id }) => id)).toEqual(['a', 'c']);
  });

  test('a part without an id fails alone: the others are not sent again', async () => {
    const nameless = 'Content-ID: <response-1>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{}';
    const lone = Response.json({ id: 'b' });
    const { client, requests } = clientOf([batchOf([ok(0, 'a'), nameless, ok(2, 'c')]), lone], {
      retry: { attempts: 1 },
    });
    const changes = ['a', 'b', 'c'].map((id) => ({ id, changes: { summary: 'x' } }));
    expect(statuses(await client.events.patchMany(changes, QUIET))).toEqual(['ok', 'ok', 'ok']);
    expect(requests).toHaveLength(2);
  });

  test('parts without their names are not taken for those of others', async () => {
    const unnamed = (event: string): string => ok(0, event).replace(/^Content-ID.*\r\n/, '');
    const { client } = clientOf([batchOf([unnamed('b'), unnamed('c')])], {
      retry: { attempts: 1 },
    });
    const changes = ['a', 'b', 'c'].map((id) => ({ id, changes: { summary: 'x' } }));
    expect(statuses(await client.events.patchMany(changes, QUIET))).toEqual(Array(3).fill('unknown'));
    const inOrder = clientOf([batchOf([unnamed('a'), unnamed('b'), unnamed('c')])]);
    const outcomes = await inOrder.client.events.patchMany(changes, QUIET);
    expect(eventsIn(outcomes).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  test('is no multipart: nothing is known', async () => {
    const { client } = clientOf([Response.json({})], { retry: { attempts: 1 } });
    expect(statuses(await client.events.deleteMany(['a'], QUIET))).toEqual(['ok']);
    expect(await failure(client.events.patchMany([], QUIET))).toBeUndefined();
  });
});
