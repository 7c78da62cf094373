import type { GoogleCalendarClient } from '@context-sdk/google-workspace';
import { failure } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';
import { googleFailure } from '../support/answering.ts';
import { useSandbox } from '../support/use-sandbox.ts';
import { clientOf } from './client-of.ts';
import { EMPTY, plainHour } from './times.ts';

const server = useSandbox();

function refusedAt(location: string, status = 400): Response {
  const error = { code: status, errors: [{ reason: 'invalid', locationType: 'parameter', location }] };
  return Response.json({ error }, { status });
}

/** The newer envelope of Google's APIs. */
function violated(field: string): Response {
  const details = [{ '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [{ field }] }];
  return Response.json({ error: { code: 400, status: 'INVALID_ARGUMENT', details } }, { status: 400 });
}

const INVALID = 'Invalid sync token value.';
/** What a token says is hidden in errors. */
const AUTH = { auth: 'ya29.a-user' };

describe('19.1: a sync token that Google refuses begins the sync anew, once', () => {
  const refusals: [name: string, refusal: Response][] = [
    ['410 without a body', new Response(null, { status: 410 })],
    ['410 without a reason', Response.json({ error: { code: 410 } }, { status: 410 })],
    ['410 gone', googleFailure(410, 'gone')],
    ['410 deleted', googleFailure(410, 'deleted')],
    ['410 updatedMinTooLongAgo', googleFailure(410, 'updatedMinTooLongAgo')],
    ['410 as a page', new Response('<html>Gone</html>', { status: 410 })],
    ['400 at syncToken', refusedAt('syncToken')],
    ['400 at sync_token', refusedAt('sync_token')],
    ['400 at a field of the request', violated('sync_token')],
    ['400 by its words alone', Response.json({ error: { code: 400, message: INVALID } }, { status: 400 })],
  ];

  test.each(refusals)('%s', async (_name, refusal) => {
    const whole = { items: [{ id: 'a' }], nextSyncToken: 'new' };
    const { client, requests } = clientOf([{ nextSyncToken: 'first' }, refusal.clone(), whole], AUTH);
    const { cursor } = await client.events.sync();
    expect(await client.events.sync(cursor)).toMatchObject({ events: [{ id: 'a' }], full: true });
    expect(requests.map(({ query }) => query['syncToken'])).toEqual([undefined, 'first', undefined]);
  });

  test.each(refusals)('of the list of calendars: %s', async (_name, refusal) => {
    const whole = { items: [{ id: 'a' }], nextSyncToken: 'new' };
    const { client } = clientOf([{ nextSyncToken: 'first' }, refusal.clone(), whole], AUTH);
    const { cursor } = await client.calendarList.sync();
    expect(await client.calendarList.sync(cursor)).toMatchObject({ calendars: [{ id: 'a' }], full: true });
  });

  test.each([
    ['404', googleFailure(404, 'notFound')],
    ['403', googleFailure(403, 'forbidden')],
    ['400 at another parameter', refusedAt('timeZone')],
    ['412', googleFailure(412, 'conditionNotMet')],
  ])('not so %s: that is another failure', async (_name, refusal) => {
    const { client, requests } = clientOf([{ nextSyncToken: 'first' }, refusal], AUTH);
    const { cursor } = await client.events.sync();
    await failure(client.events.sync(cursor));
    expect(requests).toHaveLength(2);
  });

  test('twice is an error', async () => {
    const { client, requests } = clientOf([{ nextSyncToken: 'first' }, googleFailure(410, 'gone')]);
    const { cursor } = await client.events.sync();
    expect(await failure(client.events.sync(cursor))).toMatchObject({ status: 410 });
    expect(requests).toHaveLength(3);
  });

  test.each(['fullSyncRequired', 'gone', 'invalid'] as const)('the sandbox answers %s', async (refusal) => {
    const { calendar, sandbox } = await server.start(EMPTY);
    const user = sandbox.google.testUser();
    user.calendar.addEvent(plainHour(9));
    const { cursor } = await calendar.events.sync();
    user.calendar.expireSyncTokens('primary', refusal);
    const again = await calendar.events.sync(cursor);
    expect(again).toMatchObject({ full: true, events: [{ summary: 'Planning' }] });
    expect(await calendar.events.sync(again.cursor)).toMatchObject({ full: false });
  });
});

test('19.1: the position of another account begins anew', async () => {
  const { calendar, sandbox } = await server.start(EMPTY);
  sandbox.google.testUser().calendar.addEvent(plainHour(9));
  const theirs = clientOf([{ nextSyncToken: btoa('another account') }]);
  const { cursor } = await theirs.client.events.sync();
  expect(await calendar.events.sync(cursor)).toMatchObject({ full: true, events: [{ summary: 'Planning' }] });
});

describe('19.1: between two pages', () => {
  const first = { items: [{ id: 'a' }], nextPageToken: '2' };
  const last = { items: [{ id: 'b' }], nextSyncToken: 't' };

  test('a page that fails beyond its retries is read once more, and the pages before it are kept', async () => {
    const down = new Response(null, { status: 503 });
    const { client, requests } = clientOf([first, down, last], { retry: { attempts: 1 } });
    expect(await client.events.sync()).toMatchObject({ events: [{ id: 'a' }, { id: 'b' }] });
    expect(requests.map(({ query }) => query['pageToken'])).toEqual([undefined, '2', '2']);
  });

  const passing: [name: string, failed: Response][] = [
    ['408', new Response(null, { status: 408 })],
    ['429', new Response(null, { status: 429, headers: { 'retry-after': '0' } })],
    ['a page in HTML with 200', new Response('<html>', { headers: { 'content-type': 'text/html' } })],
    ['JSON that breaks off', new Response('{"items": [{"id"')],
    ['nothing', new Response(null, { status: 204 })],
  ];

  test.each(passing)('so it is after %s, in every list', async (_name, failed) => {
    const lists = [
      async (client: GoogleCalendarClient) => (await client.events.sync()).events,
      async (client: GoogleCalendarClient) => (await client.calendarList.sync()).calendars,
      (client: GoogleCalendarClient) => client.events.list().toArray(),
      (client: GoogleCalendarClient) => client.events.instances('abcde').toArray(),
      (client: GoogleCalendarClient) => client.calendars.list().toArray(),
      (client: GoogleCalendarClient) => client.settings.list().toArray(),
      (client: GoogleCalendarClient) => client.acl.list().toArray(),
    ];
    for (const read of lists) {
      const { client, requests } = clientOf([first, failed.clone(), last], { retry: { attempts: 1 } });
      expect(await read(client)).toEqual([{ id: 'a' }, { id: 'b' }]);
      expect(requests).toHaveLength(3);
      const broken = clientOf([first, failed.clone(), failed.clone(), last], { retry: { attempts: 1 } });
      expect(await failure(read(broken.client))).toBeInstanceOf(Error);
      expect(broken.requests).toHaveLength(3);
    }
  });

  test('a page token that is refused begins anew, once', async () => {
    const { client } = clientOf([first, refusedAt('pageToken'), first, last]);
    expect(await client.events.sync()).toMatchObject({ events: [{ id: 'a' }, { id: 'b' }] });
    const never = clientOf([first, refusedAt('pageToken')]);
    expect(await failure(never.client.events.sync())).toMatchObject({ status: 400 });
    expect(never.requests).toHaveLength(3);
  });

  test('a page token that comes again is an error', async () => {
    const { client, requests } = clientOf([first]);
    expect(await failure(client.events.sync())).toMatchObject({ code: 'unexpected_response' });
    expect(requests).toHaveLength(2);
  });

  test('so is one that comes again after others', async () => {
    const to = (nextPageToken: string): object => ({ items: [], nextPageToken });
    const { client, requests } = clientOf([to('2'), to('3'), to('2')]);
    expect(await failure(client.calendarList.sync())).toMatchObject({ code: 'unexpected_response' });
    expect(requests).toHaveLength(3);
  });
});
