import { type CalendarEvent, type ImportOutcome, parseIcs, toIcs } from '@context-sdk/google-workspace';
import { failure } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';
import { withEmptyFirstPages } from './empty-pages.ts';
import { EMPTY, hour, QUIET } from './times.ts';

const server = useSandbox();

function ics(...lines: string[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
}

function vevent(...lines: string[]): string[] {
  return ['BEGIN:VEVENT', 'UID:abc@other.example', ...lines, 'END:VEVENT'];
}

const BERLIN = ['DTSTART;TZID=Europe/Berlin:20261124T090000', 'DTEND;TZID=Europe/Berlin:20261124T100000'];

describe('19.import: an iCalendar text', () => {
  const cases: [name: string, lines: string[], body: object][] = [
    [
      'UTC',
      ['DTSTART:20261124T080000Z', 'DTEND:20261124T090000Z'],
      { start: { dateTime: '2026-11-24T08:00:00', timeZone: 'UTC' } },
    ],
    ['a zone', BERLIN, { start: { dateTime: '2026-11-24T09:00:00', timeZone: 'Europe/Berlin' } }],
    [
      'a day',
      ['DTSTART;VALUE=DATE:20261124'],
      { start: { date: '2026-11-24' }, end: { date: '2026-11-25' } },
    ],
    [
      'a duration',
      ['DTSTART:20261124T080000Z', 'DURATION:PT90M'],
      { end: { dateTime: '2026-11-24T09:30:00', timeZone: 'UTC' } },
    ],
    ['no end', ['DTSTART:20261124T080000Z'], { end: { dateTime: '2026-11-24T08:00:00', timeZone: 'UTC' } }],
    [
      'floating',
      ['DTSTART:20261124T080000', 'DTEND:20261124T090000'],
      { start: { dateTime: '2026-11-24T08:00:00', timeZone: 'Asia/Tokyo' } },
    ],
    [
      'escapes and folds',
      [...BERLIN, 'SUMMARY:Käse\\, Brot\\; un', ' d \\nmehr'],
      { summary: 'Käse, Brot; und \nmehr' },
    ],
    [
      'guests',
      [
        ...BERLIN,
        'ORGANIZER;CN=Eve:mailto:eve@other.example',
        'ATTENDEE;PARTSTAT=ACCEPTED;ROLE=OPT-PARTICIPANT:MAILTO:noor@example.org',
      ],
      {
        organizer: { email: 'eve@other.example', displayName: 'Eve' },
        attendees: [{ email: 'noor@example.org', responseStatus: 'accepted', optional: true }],
      },
    ],
    [
      'what it blocks',
      [...BERLIN, 'TRANSP:TRANSPARENT', 'CLASS:PRIVATE', 'STATUS:TENTATIVE'],
      { transparency: 'transparent', visibility: 'private', status: 'tentative' },
    ],
    [
      'a series',
      [...BERLIN, 'RRULE:FREQ=MONTHLY;BYDAY=4TH', 'EXDATE;TZID=Europe/Berlin:20261224T090000'],
      { recurrence: ['RRULE:FREQ=MONTHLY;BYDAY=4TH', 'EXDATE;TZID=Europe/Berlin:20261224T090000'] },
    ],
  ];

  test.each(cases)('%s', async (_name, lines, body) => {
    const [event] = await parseIcs(ics(...vevent(...lines)), 'Asia/Tokyo');
    expect(event).toMatchObject({ iCalUID: 'abc@other.example', body });
  });

  test.each([
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
    ['single CRs', (text: string) => text.replaceAll('\r\n', '\r')],
    ['days that do not say so', (text: string) => text.replaceAll(';VALUE=DATE', '')],
    ['a line that is none', (text: string) => text.replace('DTEND', 'Room 4\r\n\r\nDTEND')],
    ['a property folded in its name', (text: string) => text.replace('DTEND;', 'DTEND;\r\n ')],
  ])('%s', async (_name, written) => {
    const text = ics(...vevent('DTSTART;VALUE=DATE:20270301', 'DTEND;VALUE=DATE:20270303'));
    const [event] = await parseIcs(written(text));
    expect(event?.body).toMatchObject({ start: { date: '2027-03-01' }, end: { date: '2027-03-03' } });
  });

  test('a zone with a prefix is the IANA zone in it', async () => {
    const zone = '/mozilla.org/20050126_1/Europe/Berlin';
    const [event] = await parseIcs(
      ics(
        ...vevent(
          `DTSTART;TZID=${zone}:20270301T090000`,
          'RRULE:FREQ=DAILY;COUNT=3',
          `EXDATE;TZID=${zone}:20270302T090000`,
        ),
      ),
    );
    expect(event?.body.start).toEqual({ dateTime: '2027-03-01T09:00:00', timeZone: 'Europe/Berlin' });
    expect(event?.body.recurrence).toContain('EXDATE;TZID=Europe/Berlin:20270302T090000');
  });

  test.each([
    ['a day, at a time', BERLIN, '20261126', 'UNTIL=20261126T225959Z'],
    ['what clocks show', BERLIN, '20261126T090000', 'UNTIL=20261126T080000Z'],
    ['a time, at a time', BERLIN, '20261126T080000Z', 'UNTIL=20261126T080000Z'],
    ['a day of days', ['DTSTART;VALUE=DATE:20261124'], '20261126', 'UNTIL=20261126'],
    ['midnight in UTC, of days', ['DTSTART;VALUE=DATE:20261124'], '20261126T000000Z', 'UNTIL=20261126'],
    ['midnight in Tokyo, of days', ['DTSTART;VALUE=DATE:20261124'], '20261125T150000Z', 'UNTIL=20261126'],
  ])('3.UNTIL: %s: the end of a rule gets the type of the start', async (_name, times, until, expected) => {
    const { calendar } = await server.start(EMPTY);
    const text = ics(...vevent(...times, `RRULE:FREQ=DAILY;UNTIL=${until}`));
    const [outcome] = await calendar.events.import(text, { timeZone: 'Asia/Tokyo' });
    expect(outcome).toMatchObject({ status: 'ok', event: { recurrence: [`RRULE:FREQ=DAILY;${expected}`] } });
    if (outcome?.status !== 'ok') return;
    expect(await calendar.events.instances(outcome.event.id).toArray()).toHaveLength(3);
    const [parsed] = await parseIcs(text, 'Asia/Tokyo');
    if (parsed === undefined) throw new Error('There is no event.');
    expect((await calendar.events.create(parsed.body)).recurrence).toEqual([`RRULE:FREQ=DAILY;${expected}`]);
  });

  test.each(['20270230T090000Z', '20271301T090000Z', '20270301T250000Z'])(
    'an event at a time that is none (%s) fails, and the others go on',
    async (time) => {
      const { calendar } = await server.start(EMPTY);
      const good = ['BEGIN:VEVENT', 'UID:good', 'DTSTART:20270301T090000Z', 'END:VEVENT'];
      const nameless = ['BEGIN:VEVENT', 'DTSTART:20270301T090000Z', 'END:VEVENT'];
      const text = ics(...vevent(`DTSTART:${time}`), ...nameless, ...good);
      const outcomes = await calendar.events.import(text);
      expect(outcomes.map(({ iCalUID, status }) => [iCalUID, status])).toEqual([
        ['abc@other.example', 'failed'],
        ['', 'failed'],
        ['good', 'ok'],
      ]);
      await expect(parseIcs(text)).rejects.toMatchObject({ code: 'invalid_request', field: 'ics[0]' });
    },
  );

  test('an unknown zone is read by the VTIMEZONE of the text', async () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:Somewhere',
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:+0300',
      'TZOFFSETTO:+0300',
      'END:STANDARD',
      'END:VTIMEZONE',
    ];
    const event = vevent(
      'DTSTART;TZID=Somewhere:20261124T090000',
      'RRULE:FREQ=DAILY;COUNT=2',
      'EXDATE;TZID=Somewhere:20261125T090000',
    );
    const [parsed] = await parseIcs(ics(...zone, ...event), 'Europe/Berlin');
    expect(parsed?.body).toMatchObject({
      start: { dateTime: '2026-11-24T07:00:00+01:00', timeZone: 'Europe/Berlin' },
      recurrence: ['RRULE:FREQ=DAILY;COUNT=2', 'EXDATE;TZID=Europe/Berlin:20261125T070000'],
    });
  });

  /** A VTIMEZONE with summer time, whatever its name. */
  function zoneLines(name: string, ...more: string[]): string[] {
    const observance = (kind: string, start: string, from: string, to: string, rule: string): string[] => [
      `BEGIN:${kind}`,
      `DTSTART:${start}`,
      `TZOFFSETFROM:${from}`,
      `TZOFFSETTO:${to}`,
      `RRULE:FREQ=YEARLY;${rule}`,
      `END:${kind}`,
    ];
    return [
      'BEGIN:VTIMEZONE',
      `TZID:${name}`,
      ...more,
      ...observance('STANDARD', '16010101T030000', '+0200', '+0100', 'BYDAY=-1SU;BYMONTH=10'),
      ...observance('DAYLIGHT', '16010101T020000', '+0100', '+0200', 'BYDAY=-1SU;BYMONTH=3'),
      'END:VTIMEZONE',
    ];
  }

  test.each([
    ['a zone of Windows', 'W. Europe Standard Time', zoneLines('W. Europe Standard Time')],
    ['a zone of Windows without VTIMEZONE', 'W. Europe Standard Time', []],
    ['a zone of Windows in quotes', '"W. Europe Standard Time"', []],
    ['a zone with its place', 'CET-1', zoneLines('CET-1', 'X-LIC-LOCATION:Europe/Berlin')],
  ])('%s keeps its clocks: a series and what is taken out of it', async (_name, zone, lines) => {
    const { calendar } = await server.start(EMPTY);
    const weekly = vevent(
      `DTSTART;TZID=${zone}:20261019T090000`,
      `DTEND;TZID=${zone}:20261019T100000`,
      'RRULE:FREQ=WEEKLY;COUNT=3',
      `EXDATE;TZID=${zone}:20261019T090000`,
    );
    const [outcome] = await calendar.events.import(ics(...lines, ...weekly));
    expect(outcome).toMatchObject({ status: 'ok', event: { start: { timeZone: 'Europe/Berlin' } } });
    const listed = await calendar.events
      .list({ singleEvents: true, orderBy: 'startTime', timeZone: 'UTC' })
      .toArray();
    // The clocks go back on 25 October.
    expect(listed.map(({ start }) => start?.dateTime)).toEqual([
      '2026-10-26T08:00:00Z',
      '2026-11-02T08:00:00Z',
    ]);
  });

  test('people without an address are no guests, and cost nobody the event', async () => {
    const { calendar } = await server.start(EMPTY);
    const [outcome] = await calendar.events.import(
      ics(
        ...vevent(
          ...BERLIN,
          'ORGANIZER;CN=Eve;EMAIL=eve@other.example:urn:uuid:1f9f4a3c-0000-4000-8000-000000000000',
          'ATTENDEE;CN=Room 4:invalid:nomail',
          'ATTENDEE;CN=Noor;EMAIL=noor@example.org:/aMTIzNDU2/principal/',
          'ATTENDEE;CN=Kim:MAILTO: kim@example.org',
        ),
      ),
    );
    expect(outcome).toMatchObject({
      status: 'ok',
      event: {
        organizer: { email: 'eve@other.example', displayName: 'Eve' },
        attendees: [
          { email: 'noor@example.org', displayName: 'Noor' },
          { email: 'kim@example.org', displayName: 'Kim' },
        ],
      },
    });
    const [nobody] = await parseIcs(
      ics(...vevent(...BERLIN, 'ORGANIZER:urn:uuid:1', 'ATTENDEE:invalid:nomail')),
    );
    expect(nobody?.body).not.toHaveProperty('organizer');
    expect(nobody?.body).not.toHaveProperty('attendees');
  });

  test.each([
    'FREQ=MINUTELY',
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;BYDAY=MO',
  ])('a VTIMEZONE whose clocks change by %s holds nobody up, and fails its event alone', async (rule) => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:Somewhere',
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0300',
      `RRULE:${rule}`,
      'END:STANDARD',
      'END:VTIMEZONE',
    ];
    const { calendar } = await server.start(EMPTY);
    const good = ['BEGIN:VEVENT', 'UID:good', 'DTSTART:20270301T090000Z', 'END:VEVENT'];
    const text = ics(...zone, ...vevent('DTSTART;TZID=Somewhere:20261124T090000'), ...good);
    const outcomes = await calendar.events.import(text);
    expect(outcomes.map(({ iCalUID, status }) => [iCalUID, status])).toEqual([
      ['abc@other.example', 'failed'],
      ['good', 'ok'],
    ]);
  });

  test('the days of a month in which a Sunday is are a rule of a zone', async () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:Somewhere',
      'BEGIN:STANDARD',
      'DTSTART:20071104T020000',
      'TZOFFSETFROM:+0400',
      'TZOFFSETTO:+0300',
      'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=SU;BYMONTHDAY=1,2,3,4,5,6,7',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:20070311T020000',
      'TZOFFSETFROM:+0300',
      'TZOFFSETTO:+0400',
      'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU',
      'END:DAYLIGHT',
      'END:VTIMEZONE',
    ];
    const [parsed] = await parseIcs(ics(...zone, ...vevent('DTSTART;TZID=Somewhere:20260701T090000')), 'UTC');
    expect(parsed?.body.start).toEqual({ dateTime: '2026-07-01T05:00:00+00:00', timeZone: 'UTC' });
  });

  test('a zone with a name of many parts is looked for in its last three', async () => {
    const name = `${'x/'.repeat(100_000)}America/Indiana/Knox`;
    const [parsed] = await parseIcs(ics(...vevent(`DTSTART;TZID=${name}:20261124T090000`)));
    expect(parsed?.body.start).toEqual({ dateTime: '2026-11-24T09:00:00', timeZone: 'America/Indiana/Knox' });
  });

  test.each([
    '',
    'nonsense',
    'BEGIN:VCALENDAR',
    'BEGIN:VCARD\r\nEND:VCARD',
    ics('BEGIN:VEVENT', 'UID:x', 'END:VEVENT'),
  ])('%j is none', async (text) => {
    expect(await failure(parseIcs(text))).toMatchObject({ code: 'invalid_request' });
  });

  test.each(['refused', 'updates'] as const)(
    'is brought up to date where a known UID is %s',
    async (secondImport) => {
      const { calendar, sandbox } = await server.start({
        sandbox: { seed: 'empty', google: { secondImport } },
      });
      const events = () => sandbox.google.testUser().calendar.events();
      await calendar.events.import(ics(...vevent(...BERLIN, 'SUMMARY:Old', 'LOCATION:Room 1')));
      const text = ics(...vevent('DTSTART;VALUE=DATE:20261124', 'SUMMARY:New', 'RRULE:FREQ=DAILY;COUNT=2'));
      expect(await calendar.events.import(text)).toMatchObject([{ status: 'ok', event: { summary: 'New' } }]);
      expect(events()).toMatchObject([
        { summary: 'New', start: { date: '2026-11-24' }, recurrence: ['RRULE:FREQ=DAILY;COUNT=2'] },
      ]);
      expect(events()[0]).not.toHaveProperty('location');
      await calendar.events.delete(String(events()[0]?.id), QUIET);
      expect(await calendar.events.import(text)).toMatchObject([{ status: 'ok' }]);
      expect(events()).toMatchObject([{ status: 'confirmed' }]);
    },
  );

  test('of an event that is canceled may come again', async () => {
    const { calendar } = await server.start(EMPTY);
    await calendar.events.import(ics(...vevent(...BERLIN, 'SUMMARY:Once')));
    const canceled = ics(...vevent(...BERLIN, 'STATUS:CANCELLED'));
    for (let time = 0; time < 2; time += 1) {
      expect(await calendar.events.import(canceled)).toMatchObject([{ event: { status: 'cancelled' } }]);
    }
  });

  test('is imported once, though the response is lost', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    sandbox.faults.inject({ kind: 'reset', when: 'after' }, { operation: 'calendar.events.import' });
    const outcomes = await calendar.events.import(ics(...vevent(...BERLIN, 'SUMMARY:Once')));
    expect(outcomes).toMatchObject([{ status: 'ok', event: { summary: 'Once' } }]);
    expect(sandbox.google.testUser().calendar.events()).toHaveLength(1);
  });

  test('is imported event by event, and brought up to date the second time', async () => {
    const { calendar, sandbox } = await server.start(EMPTY);
    const bad = [
      'BEGIN:VEVENT',
      'UID:bad',
      'DTSTART:20261124T080000Z',
      'DTEND:20261124T070000Z',
      'END:VEVENT',
    ];
    const statuses = (outcomes: readonly ImportOutcome[]): string[] =>
      outcomes.map(({ iCalUID, status }) => `${iCalUID} ${status}`);
    const first = await calendar.events.import(ics(...vevent(...BERLIN, 'SUMMARY:Old'), ...bad));
    expect(statuses(first)).toEqual(['abc@other.example ok', 'bad failed']);
    await calendar.events.import(ics(...vevent(...BERLIN, 'SUMMARY:New')));
    expect(sandbox.google.testUser().calendar.events()).toMatchObject([
      { summary: 'New', iCalUID: 'abc@other.example' },
    ]);
  });

  test('instances that differ follow their series, whatever their order', async () => {
    const { calendar } = await server.start(EMPTY);
    const changed = vevent(
      'RECURRENCE-ID;TZID=Europe/Berlin:20261125T090000',
      'DTSTART;TZID=Europe/Berlin:20261125T150000',
      'DTEND;TZID=Europe/Berlin:20261125T160000',
      'SUMMARY:Moved',
    );
    const text = ics(...changed, ...vevent(...BERLIN, 'SUMMARY:Series', 'RRULE:FREQ=DAILY;COUNT=3'));
    const outcomes = await calendar.events.import(text);
    expect(outcomes.map(({ status }) => status)).toEqual(['ok', 'ok']);
    const listed = await calendar.events.list({ singleEvents: true, orderBy: 'startTime' }).toArray();
    expect(listed.map(({ start, summary }) => [start?.dateTime?.slice(8, 16), summary])).toEqual([
      ['24T09:00', 'Series'],
      ['25T15:00', 'Moved'],
      ['26T09:00', 'Series'],
    ]);
  });
});

