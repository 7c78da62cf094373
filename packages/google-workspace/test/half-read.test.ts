import { GmailClient, GoogleCalendarClient } from '@context-sdk/google-workspace';
import { type SkippedEvent, UnexpectedResponseError } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';

/** What is read whole, and what is written only if it was. */

interface Started {
  gmail: GmailClient;
  calendar: GoogleCalendarClient;
  /** The requests that are not reads. */
  writes: string[];
  told: SkippedEvent[];
}

/** Clients of a service that answers reads by what their path ends with. */
function start(answers: Record<string, unknown>): Started {
  const writes: string[] = [];
  const told: SkippedEvent[] = [];
  const options = {
    auth: 'token',
    retry: { attempts: 1 },
    limits: [],
    hooks: { onSkipped: (event: SkippedEvent) => void told.push(event) },
    fetch: async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
      const { method, url } = new Request(input, init);
      const { pathname } = new URL(url);
      if (method !== 'GET') writes.push(`${method} ${pathname}`);
      const found = Object.entries(answers).find(([end]) => decodeURIComponent(pathname).endsWith(end));
      return Response.json(method === 'GET' ? (found?.[1] ?? {}) : { id: 'new', message: { id: 'm9' } });
    },
  };
  return { gmail: new GmailClient(options), calendar: new GoogleCalendarClient(options), writes, told };
}

const body = { data: Buffer.from('Hello').toString('base64url'), size: 5 };

function mail(id: string, internalDate: unknown, from = 'ada@example.org', more: object = {}): object {
  const headers = [
    { name: 'From', value: from },
    { name: 'Message-ID', value: `<${id}@example.org>` },
    { name: 'Subject', value: 'Plan' },
  ];
  const payload = { mimeType: 'text/plain', headers, body };
  return { id, threadId: 't1', internalDate, payload, ...more };
}

const ALIASES = { sendAs: [{ sendAsEmail: 'me@example.org', isPrimary: true, isDefault: true }] };
const thread = (messages: unknown) => start({ '/threads/t1': { id: 't1', messages }, '/sendAs': ALIASES });

describe('20: a thread', () => {
  test('tells which of its messages it left out', async () => {
    const { gmail, told } = thread([mail('m1', '1'), null, { id: 'm2', payload: null }]);
    const { messages } = await gmail.threads.read('t1');
    expect(messages.map(({ message }) => message.id)).toEqual(['m1']);
    const at = { service: 'gmail', operation: 'threads.get' };
    expect(told).toEqual([1, 2].map((index) => ({ ...at, field: `messages[${index}]` })));
  });

  test('is not answered at an older message if the newest may be one that can’t be read', async () => {
    for (const odd of [
      null,
      'x',
      { id: 'm2', internalDate: '2', payload: null },
      { ...mail('m2', '2'), id: 7 },
    ]) {
      const { gmail, writes } = thread([mail('m1', '1'), odd]);
      const error = await failure(gmail.threads.reply('t1', { text: 'Yes' }));
      expect(error).toBeInstanceOf(UnexpectedResponseError);
      expect(error).toMatchObject({ field: 'messages[1]' });
      expect(writes).toEqual([]);
      await gmail.threads.reply('t1', { text: 'Yes', messageId: 'm1' });
      expect(writes).toHaveLength(1);
    }
  });

  test('has the order in which Gmail gives it if a message has no time that can be read', async () => {
    for (const odd of [null, 'soon', 7, {}]) {
      const { gmail } = thread([mail('m1', '1'), mail('m2', odd)]);
      expect((await gmail.threads.read('t1')).latest?.message.id).toBe('m2');
    }
  });

  test('is not answered at a draft whose labels are no list', async () => {
    const { gmail } = thread([mail('m1', '1'), mail('m2', '2', 'me@example.org', { labelIds: 'DRAFT' })]);
    expect((await gmail.threads.read('t1')).latest?.message.id).toBe('m1');
  });
});

