import type { User } from '@context-sdk/context';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { googleTokens } from '../support/start-context.ts';
import { type Deliveries, READONLY, startDeliveries } from '../support/start-deliveries.ts';

const SOON = { start: { dateTime: '2027-03-01T09:00:00Z' }, end: { dateTime: '2027-03-01T10:00:00Z' } };
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'] }));
afterEach(() => void vi.useRealTimers());

function pass(ms: number): void {
  vi.advanceTimersByTime(ms);
}

async function pushed({ onResponse }: { onResponse?: (url: URL) => Promise<void> } = {}) {
  const started = startDeliveries({
    async fetch(input, init) {
      const response = await started.sandbox.fetch(input, init);
      await onResponse?.(new URL(new Request(input, init).url));
      return response;
    },
  });
  const calendars = started.sandbox.google.testUser().calendar;
  const team = calendars.addCalendar({ id: 'team@example.com', summary: 'Team' }).id;
  const user = started.context.user('ada');
  await user.connections.import('google', googleTokens(started.sandbox, [READONLY]));
  await started.context.runMaintenance();
  await started.sandbox.google.push.settled();
  started.events.length = 0;
  return { started, user, calendars, team };
}

/** Waits for what is on its way, and looks at what is due, without any time passing. */
async function look({ sandbox, context }: Deliveries) {
  await sandbox.google.push.settled();
  const report = await context.runMaintenance();
  await sandbox.google.push.settled();
  return report;
}

function told({ events }: Deliveries): string[] {
  return events.filter(({ type }) => type !== 'sync').map(({ type, data }) => `${type} ${short(data)}`);
}

function short(data: unknown): string {
  const { calendarId, added, removed } = data as Record<string, unknown>;
  return calendarId === undefined ? JSON.stringify({ added, removed }) : String(calendarId);
}

function granted({ requestsTo }: Deliveries, operation: string): number {
  return requestsTo(operation).filter(({ status = 500 }) => status < 300).length;
}

/** Calendars whose changes a push tells now, without a poll. */
async function telling(started: Deliveries, ids: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const id of ids) {
    started.events.length = 0;
    started.sandbox.google.testUser().calendar.addEvent(SOON, id);
    await started.sandbox.google.push.settled();
    if (started.events.some(({ type }) => type === 'changed')) found.push(id);
  }
  started.events.length = 0;
  return found;
}

