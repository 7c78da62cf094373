import { NetworkError, NotFoundError, UnexpectedResponseError } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import {
  type Focus,
  type FocusInput,
  type FocusRange,
  FocusType,
  TickTickClient,
} from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';
import { directClient, useSandbox } from '../support/use-sandbox.ts';
import { answering, BAD_IDS, clientOf, UNKNOWN_ID } from './answering.ts';

const server = useSandbox();
const { pomodoro, timing } = FocusType;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START = Date.UTC(2026, 0, 1, 12);

function daysLater(days: number): Date {
  return new Date(START + days * DAY_MS);
}

test('focus can be entered, read, listed and deleted', async () => {
  const { client } = await server.start({ seed: 'empty' });
  const created = await client.focus.create({
    type: timing,
    note: 'Глубоко 🤿',
    startTime: '2026-04-07T09:00:00+08:00',
    endTime: new Date('2026-04-07T01:25:00.500Z'),
    duration: 1500,
    relationType: [0],
  });
  expect(created).toMatchObject({
    type: 1,
    note: 'Глубоко 🤿',
    startTime: '2026-04-07T01:00:00.000+0000',
    endTime: '2026-04-07T01:25:00.000+0000',
    duration: 1500,
  });
  expect(await client.focus.get(created.id, { type: timing })).toEqual(created);
  const april = { from: '2026-04-01T00:00:00Z', to: { date: '2026-04-08', timeZone: 'Asia/Tokyo' } };
  expect(await client.focus.list({ ...april, type: timing }).toArray()).toEqual([created]);
  expect(await client.focus.list({ ...april, type: pomodoro }).toArray()).toEqual([]);
  expect(await client.focus.delete(created.id, { type: timing })).toEqual(created);
  expect(await client.focus.delete(created.id, { type: timing })).toBeUndefined();
});

test('the wrong type finds nothing', async () => {
  const { client } = await server.start({ seed: 'empty' });
  const { id } = await client.focus.create({ type: pomodoro, duration: 60 });
  expect(await failure(client.focus.get(id, { type: timing }))).toBeInstanceOf(NotFoundError);
  expect(await client.focus.delete(id, { type: timing })).toBeUndefined();
  expect((await client.focus.get(id, { type: pomodoro })).id).toBe(id);
  expect(await failure(client.focus.get(UNKNOWN_ID, { type: timing }))).toBeInstanceOf(NotFoundError);
});

test('a deletion whose answer is lost is sent again, a creation is not', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  sandbox.faults.inject({ kind: 'reset', when: 'after' });
  expect(await failure(client.focus.create({ type: pomodoro }))).toBeInstanceOf(NetworkError);
  expect(sandbox.requests).toHaveLength(1);
  const { id } = await client.focus.create({ type: pomodoro });
  sandbox.faults.inject({ kind: 'reset', when: 'after' });
  expect(await client.focus.delete(id, { type: pomodoro })).toBeUndefined();
  expect(await failure(client.focus.get(id, { type: pomodoro }))).toBeInstanceOf(NotFoundError);
});

test('a range of any length is listed without loss or repeat', async () => {
  const { sandbox } = await server.start({ seed: 'empty' });
  const client = directClient(sandbox);
  const ids: string[] = [];
  for (let days = 0; days <= 120; days += 0.5) {
    const startTime = daysLater(days);
    ids.push((await client.focus.create({ type: pomodoro, startTime, endTime: startTime })).id);
  }
  for (const [days, requests] of [
    [0, 1],
    [29, 1],
    [30, 1],
    [30.5, 2],
    [59, 2],
    [59.5, 3],
    [120, 5],
  ] as const) {
    sandbox.clearRequests();
    const listed = client.focus.list({ from: daysLater(0), to: daysLater(days), type: pomodoro });
    expect((await listed.toArray()).map(({ id }) => id)).toEqual(ids.slice(0, days * 2 + 1));
    expect(sandbox.requests).toHaveLength(requests);
    for (const { query } of sandbox.requests)
      expect(query['from']).toMatch(/^2026-\d\d-\d\dT\d\d:00:00\+0000$/);
  }
});