test('20: a draft that comes as no mail is not replaced by one without content', async () => {
  for (const raw of ['****', '!', 'bm90aGluZw', Buffer.from([0, 255, 254]).toString('base64url')]) {
    const { gmail, writes } = start({ '/drafts/d1': { id: 'd1', message: { id: 'm1', raw } } });
    expect(await failure(gmail.drafts.edit('d1', { subject: 'x' }))).toMatchObject({ field: 'message.raw' });
    expect(writes).toEqual([]);
  }
});

const QUIET = { sendUpdates: 'none' } as const;

const time = (hour: number): object => ({
  dateTime: `2026-11-25T0${hour}:00:00+01:00`,
  timeZone: 'Europe/Zurich',
});
const SERIES = {
  id: 's1',
  iCalUID: 's1@google.com',
  etag: '"1"',
  summary: 'Stand-up',
  recurrence: ['RRULE:FREQ=DAILY;COUNT=6'],
  start: { ...time(9), dateTime: '2026-11-23T09:00:00+01:00' },
  end: { ...time(9), dateTime: '2026-11-23T09:30:00+01:00' },
};
const INSTANCE = {
  id: 's1_3',
  recurringEventId: 's1',
  originalStartTime: time(9),
  start: time(9),
  end: time(9),
};

function series(changes: object, listed: unknown[] = []): Started {
  return start({
    '/events/s1_3': INSTANCE,
    '/events/s1': { ...SERIES, ...changes },
    '/instances': { items: [] },
    '/events': { items: listed },
  });
}

describe('20: a series', () => {
  const recurrences = ['RRULE:FREQ=DAILY', ['RRULE:FREQ=DAILY', 7], [null], {}, [], undefined];

  test.each(recurrences.map((recurrence) => ({ recurrence })))('is not cut if it has %j', async (odd) => {
    const { calendar, writes } = series(odd);
    const cut = [
      calendar.events.patchFollowing('s1_3', { summary: 'New' }, QUIET),
      calendar.events.deleteFollowing('s1_3', QUIET),
    ];
    for (const each of cut) expect(await failure(each)).toMatchObject({ field: 'recurrence' });
    expect(writes).toEqual([]);
  });

  test.each([{ end: { dateTime: 'later' } }, { end: 7 }, { end: null }])(
    'is not given another length if it has %j',
    async (changes) => {
      const { calendar, writes } = series(changes);
      const change = calendar.events.patchFollowing('s1_3', { summary: 'New' }, QUIET);
      expect(await failure(change)).toMatchObject({ field: 'end' });
      expect(writes).toEqual([]);
    },
  );

  test('keeps its guests if Google gives only some of them', async () => {
    const { calendar, writes } = series({ attendeesOmitted: true, attendees: [{ email: 'a@example.org' }] });
    const change = calendar.events.patchFollowing('s1_3', { summary: 'New' }, QUIET);
    expect(await failure(change)).toMatchObject({ field: 'attendees' });
    expect(writes).toEqual([]);
  });

  test('is not cut if an exception of it comes with only some of its guests', async () => {
    const partial = { attendeesOmitted: true, attendees: [{ email: 'a@example.org' }] };
    const exception = { ...INSTANCE, id: 's1_4', ...partial };
    const { calendar, writes } = series({}, [exception]);
    const change = calendar.events.patchFollowing('s1_3', { summary: 'New' }, QUIET);
    expect(await failure(change)).toMatchObject({ field: 'items[0].attendees' });
    expect(writes).toEqual([]);
  });

  test.each([
    ['is no object', null],
    [
      'has no start that can be read',
      { id: 'x', recurringEventId: 's1', originalStartTime: { dateTime: 7 } },
    ],
    ['names no start', { id: 'x', recurringEventId: 's1' }],
  ])('is not cut if an exception of it %s: it would be lost', async (_name, odd) => {
    const { calendar, writes } = series({}, [odd]);
    const error = await failure(calendar.events.patchFollowing('s1_3', { summary: 'New' }, QUIET));
    expect(error).toMatchObject({ code: 'unexpected_response' });
    expect(writes).toEqual([]);
  });
});