describe('19.6: a channel of the list of calendars', () => {
  test('a calendar that appears is told with the next run, and has its channel in it', async () => {
    const { started, calendars } = await pushed();
    expect(granted(started, 'calendar.calendarList.watch')).toBe(1);
    const late = calendars.addCalendar({ id: 'late@example.com', summary: 'Late' }).id;
    calendars.addEvent(SOON, late);
    const { failures } = await look(started);
    expect(failures).toEqual([]);
    expect(told(started)).toEqual([`calendars.changed {"added":["${late}"],"removed":[]}`]);
    expect(await telling(started, ['primary', late])).toEqual(['primary', late]);
  });

  test('the channels that are there stay: one more is opened, none is ended', async () => {
    const { started, calendars } = await pushed();
    const before = granted(started, 'calendar.events.watch');
    calendars.addCalendar({ id: 'late@example.com', summary: 'Late' });
    await look(started);
    expect(granted(started, 'calendar.events.watch') - before).toBe(1);
    expect(granted(started, 'calendar.channels.stop')).toBe(0);
    expect(granted(started, 'calendar.calendarList.watch')).toBe(1);
  });

  const ways: [name: string, change: (user: User, id: string) => Promise<unknown>][] = [
    ['deselected', ({ calendar }, id) => calendar.calendarList.patch(id, { selected: false })],
    ['hidden', ({ calendar }, id) => calendar.calendarList.patch(id, { hidden: true })],
    ['removed from the list', ({ calendar }, id) => calendar.calendarList.remove(id)],
    ['deleted', ({ calendar }, id) => calendar.calendars.delete(id)],
  ];

  test.each(ways)('one that is %s goes with the next run, and its channel ends', async (_name, change) => {
    const { started, user, team } = await pushed();
    await change(user, team);
    await look(started);
    expect(told(started)).toEqual([`calendars.changed {"added":[],"removed":["${team}"]}`]);
    expect(granted(started, 'calendar.channels.stop')).toBe(1);
    expect(await telling(started, ['primary'])).toEqual(['primary']);
    expect(await started.store.list('push/ada/google-calendar/')).toHaveLength(2);
  });

  test('what does not change the calendars that are read tells the host nothing', async () => {
    const { started, user, calendars, team } = await pushed();
    await user.calendar.calendarList.patch(team, { summaryOverride: 'Ours' });
    calendars.addCalendar({ id: 'boss@example.com', summary: 'Boss', accessRole: 'reader' });
    await look(started);
    expect(started.events).toEqual([]);
    expect(granted(started, 'calendar.events.watch')).toBe(2);
  });

  test('calendars that come and go all day long are told as they are, and no channel is left over', async () => {
    const { started, calendars, user } = await pushed();
    const ids = ['a', 'b', 'c'].map((name) => `${name}@example.com`);
    for (const id of ids) calendars.addCalendar({ id, summary: id });
    await look(started);
    for (const [index, id] of ids.entries()) {
      pass(HOUR / 7);
      calendars.setListed(id, index === 1);
      await look(started);
    }
    expect(told(started)).toEqual([
      `calendars.changed ${JSON.stringify({ added: ids, removed: [] })}`,
      `calendars.changed ${JSON.stringify({ added: [], removed: [ids[0]] })}`,
      `calendars.changed ${JSON.stringify({ added: [], removed: [ids[2]] })}`,
    ]);
    expect(await telling(started, ['primary', ...ids.slice(1, 2)])).toEqual(['primary', ids[1]]);
    await user.connections.disconnect('google');
    const opened = ['calendar.events.watch', 'calendar.calendarList.watch'].map((one) =>
      granted(started, one),
    );
    expect(granted(started, 'calendar.channels.stop')).toBe((opened[0] ?? 0) + (opened[1] ?? 0));
    const left = [...(await started.store.list('push/')), ...(await started.store.list('channel/'))];
    expect(left).toEqual([]);
  });

  test.each(['disconnect', 'forget'] as const)(
    '%s ends it, and its pushes are refused after',
    async (how) => {
      const { started, user, calendars } = await pushed();
      const before = started.delivered.length;
      if (how === 'forget') await user.forget();
      else await user.connections.disconnect('google');
      expect(granted(started, 'calendar.channels.stop')).toBe(3);
      calendars.addCalendar({ summary: 'Late' });
      await started.sandbox.google.push.settled();
      expect(started.delivered.slice(before)).toEqual([]);
      expect(await started.redeliver(0)).toBe(401);
    },
  );

  test('it is renewed before it ends, and what came meanwhile is told', async () => {
    const { started, calendars } = await pushed();
    pass(6 * DAY + HOUR);
    await look(started);
    expect(granted(started, 'calendar.calendarList.watch')).toBe(2);
    pass(5 * DAY);
    const late = calendars.addCalendar({ id: 'late@example.com', summary: 'Late' }).id;
    await look(started);
    expect(told(started)).toEqual([`calendars.changed {"added":["${late}"],"removed":[]}`]);
  });

  test('a list that Google does not watch is read every hour, and the failure is told', async () => {
    const started = startDeliveries();
    started.sandbox.faults.inject({ kind: 'status', status: 403 }, { path: /calendarList\/watch/, rate: 1 });
    const { calendar } = started.sandbox.google.testUser();
    await started.context.user('ada').connections.import('google', googleTokens(started.sandbox, [READONLY]));
    const { failures } = await started.context.runMaintenance();
    expect(failures.map(({ service }) => service)).toEqual(['google-calendar']);
    expect(await telling(started, ['primary'])).toEqual(['primary']);
    const late = calendar.addCalendar({ id: 'late@example.com', summary: 'Late' }).id;
    await look(started);
    expect(told(started)).toEqual([]);
    pass(HOUR + 1);
    await look(started);
    expect(told(started)).toEqual([`calendars.changed {"added":["${late}"],"removed":[]}`]);
  });

  test('a push that comes while a run is under way waits for it, and is not lost', async () => {
    const hold = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    let isHeld = false;
    const { started, calendars } = await pushed({
      onResponse: async (url) => {
        if (!isHeld || !url.pathname.endsWith('/calendarList')) return;
        reached.resolve();
        await hold.promise;
      },
    });
    isHeld = true;
    pass(HOUR + 1);
    const running = started.context.runMaintenance();
    await reached.promise;
    const late = calendars.addCalendar({ id: 'late@example.com', summary: 'Late' }).id;
    const delivering = started.sandbox.google.push.settled();
    isHeld = false;
    hold.resolve();
    await running;
    await delivering;
    expect(told(started)).toEqual([]);
    await look(started);
    expect(told(started)).toEqual([`calendars.changed {"added":["${late}"],"removed":[]}`]);
  });
});
