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

describe('19.1: a sync token that Google refuses begins the sync anew, once', () => {
  const refusals: [name: string, refusal: Response][] = [
    ['410 without a body', new Response(null, { status: 410 })],
    ['410 without a reason', Response.json({ error: { code: 410 } }, { status: 410 })],
    ['410 gone', googleFailure(410, 'gone')],
    ['410 deleted', googleFailure(410, 'deleted')],
    ['410 updatedMinTooLongAgo', googleFailure(410, 'updatedMinTooLongAgo')],
    ['400 at syncToken', refusedAt('syncToken')],
  ];

  test.each(refusals)('%s', async (_name, refusal) => {
    const whole = { items: [{ id: 'a' }], nextSyncToken: 'new' };
    const { client, requests } = clientOf([{ nextSyncToken: 'first' }, refusal, whole]);
    const { cursor } = await client.events.sync();
    expect(await client.events.sync(cursor)).toMatchObject({ events: [{ id: 'a' }], full: true });
    expect(requests.map(({ query }) => query['syncToken'])).toEqual([undefined, 'first', undefined]);
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
});