describe('19.import: instances', () => {
  const series = vevent(...BERLIN, 'SUMMARY:Series', 'RRULE:FREQ=DAILY;COUNT=3');
  const moved = vevent(
    'RECURRENCE-ID;TZID=Europe/Berlin:20261125T090000',
    'DTSTART;TZID=Europe/Berlin:20261125T150000',
    'DTEND;TZID=Europe/Berlin:20261125T160000',
    'SUMMARY:Moved',
  );

  test('of a series of days are moved and deleted by their day', async () => {
    const { calendar } = await server.start(EMPTY);
    const whole = vevent('DTSTART;VALUE=DATE:20261124', 'SUMMARY:Series', 'RRULE:FREQ=DAILY;COUNT=3');
    const later = vevent('RECURRENCE-ID;VALUE=DATE:20261125', 'DTSTART;VALUE=DATE:20261130', 'SUMMARY:Moved');
    const gone = vevent(
      'RECURRENCE-ID;VALUE=DATE:20261126',
      'DTSTART;VALUE=DATE:20261126',
      'STATUS:CANCELLED',
    );
    const outcomes = await calendar.events.import(ics(...whole, ...later, ...gone));
    expect(outcomes.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok']);
    const listed = await calendar.events.list({ singleEvents: true, orderBy: 'startTime' }).toArray();
    expect(listed.map(({ start, summary }) => [start?.date, summary])).toEqual([
      ['2026-11-24', 'Series'],
      ['2026-11-30', 'Moved'],
    ]);
  });

  test('are found behind an empty page', async () => {
    const { sandbox, calendar } = await server.start(EMPTY);
    const outcomes = await withEmptyFirstPages(sandbox).events.import(ics(...series, ...moved));
    expect(outcomes.map(({ status }) => status)).toEqual(['ok', 'ok']);
    const listed = await calendar.events.list({ singleEvents: true }).toArray();
    expect(listed).toHaveLength(3);
  });

  const other = vevent(
    'RECURRENCE-ID;TZID=Europe/Berlin:20261126T090000',
    'DTSTART;TZID=Europe/Berlin:20261126T090000',
    'DTEND;TZID=Europe/Berlin:20261126T110000',
    'SUMMARY:Longer',
  );

  test('without their series stand side by side, however often they are imported', async () => {
    const { calendar } = await server.start(EMPTY);
    for (let time = 0; time < 2; time += 1) await calendar.events.import(ics(...moved, ...other));
    await calendar.events.import(ics(...other));
    const listed = await calendar.events.list({ orderBy: 'startTime', singleEvents: true }).toArray();
    expect(listed.map(({ summary }) => summary)).toEqual(['Moved', 'Longer']);
  });

  test('that come after their series change it, and do not take its place', async () => {
    const { calendar } = await server.start(EMPTY);
    await calendar.events.import(ics(...series));
    const outcomes = await calendar.events.import(ics(...moved, ...other));
    expect(outcomes.map(({ status }) => status)).toEqual(['ok', 'ok']);
    const listed = await calendar.events.list({ orderBy: 'startTime', singleEvents: true }).toArray();
    expect(listed.map(({ summary }) => summary)).toEqual(['Series', 'Moved', 'Longer']);
  });

  test('of a series that was refused are not put in its place', async () => {
    const { sandbox, calendar } = await server.start(EMPTY);
    sandbox.google.failNext({ reason: 'forbidden', method: 'calendar.events.import' });
    const outcomes = await calendar.events.import(ics(...series, ...moved));
    expect(outcomes).toMatchObject([
      { status: 'failed', error: { code: 'permission_denied' } },
      { status: 'failed', error: { code: 'permission_denied' } },
    ]);
    expect(sandbox.google.testUser().calendar.events()).toEqual([]);
  });
});

describe('19.toIcs', () => {
  const now = new Date('2026-11-01T00:00:00Z');

  function linesOf(event: Partial<CalendarEvent>): string[] {
    return toIcs({ id: 'e', ...event }, { now })
      .replaceAll('\r\n ', '')
      .split('\r\n');
  }

  test('an event with all that others need', () => {
    const lines = linesOf({
      iCalUID: 'u',
      summary: 'Käse, Brot; \\ und\nmehr',
      start: { dateTime: '2026-11-23T09:00:00+01:00', timeZone: 'Europe/Zurich' },
      end: { dateTime: '2026-11-23T10:00:00+01:00' },
      status: 'confirmed',
      organizer: { email: 'ada@example.com', displayName: 'Ada "A" Okonkwo' },
      attendees: [{ email: 'noor@example.org', responseStatus: 'accepted', optional: true }],
    });
    expect(lines).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Context SDK//Calendar//EN',
      'BEGIN:VEVENT',
      'UID:u',
      'DTSTAMP:20261101T000000Z',
      'DTSTART:20261123T080000Z',
      'DTEND:20261123T090000Z',
      'SUMMARY:Käse\\, Brot\\; \\\\ und\\nmehr',
      'STATUS:CONFIRMED',
      'ORGANIZER;CN="Ada A Okonkwo":mailto:ada@example.com',
      'ATTENDEE;ROLE=OPT-PARTICIPANT;PARTSTAT=ACCEPTED:mailto:noor@example.org',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  test('no value ends its line, and lines have at most 75 octets', () => {
    const evil = 'x\r\nATTENDEE:mailto:evil@example.com\r\n'.repeat(9);
    const text = toIcs({
      id: 'e',
      start: { date: '2026-11-23' },
      summary: evil,
      htmlLink: evil,
      organizer: { email: evil, displayName: evil },
      location: 'ä'.repeat(200),
    });
    expect(text).not.toMatch(/^ATTENDEE/m);
    for (const line of text.split('\r\n'))
      expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
  });

  test('days, odd events and events without a start', () => {
    expect(linesOf({ start: { date: '2026-11-23' }, end: { date: '2026-11-25' } })).toEqual(
      expect.arrayContaining([
        'DTSTART;VALUE=DATE:20261123',
        'DTEND;VALUE=DATE:20261125',
        'UID:e@google.com',
      ]),
    );
    expect(linesOf({ start: { dateTime: '0000-00-00T00:00:00Z' } })).not.toContain('BEGIN:VEVENT');
    expect(() => toIcs({} as CalendarEvent)).toThrow('id is missing');
  });

  test.each([
    ['at a time', hour(9), 'EXDATE;TZID=Europe/Zurich:20261124T090000'],
    ['of days', { start: { date: '2026-11-23' }, end: { date: '2026-11-24' } }, 'EXDATE;VALUE=DATE:20261124'],
  ])('an instance %s that was deleted is not in the series', async (_name, times, line) => {
    const { calendar } = await server.start(EMPTY);
    const { id } = await calendar.events.create({ ...times, recurrence: ['RRULE:FREQ=DAILY;COUNT=3'] });
    const [, second, third] = await calendar.events.instances(id).toArray();
    await calendar.events.delete(String(second?.id), QUIET);
    const listed = await calendar.events.list().toArray();
    expect(listed.map(({ status }) => status)).toEqual(['confirmed', 'cancelled']);
    const text = toIcs(listed);
    expect(text.split('\r\n')).toContain(line);
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(1);
    const whole = toIcs([...listed.slice(0, 1), { ...second, ...listed[1] }] as CalendarEvent[]);
    expect(whole.match(/BEGIN:VEVENT/g)).toHaveLength(1);
    const other = await server.start(EMPTY);
    await other.calendar.events.import(text);
    const imported = await other.calendar.events.list({ singleEvents: true, orderBy: 'startTime' }).toArray();
    expect(imported.map(({ start }) => start)).toEqual([listed[0]?.start, third?.start]);
  });

  test('the clocks of a series that began long ago are told until now', () => {
    const start = { dateTime: '2012-03-05T09:00:00+01:00', timeZone: 'Europe/Zurich' };
    const lines = linesOf({ start, end: start, recurrence: ['RRULE:FREQ=WEEKLY'] });
    const zone = lines.slice(0, lines.indexOf('END:VTIMEZONE'));
    expect(zone.filter((line) => /^DTSTART:(?:2012|2026|2030)03/.test(line))).toHaveLength(3);
  });

  test('a deleted instance alone is a cancelled event', () => {
    const lines = linesOf({
      status: 'cancelled',
      recurringEventId: 's',
      originalStartTime: { date: '2026-11-24' },
      start: { date: '2026-11-24' },
    });
    expect(lines).toEqual(
      expect.arrayContaining(['RECURRENCE-ID;VALUE=DATE:20261124', 'STATUS:CANCELLED', 'UID:s@google.com']),
    );
  });

  test('what is written is read again, with the same occurrences', async () => {
    const { calendar } = await server.start(EMPTY);
    const recurrence = ['RRULE:FREQ=WEEKLY;COUNT=40;BYDAY=MO', 'EXDATE;TZID=Europe/Zurich:20261130T090000'];
    const { id } = await calendar.events.create(hour(9, { recurrence }));
    const [second] = (await calendar.events.instances(id).toArray()).slice(2);
    await calendar.events.patch(String(second?.id), { summary: 'Moved', location: 'x' }, QUIET);
    const query = { singleEvents: true, orderBy: 'startTime', timeMax: '2028-01-01T00:00:00Z' } as const;
    const shown = async (client: typeof calendar) =>
      (await client.events.list(query).toArray()).map(({ start, summary }) => [start?.dateTime, summary]);
    const whole = await calendar.events.list().toArray();
    const text = toIcs(whole);
    expect(text).toContain('BEGIN:VTIMEZONE');
    const shownBefore = await shown(calendar);
    const other = await server.start(EMPTY);
    expect((await other.calendar.events.import(text)).map(({ status }) => status)).toEqual(['ok', 'ok']);
    expect(await shown(other.calendar)).toEqual(shownBefore);
  });
});
