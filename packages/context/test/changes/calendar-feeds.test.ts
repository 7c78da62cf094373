import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startDeliveries } from '../support/start-deliveries.ts';

const SOON = { start: { dateTime: '2027-03-01T09:00:00Z' }, end: { dateTime: '2027-03-01T10:00:00Z' } };
const HOUR = 3_600_000;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

function pass(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

type Started = ReturnType<typeof startDeliveries>;

function told({ events }: Started): string[] {
  const ofCalendar = events.filter(({ source }) => source === 'google-calendar');
  return ofCalendar.map(({ type, data }) => `${type} ${JSON.stringify(data)}`);
}

describe('19.6: a feed for each calendar that is read, by polling', () => {
  async function polled() {
    const started = startDeliveries({ baseUrl: 'http://localhost:8000' });
    const user = started.sandbox.google.testUser().calendar;
    const team = user.addCalendar({ id: 'team@example.com', summary: 'Team' }).id;
    user.addCalendar({ id: 'boss@example.com', summary: 'Boss', accessRole: 'reader' });
    await started.everything();
    await started.context.runMaintenance();
    const run = async (): Promise<void> => {
      pass(2 * 60_000);
      await started.context.runMaintenance();
    };
    return { ...started, user, team, run, started };
  }

  test('changes of own calendars are told, of shared ones not', async () => {
    const { user, team, run, started } = await polled();
    user.addEvent(SOON, team);
    user.addEvent(SOON, 'boss@example.com');
    await run();
    expect(told(started)).toEqual([`changed {"calendarId":"${team}"}`]);
    user.addEvent(SOON);
    await run();
    await run();
    expect(told(started).slice(1)).toEqual(['changed {"calendarId":"primary"}']);
  });

  test('calendars appear and go', async () => {
    const { user, team, run, started } = await polled();
    const late = user.addCalendar({ id: 'late@example.com', summary: 'Late' }).id;
    user.addEvent(SOON, late);
    await run();
    expect(told(started)).toEqual([`calendars.changed {"added":["${late}"],"removed":[]}`]);
    user.addEvent(SOON, late);
    await run();
    user.setListed(team, false);
    user.addEvent(SOON, team);
    await run();
    expect(told(started).slice(1)).toEqual([
      `changed {"calendarId":"${late}"}`,
      `calendars.changed {"added":[],"removed":["${team}"]}`,
    ]);
  });

  test('one that can not be read costs no other, and loses nothing', async () => {
    const { sandbox, user, team, run, started } = await polled();
    const path = `/calendar/v3/calendars/${encodeURIComponent(team)}/events`;
    const fault = sandbox.faults.inject({ kind: 'status', status: 500 }, { path, rate: 1 });
    user.addEvent(SOON, team);
    user.addEvent(SOON);
    await run();
    expect(told(started)).toEqual(['changed {"calendarId":"primary"}']);
    expect(fault).toBeDefined();
    sandbox.faults.clear();
    await run();
    expect(told(started).slice(1)).toEqual([`changed {"calendarId":"${team}"}`]);
  });
});

describe('19.6: a channel for each calendar that is read', () => {
  async function pushed() {
    const started = startDeliveries();
    const user = started.sandbox.google.testUser().calendar;
    const team = user.addCalendar({ id: 'team@example.com', summary: 'Team' }).id;
    await started.everything();
    await started.context.runMaintenance();
    await started.sandbox.google.push.settled();
    started.events.length = 0;
    return { ...started, user, team, started };
  }

  test('notifications of each reach the host, with its id', async () => {
    const { sandbox, user, team, requestsTo, started } = await pushed();
    expect(requestsTo('calendar.events.watch')).toHaveLength(2);
    user.addEvent(SOON, team);
    user.addEvent(SOON);
    await sandbox.google.push.settled();
    expect(started.events.map(({ data }) => (data as { calendarId: string }).calendarId)).toEqual([
      team,
      'primary',
    ]);
  });

  test('a calendar that appears gets its channel, and all are stopped at the end', async () => {
    const { context, sandbox, user, requestsTo, started } = await pushed();
    const late = user.addCalendar({ id: 'late@example.com', summary: 'Late' }).id;
    for (let hours = 0; hours < 2; hours += 1) {
      pass(HOUR + 1);
      await context.runMaintenance();
    }
    await sandbox.google.push.settled();
    started.events.length = 0;
    user.addEvent(SOON, late);
    await sandbox.google.push.settled();
    expect(told(started)).toHaveLength(1);
    await context.user('ada').connections.disconnect('google');
    expect(requestsTo('calendar.channels.stop').filter(({ status }) => status === 204)).toHaveLength(5);
  });
});