type Lies = (focus: Focus, from: string, to: string) => boolean;

/** A service that shows what lies between its bounds, however it reads that, and at most the last 30 days. */
function serviceOf(focuses: readonly Focus[], lies: Lies): TickTickClient {
  const instant = (wire: string | null): number => Date.parse((wire ?? '').replace('+0000', 'Z'));
  return clientOf(({ url }) => {
    const { searchParams } = new URL(url);
    const to = instant(searchParams.get('to'));
    const from = Math.max(instant(searchParams.get('from')), to - 30 * DAY_MS);
    const bounds = [new Date(from).toISOString(), new Date(to).toISOString()] as const;
    return Response.json(focuses.filter((focus) => lies(focus, ...bounds)));
  });
}

test.each<[by: string, lies: Lies]>([
  ['when it starts', ({ startTime = '' }, from, to) => startTime > from && startTime < to],
  ['when it ends', ({ endTime = '' }, from, to) => endTime > from && endTime < to],
  ['all of it', ({ startTime = '', endTime = '' }, from, to) => startTime > from && endTime < to],
  ['any of it', ({ startTime = '', endTime = '' }, from, to) => endTime >= from && startTime <= to],
])('however TickTick reads a range, nothing falls between two windows: %s', async (_by, lies) => {
  const focuses = Array.from({ length: 300 }, (_, index): Focus => {
    // One of them lasts across every noon, where windows may end.
    const start = START + 5 * HOUR_MS + index * 8 * HOUR_MS;
    return {
      id: `focus-${index}`,
      startTime: new Date(start).toISOString(),
      endTime: new Date(start + 6 * HOUR_MS).toISOString(),
    };
  });
  const range = { from: daysLater(0), to: daysLater(101), type: timing };
  expect(await serviceOf(focuses, lies).focus.list(range).toArray()).toEqual(focuses);
});

test('the listing ends between two windows when it is aborted', async () => {
  const { sandbox } = await server.start({ seed: 'empty' });
  const client = directClient(sandbox);
  for (const days of [1, 50, 80]) {
    await client.focus.create({ type: pomodoro, startTime: daysLater(days), endTime: daysLater(days) });
  }
  sandbox.clearRequests();
  const stop = new AbortController();
  const reason = new Error('enough');
  const seen: Focus[] = [];
  const range = { from: daysLater(0), to: daysLater(100), type: pomodoro };
  const read = async (): Promise<void> => {
    for await (const focus of client.focus.list(range, { signal: stop.signal })) {
      seen.push(focus);
      stop.abort(reason);
    }
  };
  expect(await failure(read())).toBe(reason);
  expect(seen).toHaveLength(1);
  expect(sandbox.requests).toHaveLength(1);
});

test('a listing can be read again, and asks only as far as it is read', async () => {
  const { sandbox } = await server.start({ seed: 'empty' });
  const client = directClient(sandbox);
  const { id } = await client.focus.create({
    type: pomodoro,
    startTime: daysLater(1),
    endTime: daysLater(1),
  });
  sandbox.clearRequests();
  const listed = client.focus.list({ from: daysLater(0), to: daysLater(1000), type: pomodoro });
  for await (const focus of listed) {
    expect(focus.id).toBe(id);
    break;
  }
  expect(sandbox.requests).toHaveLength(1);
  expect(await listed.toArray()).toHaveLength(1);
});

test.each([
  ['a bare list', [{ id: 'a' }, { id: 'b' }]],
  ['a list under `focuses`', { focuses: [{ id: 'a' }, { id: 'b' }] }],
])('the answer may be %s', async (_shape, answer) => {
  const { client } = answering(JSON.stringify(answer));
  const listed = client.focus.list({ from: daysLater(0), to: daysLater(1), type: pomodoro });
  expect(await listed.toArray()).toEqual([{ id: 'a' }, { id: 'b' }]);
});

