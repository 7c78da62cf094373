import type { Agenda, User } from '@context-sdk/context';
import { createSandbox, type Sandbox } from '@context-sdk/sandbox';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { startContext } from '../support/start-context.ts';

const EMPTY = { seed: 'empty', ticktick: {}, azureDevOps: { seed: 'empty' } } as const;
const DAY = { from: '2027-03-01T00:00:00+01:00', to: '2027-03-02T00:00:00+01:00', timeZone: 'Europe/Berlin' };

function titles({ items }: Agenda): string[] {
  return items.map(({ title }) => title);
}

/** The day of that date, as the clocks of the zone have it. */
function dayIn(timeZone: string, from: string, to: string): { from: Date; to: Date; timeZone: string } {
  return { from: new Date(from), to: new Date(to), timeZone };
}

describe('19.3: days are days in every zone', () => {
  test.each([
    ['America/New_York', '-05:00'],
    ['Asia/Tokyo', '+09:00'],
    ['Pacific/Kiritimati', '+14:00'],
    ['Etc/GMT+12', '-12:00'],
  ])('an all-day event of a calendar in Berlin, seen in %s', async (zone, offset) => {
    const { sandbox, connectedUser } = startContext({ sandbox: EMPTY });
    const user = await connectedUser();
    const google = sandbox.google.testUser().calendar;
    google.addEvent({ summary: 'Holiday', start: { date: '2027-03-02' }, end: { date: '2027-03-03' } });
    const on = async (day: string): Promise<string[]> => {
      const next = `2027-03-0${Number(day.slice(-1)) + 1}`;
      return titles(await user.agenda(dayIn(zone, `${day}T00:00:00${offset}`, `${next}T00:00:00${offset}`)));
    };
    expect([await on('2027-03-01'), await on('2027-03-02'), await on('2027-03-03')]).toEqual([
      [],
      ['Holiday'],
      [],
    ]);
  });
});

