import type { User } from '@context-sdk/context';
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
type CalendarClient = User['calendar'];

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

  const changes: [name: string, change: (user: CalendarClient, id: string) => Promise<unknown>][] = [
    ['deselected', ({ calendarList }, id) => calendarList.patch(id, { selected: false })],
    ['hidden', ({ calendarList }, id) => calendarList.patch(id, { hidden: true })],
    [
      'hidden and deselected',
      ({ calendarList }, id) => calendarList.patch(id, { hidden: true, selected: false }),
    ],
    ['removed from the list', ({ calendarList }, id) => calendarList.remove(id)],
    ['deleted', ({ calendars }, id) => calendars.delete(id)],
  ];

  test.each(changes)('a calendar that is %s goes, from the agenda, too', async (_name, change) => {
    const { context, user, team, run, started } = await polled();
    user.addEvent({ ...SOON, summary: 'Of the team' }, team);
    await run();
    started.events.length = 0;
    const day = { from: '2027-03-01T00:00:00Z', to: '2027-03-02T00:00:00Z', timeZone: 'UTC' };
    const shown = async (): Promise<unknown> =>
      (await context.user('ada').agenda(day)).items.map(({ title }) => title);
    expect(await shown()).toEqual(['Of the team']);
    await change(context.user('ada').calendar, team);
    await run();
    expect(told(started)).toEqual([`calendars.changed {"added":[],"removed":["${team}"]}`]);
    expect(await shown()).toEqual([]);
    await run();
    expect(told(started)).toHaveLength(1);
  });

  test.each(changes.slice(0, 3))('one that was %s comes back', async (_name, change) => {
    const { context, user, team, run, started } = await polled();
    const { calendar } = context.user('ada');
    await change(calendar, team);
    await run();
    user.addEvent(SOON, team);
    await run();
    await calendar.calendarList.patch(team, { hidden: null, selected: true });
    await run();
    user.addEvent(SOON, team);
    await run();
    expect(told(started)).toEqual([
      `calendars.changed {"added":[],"removed":["${team}"]}`,
      `calendars.changed {"added":["${team}"],"removed":[]}`,
      `changed {"calendarId":"${team}"}`,
    ]);
  });

  test('one that goes and comes between two polls is read on', async () => {
    const { user, team, run, started } = await polled();
    user.setListed(team, false);
    user.addEvent(SOON, team);
    user.setListed(team, true);
    await run();
    expect(told(started)).toEqual([`changed {"calendarId":"${team}"}`]);
  });

  test('the access role decides, whoever owns the calendar', async () => {
    const { sandbox, run, started } = await polled();
    const [ada = '', grace = ''] = sandbox.google.accounts.map(({ email }) => email);
    const other = sandbox.google.testUser(grace).calendar;
    const { id } = other.addCalendar({ summary: 'Of Grace' });
    const roles = ['reader', 'owner', 'writer', 'owner', 'freeBusyReader', undefined] as const;
    for (const role of roles) {
      other.shareCalendar(id, ada, role);
      await run();
      other.addEvent(SOON, id);
      await run();
    }
    const changed = `changed {"calendarId":"${id}"}`;
    const [added, removed] = [[id], []].map(
      (ids, index, all) => `calendars.changed ${JSON.stringify({ added: ids, removed: all[1 - index] })}`,
    );
    expect(told(started)).toEqual([added, changed, removed, added, changed, removed]);
  });

  test.each(['fullSyncRequired', 'gone', 'invalid'] as const)(
    'positions that Google refuses lose no calendar and no change (%s)',
    async (refusal) => {
      const { user, team, run, started } = await polled();
      user.expireListTokens(refusal);
      user.expireSyncTokens(team, refusal);
      const late = user.addCalendar({ id: 'late@example.com', summary: 'Late' }).id;
      user.addEvent(SOON, team);
      user.addEvent(SOON);
      await run();
      await run();
      expect(told(started).toSorted()).toEqual([
        `calendars.changed {"added":["${late}"],"removed":[]}`,
        'changed {"calendarId":"primary"}',
        `changed {"calendarId":"${team}"}`,
      ]);
    },
  );

  test.each([403, 404, 500])('a list that can not be read for a while (%i) loses nothing', async (status) => {
    const { sandbox, user, team, run, started } = await polled();
    sandbox.faults.inject({ kind: 'status', status }, { path: /calendarList/, rate: 1 });
    user.addEvent(SOON, team);
    const late = user.addCalendar({ id: 'late@example.com', summary: 'Late' }).id;
    await run();
    sandbox.faults.clear();
    await run();
    await run();
    expect(told(started).toSorted()).toEqual([
      `calendars.changed {"added":["${late}"],"removed":[]}`,
      `changed {"calendarId":"${team}"}`,
    ]);
  });

  test.each([403, 404, 410, 500, 503])(
    'one that can not be read (%i) costs no other, and loses nothing',
    async (status) => {
      const { sandbox, user, team, run, started } = await polled();
      const path = `/calendar/v3/calendars/${encodeURIComponent(team)}/events`;
      const fault = sandbox.faults.inject({ kind: 'status', status }, { path, rate: 1 });
      user.addEvent(SOON, team);
      user.addEvent(SOON);
      await run();
      expect(told(started)).toEqual(['changed {"calendarId":"primary"}']);
      expect(fault).toBeDefined();
      sandbox.faults.clear();
      await run();
      expect(told(started).slice(1)).toEqual([`changed {"calendarId":"${team}"}`]);
    },
  );
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
    expect(requestsTo('calendar.channels.stop').filter(({ status }) => status === 204)).toHaveLength(4);
  });
});