test.each(['[{"id":"a"},{}]', '{"focuses":[{"id":7},null,{"id":"a"}]}'])(
  '18.5: one bad row costs no other: %s',
  async (body) => {
    const { client } = answering(body);
    const listed = client.focus.list({ from: daysLater(0), to: daysLater(1), type: pomodoro });
    expect(await listed.toArray()).toEqual([{ id: 'a' }]);
  },
);

test.each([
  ['the response', ''],
  ['the response', '7'],
  ['focuses', '{}'],
])('an answer that is neither names %s', async (field, body) => {
  const { client } = answering(body);
  const error = await failure(
    client.focus.list({ from: daysLater(0), to: daysLater(1), type: pomodoro }).toArray(),
  );
  expect(error).toBeInstanceOf(UnexpectedResponseError);
  expect(error).toMatchObject({ field });
});

const badFocuses: [field: string, input: unknown][] = [
  ['focus', undefined],
  ['type', {}],
  ['type', { type: 2 }],
  ['type', { type: '0' }],
  ['taskId', { type: 0, taskId: '../task' }],
  ['note', { type: 0, note: 'x'.repeat(5001) }],
  ['note', { type: 0, note: 7 }],
  ['startTime', { type: 0, startTime: 'yesterday' }],
  ['endTime', { type: 0, endTime: 5 }],
  ['endTime', { type: 0, startTime: daysLater(1), endTime: daysLater(0) }],
  ['pauseDuration', { type: 0, pauseDuration: -1 }],
  ['duration', { type: 0, duration: 1.5 }],
  ['duration', { type: 0, duration: '60' }],
  ['relationType', { type: 0, relationType: ['0'] }],
];

test.each(badFocuses)('create names %s in %j, and sends nothing', async (field, input) => {
  const { client, asked } = answering('{}');
  const error = await failure(client.focus.create(input as FocusInput));
  expect(error).toMatchObject({ code: 'invalid_request', field });
  expect(asked).toEqual([]);
});

const good = { from: daysLater(0), to: daysLater(1), type: pomodoro };
const badRanges: [field: string, range: unknown][] = [
  ['range', undefined],
  ['from', { ...good, from: undefined }],
  ['from', { ...good, from: new Date(Number.NaN) }],
  ['to', { ...good, to: '2026-01-01' }],
  ['to', { ...good, to: daysLater(-1) }],
  ['to.timeZone', { ...good, to: { date: '2026-01-02', timeZone: 'Mars/Base' } }],
  ['type', { ...good, type: undefined }],
  ['type', { ...good, type: 7 }],
];

test.each(badRanges)('list names %s in %j, and sends nothing', async (field, range) => {
  const { client, asked } = answering('[]');
  const error = await failure(client.focus.list(range as FocusRange).toArray());
  expect(error).toMatchObject({ code: 'invalid_request', field });
  expect(asked).toEqual([]);
});

test('a type that is none, or an id that is none, is asked for nowhere', async () => {
  const { client, asked } = answering('{}');
  for (const bad of [{ type: 2 as never }, {} as never, undefined as never]) {
    expect(await failure(client.focus.get('a', bad))).toMatchObject({ field: 'type' });
    expect(await failure(client.focus.delete('a', bad))).toMatchObject({ field: 'type' });
  }
  for (const id of BAD_IDS) {
    const bad = id as string;
    expect(await failure(client.focus.get(bad, { type: 0 }))).toMatchObject({ field: 'focusId' });
    expect(await failure(client.focus.delete(bad, { type: 0 }))).toMatchObject({ field: 'focusId' });
  }
  expect(asked).toEqual([]);
});

test('18: an odd part of a focus is told by its place', async () => {
  const told: (string | undefined)[] = [];
  const client = new TickTickClient({
    auth: 'token',
    limits: [],
    fetch: async () => Response.json([{ id: 'f1' }, { id: 'f2', tasks: [null, { taskId: 't1' }] }, null]),
    hooks: { onSkipped: ({ field }) => void told.push(field) },
  });
  const day = { from: '2026-11-23T00:00:00Z', to: '2026-11-24T00:00:00Z', type: 1 } as const;
  expect(await client.focus.list(day).toArray()).toHaveLength(2);
  expect(told).toEqual(['[1].tasks[0]', '[2]']);
});
