import { ApiError, ServiceUnavailableError } from '@context-sdk/oauth-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { googleTokens } from '../support/start-context.ts';
import { type Deliveries, READONLY, startDeliveries } from '../support/start-deliveries.ts';

const SOON = { start: { dateTime: '2027-03-01T09:00:00Z' }, end: { dateTime: '2027-03-01T10:00:00Z' } };
const MINUTE = 60_000;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

/** A connected user with a second calendar, at a host that is polled unless it has an address. */
async function connected(options: Parameters<typeof startDeliveries>[0]) {
  const started = startDeliveries(options);
  const user = started.sandbox.google.testUser().calendar;
  const team = user.addCalendar({ id: 'team@example.com', summary: 'Team' }).id;
  await started.context.user('ada').connections.import('google', googleTokens(started.sandbox, [READONLY]));
  await started.context.runMaintenance();
  await started.sandbox.google.push.settled();
  started.events.length = 0;
  return { started, user, team };
}

function fail({ sandbox }: Deliveries, calendarId: string, what: string, status: number): void {
  const path = `/calendar/v3/calendars/${encodeURIComponent(calendarId)}/events${what}`;
  sandbox.faults.inject({ kind: 'status', status }, { path, rate: 1 });
}

function told({ events }: Deliveries): unknown[] {
  return events.flatMap(({ type, data }) =>
    type === 'changed' ? [(data as { calendarId: string }).calendarId] : [],
  );
}

async function maintainAfter({ context }: Deliveries, minutes: number) {
  vi.setSystemTime(Date.now() + minutes * MINUTE);
  return (await context.runMaintenance()).failures;
}

describe('19.4: a calendar that fails is named, and the others go on', () => {
  test.each([
    [403, ApiError],
    [404, ApiError],
    [500, ServiceUnavailableError],
    [503, ServiceUnavailableError],
  ] as const)('by polling: %d', async (status, type) => {
    const { started, user, team } = await connected({ baseUrl: 'http://localhost:8000' });
    fail(started, team, '', status);
    user.addEvent(SOON);
    user.addEvent(SOON, team);
    const failures = await maintainAfter(started, 2);
    expect(failures).toMatchObject([{ userId: 'ada', service: 'google-calendar', calendarId: team }]);
    expect(failures[0]?.error).toBeInstanceOf(type);
    expect(told(started)).toEqual(['primary']);
    started.sandbox.faults.clear();
    expect(await maintainAfter(started, 2)).toEqual([]);
    expect(told(started)).toEqual(['primary', team]);
  });

  test('the primary one, several, or all of them', async () => {
    const { started, user, team } = await connected({ baseUrl: 'http://localhost:8000' });
    const late = user.addCalendar({ id: 'late@example.com', summary: 'Late' }).id;
    await maintainAfter(started, 2);
    const named = (failures: { calendarId?: string }[]): string[] =>
      failures.map(({ calendarId = '' }) => calendarId);
    fail(started, 'primary', '', 500);
    expect(named(await maintainAfter(started, 2))).toEqual(['primary']);
    fail(started, late, '', 403);
    expect(named(await maintainAfter(started, 2))).toEqual(['primary', late]);
    fail(started, team, '', 503);
    expect(named(await maintainAfter(started, 2)).toSorted()).toEqual([late, 'primary', team]);
  });

  test('beside pushes, and with the poll that follows the opening of channels', async () => {
    const { started, team } = await connected({});
    fail(started, team, '', 404);
    const failures = await maintainAfter(started, 61);
    expect(failures).toMatchObject([{ calendarId: team, error: { code: 'not_found' } }]);
    started.sandbox.faults.clear();
    expect(await maintainAfter(started, 61)).toEqual([]);
  });

  test('a channel that can not be opened is named, too', async () => {
    const started = startDeliveries();
    const team = started.sandbox.google.testUser().calendar.addCalendar({ summary: 'Team' }).id;
    fail(started, team, '/watch', 403);
    await started.context.user('ada').connections.import('google', googleTokens(started.sandbox, [READONLY]));
    const { failures, renewed } = await started.context.runMaintenance();
    expect(failures).toMatchObject([{ service: 'google-calendar', calendarId: team }]);
    expect(renewed).toBe(2);
  });

  test('a list that can not be read keeps no known calendar waiting', async () => {
    const { started, user, team } = await connected({ baseUrl: 'http://localhost:8000' });
    started.sandbox.faults.inject({ kind: 'status', status: 503 }, { path: /calendarList/, rate: 1 });
    user.addEvent(SOON);
    user.addEvent(SOON, team);
    const failures = await maintainAfter(started, 2);
    expect(failures.map(({ error, calendarId }) => [error.code, calendarId])).toEqual([
      ['service_unavailable', undefined],
    ]);
    expect(told(started)).toEqual(['primary', team]);
  });

  test('ensure and the steps of a queue of the host tell the same', async () => {
    const { started, team } = await connected({ baseUrl: 'http://localhost:8000' });
    fail(started, team, '', 404);
    vi.setSystemTime(Date.now() + 2 * MINUTE);
    const results = await started.context.subscriptions.ensure('ada');
    const calendar = results.find(({ service }) => service === 'google-calendar');
    expect(calendar).toMatchObject({
      did: 'polled',
      partFailures: [{ calendarId: team, error: { code: 'not_found' } }],
    });
    expect(calendar?.error).toBeUndefined();
    vi.setSystemTime(Date.now() + 2 * MINUTE);
    const { report } = await started.context.maintain('connection/ada/google/default');
    expect(report.failures).toMatchObject([{ calendarId: team }]);
  });
});
