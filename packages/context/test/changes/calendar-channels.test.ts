import type { Sandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fastForward, stopClocks } from '../support/fast-clock.ts';
import { mortalProcess } from '../support/mortal-store.ts';
import { googleTokens, startContext } from '../support/start-context.ts';
import { type Deliveries, startDeliveries } from '../support/start-deliveries.ts';

const SOON = { start: { dateTime: '2027-03-01T09:00:00Z' }, end: { dateTime: '2027-03-01T10:00:00Z' } };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'] }));
afterEach(() => void vi.useRealTimers());

function pass(ms: number): void {
  vi.advanceTimersByTime(ms);
}

async function withGoogle({ context, sandbox }: Deliveries): Promise<void> {
  await context.user('ada').connections.import('google', googleTokens(sandbox));
}

/** The channels that tell of a change in the calendar, by what Google sends. */
async function telling({ sandbox }: Pick<Deliveries, 'sandbox'>): Promise<string[]> {
  const before = sandbox.google.push.deliveries.length;
  sandbox.google.testUser().calendar.addEvent(SOON);
  await sandbox.google.push.settled();
  const sent = sandbox.google.push.deliveries.slice(before);
  return [...new Set(sent.map(channelOf))];
}

function channelOf({ headers }: Sandbox['google']['push']['deliveries'][number]): string {
  return new Headers(headers).get('x-goog-channel-id') ?? '';
}

describe('19.5: channels of any life', () => {
  /** Watches that Google granted, after each number of minutes, if Google answers these expirations. */
  async function watched(expirationOf: (now: number) => unknown, minutes: number[]): Promise<number[]> {
    const started = startDeliveries({
      async fetch(input, init) {
        const response = await started.sandbox.fetch(input, init);
        if (!new URL(new Request(input, init).url).pathname.endsWith('/watch')) return response;
        const { expiration: _, ...body } = (await response.json()) as { expiration?: unknown };
        const expiration = expirationOf(Date.now());
        return Response.json({ ...body, ...(expiration !== undefined && { expiration }) });
      },
    });
    await withGoogle(started);
    const counts: number[] = [];
    for (const wait of minutes) {
      pass(wait * MINUTE);
      await started.context.runMaintenance();
      counts.push(started.requestsTo('calendar.events.watch').length);
    }
    return counts;
  }

  const lives: [
    name: string,
    expirationOf: (now: number) => unknown,
    minutes: number[],
    watches: number[],
  ][] = [
    ['ten minutes, as text', (now) => String(now + 10 * MINUTE), [0, 4, 2, 4, 2], [1, 1, 2, 2, 3]],
    ['two hours, as a number', (now) => now + 2 * HOUR, [0, 58, 3, 58, 3], [1, 1, 2, 2, 3]],
    ['thirty days', (now) => now + 30 * DAY, [0, 60, 28 * 1440, 1440], [1, 1, 1, 2]],
    ['nothing told', () => undefined, [0, 28, 3, 28, 3], [1, 1, 2, 2, 3]],
    ['null', () => null, [0, 28, 3], [1, 1, 2]],
    ['zero', () => '0', [0, 28, 3], [1, 1, 2]],
    ['words', () => 'next Monday', [0, 28, 3], [1, 1, 2]],
    ['an end in the past', (now) => now - HOUR, [0, 28, 33], [1, 1, 2]],
    ['a year too far', (now) => now + 400 * DAY, [0, 28, 33], [1, 1, 2]],
    ['seconds instead of milliseconds', (now) => Math.floor((now + DAY) / 1000), [0, 28, 33], [1, 1, 2]],
    ['more than a number can hold', () => '99999999999999999999', [0, 28, 33], [1, 1, 2]],
  ];

  test.each(lives)('%s', async (_name, expirationOf, minutes, watches) => {
    expect(await watched(expirationOf, minutes)).toEqual(watches);
  });

  test('the shortest of several decides, and a fresh one whose end makes no sense stays', async () => {
    let index = 0;
    const started = startDeliveries({
      async fetch(input, init) {
        const response = await started.sandbox.fetch(input, init);
        if (!new URL(new Request(input, init).url).pathname.endsWith('/events/watch')) return response;
        index += 1;
        const expiration = index % 2 === 1 ? Date.now() - DAY : Date.now() + 10 * MINUTE;
        return Response.json({ ...((await response.json()) as object), expiration });
      },
    });
    started.sandbox.google.testUser().calendar.addCalendar({ summary: 'Team' });
    await withGoogle(started);
    await started.context.runMaintenance();
    pass(6 * MINUTE);
    await started.context.runMaintenance();
    expect(started.requestsTo('calendar.events.watch')).toHaveLength(3);
  });

  test('who has no calendar to watch is looked at as rarely as others', async () => {
    let lists = 0;
    const started = startDeliveries({
      async fetch(input, init) {
        const { pathname } = new URL(new Request(input, init).url);
        if (!pathname.endsWith('/calendarList')) return await started.sandbox.fetch(input, init);
        lists += 1;
        return Response.json({ items: [], nextSyncToken: 'none' });
      },
    });
    await withGoogle(started);
    await started.context.runMaintenance();
    const first = lists;
    pass(MINUTE);
    await started.context.runMaintenance();
    expect(lists).toBe(first);
  });
});