describe('19.4: one bad item or calendar never takes everything', () => {
  test('a calendar that cannot be read is an error of its own', async () => {
    const { sandbox, connectedUser } = startContext({ sandbox: EMPTY });
    const user = await connectedUser();
    const google = sandbox.google.testUser().calendar;
    google.addEvent({ summary: 'Here', start: { date: '2027-03-01' }, end: { date: '2027-03-02' } });
    const agenda = await user.agenda({ ...DAY, calendarIds: ['gone@example.com', 'primary'] });
    expect(titles(agenda)).toEqual(['Here']);
    expect(agenda.errors).toEqual({});
    expect(agenda.calendarErrors).toMatchObject({ 'gone@example.com': { code: 'not_found' } });
  });

  /** A user of a calendar that holds these items beside a good one. */
  async function userWith(items: readonly object[]): Promise<{ user: User; sandbox: Sandbox }> {
    const sandbox = createSandbox({ ...EMPTY, ticktick: { rateLimits: [] } });
    const { connectedUser } = startContext({
      emulated: sandbox,
      async fetch(input, init) {
        const response = await sandbox.fetch(input, init);
        const { pathname } = new URL(new Request(input, init).url);
        if (!pathname.endsWith('/events') || init?.method === 'POST') return response;
        const body = (await response.json()) as { items: object[] };
        return Response.json({ ...body, items: [...items, ...body.items] });
      },
    });
    const user = await connectedUser();
    const times = {
      start: { dateTime: '2027-03-01T09:00:00+01:00' },
      end: { dateTime: '2027-03-01T10:00:00+01:00' },
    };
    sandbox.google.testUser().calendar.addEvent({ summary: 'Good', ...times });
    return { user, sandbox };
  }

  const START = '2027-03-01T12:00:00+01:00';
  const oddities: [name: string, times: object, shown: boolean][] = [
    ['an end before its start', { start: { dateTime: START }, end: { dateTime: DAY.from } }, true],
    ['days that end before they start', { start: { date: '2027-03-01' }, end: { date: '2027-02-01' } }, true],
    [
      'an end in the year 10000',
      { start: { dateTime: START }, end: { dateTime: '10000-01-01T00:00:00Z' } },
      true,
    ],
    ['days until the year 10000', { start: { date: '2027-03-01' }, end: { date: '10000-01-01' } }, true],
    ['the last day of all', { start: { date: '9999-12-31' }, end: { date: '10000-01-01' } }, false],
    ['a day of the year 0', { start: { date: '0000-01-01' }, end: { date: '0000-01-02' } }, false],
    ['the day 0000-00-00', { start: { date: '0000-00-00' }, end: { date: '0000-00-00' } }, false],
    ['a zone that nobody knows', { start: { dateTime: START, timeZone: 'Mars/Olympus' } }, true],
    [
      'no offset, but a zone of its own',
      { start: { dateTime: '2027-03-01T20:30:00', timeZone: 'Asia/Tokyo' } },
      true,
    ],
    [
      'no offset, in a zone that nobody knows',
      { start: { dateTime: '2027-03-01T20:30:00', timeZone: 'Mars/Olympus' } },
      true,
    ],
    ['no times', {}, false],
    ['times that are null', { start: null, end: null }, false],
    ['text without sense', { start: { dateTime: 'tomorrow' }, end: { dateTime: 'later' } }, false],
    ['a title that is null', { start: { dateTime: START }, summary: null }, true],
    ['guests that are null', { start: { dateTime: START }, attendees: null }, true],
  ];

  test.each(oddities)('an event with %s', async (_name, times, shown) => {
    const { user } = await userWith([{ id: 'odd', summary: 'Odd', ...times }]);
    const agenda = await user.agenda({ ...DAY, calendarIds: ['primary'] });
    expect(agenda.items.map(({ title }) => title || 'Odd').toSorted()).toEqual(
      shown ? ['Good', 'Odd'] : ['Good'],
    );
    expect([agenda.errors, agenda.calendarErrors]).toEqual([{}, {}]);
  });

  test('an offsetless time is read by the clocks of its own zone', async () => {
    const { user } = await userWith([
      { id: 'odd', summary: 'Odd', start: { dateTime: '2027-03-01T20:30:00', timeZone: 'Asia/Tokyo' } },
    ]);
    const agenda = await user.agenda({ ...DAY, calendarIds: ['primary'] });
    expect(agenda.items.find(({ title }) => title === 'Odd')?.start?.toISOString()).toBe(
      '2027-03-01T11:30:00.000Z',
    );
  });

  test('19.9: events with an empty iCalUID are no copies of each other', async () => {
    const times = { start: { dateTime: START }, end: { dateTime: '2027-03-01T13:00:00+01:00' } };
    const { user } = await userWith(['one', 'two'].map((id) => ({ id, summary: id, iCalUID: '', ...times })));
    const shown = titles(await user.agenda({ ...DAY, calendarIds: ['primary'] }));
    expect(shown).toEqual(expect.arrayContaining(['one', 'two']));
  });

  test('time can be blocked beside all of them', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-02-20T08:00:00Z') });
    onTestFinished(() => void vi.useRealTimers());
    const items = oddities.map(([name, times], index) => ({ id: `odd${index}`, summary: name, ...times }));
    const { user, sandbox } = await userWith(items.filter((item) => !JSON.stringify(item).includes('10000')));
    const task = sandbox.ticktick.testUser().createTask({ title: 'Write' });
    const within = { from: '2027-03-02T09:00:00Z', to: '2027-03-02T17:00:00Z' };
    const { outcome } = await user.blockTime(task, { durationMinutes: 60, within });
    expect(outcome).toBe('created');
    const plan = await user.plan({ tasks: [task], within, durationMinutes: 60 });
    expect(plan.pieces).toHaveLength(1);
  });
});