describe('19.5: no open channel is unrecorded', () => {
  beforeEach(stopClocks);

  test.each([
    ['before a step', false],
    ['after a step, whose answer is lost', true],
  ])('a process dies %s: one channel tells, and none is left after a disconnect', async (_name, arrives) => {
    let isThrough = false;
    for (let diesAt = 1; !isThrough; diesAt += 1) {
      const host = startDeliveries();
      await withGoogle(host);
      const process = mortalProcess(host.store, (input, init) => host.sandbox.fetch(input, init));
      const dying = startContext({ store: process.store, fetch: process.fetch, emulated: host.sandbox });
      Object.assign(process, { diesAt, arrives });
      await process.untilDeath(dying.context.subscriptions.ensure('ada'));
      isThrough = process.steps < diesAt;
      await host.sandbox.google.push.settled();
      // The lease of a dead process ends for who has seen it for long enough.
      for (let looks = 0; looks < 2; looks += 1) {
        pass(5 * MINUTE);
        await fastForward(host.context.runMaintenance());
      }
      expect(await telling(host), `step ${diesAt}`).toHaveLength(1);
      pass(7 * DAY - HOUR);
      await fastForward(host.context.runMaintenance());
      await fastForward(host.context.user('ada').connections.disconnect('google'));
      expect(await telling(host), `step ${diesAt}`).toEqual([]);
      const left = [...(await host.store.list('feed/')), ...(await host.store.list('channel/'))];
      expect(left, `step ${diesAt}`).toEqual([]);
    }
  });

  test.each([
    ['as soon as it was delivered', true],
    ['however late one is delivered', false],
  ])(
    'a channel whose answer is lost is ended by what a notification names, %s',
    async (_name, isUpAtOnce) => {
      let isLost = true;
      let isUp = isUpAtOnce;
      const started = startDeliveries({
        sandbox: {
          google: {
            deliver: async (url, init) =>
              isUp ? await started.handler(new Request(url, init)) : new Response(null, { status: 503 }),
          },
        },
        async fetch(input, init) {
          const response = await started.sandbox.fetch(input, init);
          const isWatch = new URL(new Request(input, init).url).pathname.endsWith('/events/watch');
          if (isWatch && isLost) throw new TypeError('fetch failed');
          return response;
        },
      });
      await withGoogle(started);
      await started.context.runMaintenance();
      await started.sandbox.google.push.settled();
      [isLost, isUp] = [false, true];
      pass(2 * HOUR);
      await started.context.runMaintenance();
      expect(await telling(started)).toHaveLength(isUpAtOnce ? 1 : 2);
      pass(6 * DAY);
      await started.context.runMaintenance();
      expect(await telling(started)).toHaveLength(1);
    },
  );

  test('one that Google does not end for now is ended with the next renewal', async () => {
    const started = startDeliveries();
    await withGoogle(started);
    await started.context.runMaintenance();
    started.sandbox.faults.inject({ kind: 'status', status: 503 }, { path: /channels\/stop/, rate: 1 });
    pass(6 * DAY + HOUR);
    await started.context.runMaintenance();
    started.sandbox.faults.clear();
    pass(6 * DAY + HOUR);
    await started.context.runMaintenance();
    const stops = started.requestsTo('calendar.channels.stop').filter(({ status }) => status === 204);
    // Two of the calendar's, and two of the list's.
    expect(stops).toHaveLength(4);
  });

  test.each([
    ['fails for now is asked for again within the hour', 503, 1],
    ['is refused for good is polled, and its neighbor keeps its channel', 403, 0],
  ])('one that %s', async (_name, status, renewals) => {
    const started = startDeliveries();
    const team = started.sandbox.google.testUser().calendar.addCalendar({ summary: 'Team' }).id;
    await withGoogle(started);
    const path = `/calendar/v3/calendars/${encodeURIComponent(team)}/events/watch`;
    started.sandbox.faults.inject({ kind: 'status', status }, { path, rate: 1 });
    await started.context.runMaintenance();
    if (status === 503) started.sandbox.faults.clear();
    pass(HOUR + 1);
    const { renewed } = await started.context.runMaintenance();
    expect(renewed).toBe(renewals);
    expect(await telling(started)).toHaveLength(1);
  });

  test('what the former channel has told is not told again when it is renewed', async () => {
    const started = startDeliveries({ sandbox: { google: { maxChannelSeconds: 3600 } } });
    await withGoogle(started);
    await started.context.runMaintenance();
    for (let rounds = 0; rounds < 4; rounds += 1) {
      await started.sandbox.google.push.settled();
      started.events.length = 0;
      await telling(started);
      pass(31 * MINUTE);
      const { renewed, events } = await started.context.runMaintenance();
      expect([renewed, events, started.events.filter(({ type }) => type === 'changed').length]).toEqual([
        1, 0, 1,
      ]);
    }
  });

  test('a calendar that went has no channel any more', async () => {
    const started = startDeliveries();
    const user = started.sandbox.google.testUser().calendar;
    const team = user.addCalendar({ summary: 'Team' }).id;
    await withGoogle(started);
    await started.context.runMaintenance();
    user.setListed(team, false);
    await started.sandbox.google.push.settled();
    pass(HOUR + 1);
    await started.context.runMaintenance();
    await started.context.runMaintenance();
    const stops = started.requestsTo('calendar.channels.stop').filter(({ status }) => status === 204);
    expect(stops).toHaveLength(1);
    await started.sandbox.google.push.settled();
    started.events.length = 0;
    await telling(started);
    expect(started.events).toHaveLength(1);
    const { renewed } = await started.context.runMaintenance();
    expect(renewed).toBe(0);
  });
});

describe('19.5: a calendar that can be watched and not read', () => {
  test.each([
    [403, 'forbidden'],
    [404, 'notFound'],
    [500, 'backendError'],
  ] as const)('%d %s: its neighbours are not watched anew at each run', async (status, reason) => {
    const started = startDeliveries({
      async fetch(input, init) {
        const request = new Request(input, init);
        const { pathname } = new URL(request.url);
        if (
          request.method === 'GET' &&
          pathname.endsWith('/events') &&
          !pathname.includes('/primary/') &&
          !pathname.includes('ada%40')
        )
          return Response.json(
            { error: { code: status, message: reason, errors: [{ reason }] } },
            { status },
          );
        return await started.sandbox.fetch(input, init);
      },
    });
    await withGoogle(started);
    started.sandbox.google.testUser().calendar.addCalendar({ summary: 'Team' });
    const counts: number[] = [];
    for (let run = 0; run < 12; run += 1) {
      await started.context.runMaintenance();
      counts.push(started.requestsTo('calendar.events.watch').length);
      pass(20 * MINUTE);
    }
    expect(counts).toEqual(counts.map(() => 2));
  });
});
