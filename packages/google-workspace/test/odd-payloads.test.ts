import {
  GmailClient,
  GoogleCalendarClient,
  type ItemListing,
  readMail,
  toIcs,
} from '@context-sdk/google-workspace';
import { ContextSdkError, type Hooks, type SkippedEvent } from '@context-sdk/oauth-core';
import { damaged } from '@context-sdk/test-support';
import { expect, test } from 'vitest';

const data = Buffer.from('Hello').toString('base64url');
const MAIL = {
  id: 'm1',
  threadId: 't1',
  labelIds: ['INBOX'],
  internalDate: '1796000000000',
  payload: {
    mimeType: 'multipart/mixed',
    headers: [
      { name: 'From', value: 'Ada <ada@example.org>' },
      { name: 'Delivered-To', value: 'grace@example.org' },
      { name: 'References', value: '<a@example.org>' },
    ],
    parts: [
      {
        mimeType: 'text/plain',
        headers: [{ name: 'Content-Type', value: 'text/plain' }],
        body: { data, size: 5 },
      },
      {
        mimeType: 'text/calendar',
        filename: 'invite.ics',
        headers: [
          { name: 'Content-Type', value: 'text/calendar; method=REQUEST' },
          { name: 'Content-Disposition', value: 'attachment' },
          { name: 'Content-ID', value: '<part@example.org>' },
        ],
        body: { data, attachmentId: 'a1', size: 5 },
      },
    ],
  },
};

const EVENT = {
  id: 'e1',
  status: 'confirmed',
  summary: 'Stand-up',
  description: 'Daily',
  location: 'Room 1',
  htmlLink: 'https://calendar.google.com/event?eid=e1',
  updated: '2026-11-23T08:00:00Z',
  iCalUID: 'e1@google.com',
  sequence: 1,
  visibility: 'private',
  organizer: { email: 'ada@example.org', displayName: 'Ada' },
  attendees: [
    { email: 'grace@example.org', displayName: 'Grace', responseStatus: 'accepted', optional: true },
  ],
  recurrence: ['RRULE:FREQ=DAILY;COUNT=3'],
  start: { dateTime: '2026-11-23T09:00:00+01:00', timeZone: 'Europe/Berlin' },
  end: { dateTime: '2026-11-23T10:00:00+01:00', timeZone: 'Europe/Berlin' },
  originalStartTime: { dateTime: '2026-11-23T09:00:00+01:00', timeZone: 'Europe/Berlin' },
};

/** What of `work` fails on a damaged payload with anything but an error of ours. */
async function crashes(payload: object, work: (value: never) => unknown): Promise<string[]> {
  const crashed: string[] = [];
  for (const { where, value } of damaged(payload)) {
    try {
      await work(value as never);
    } catch (error) {
      if (!(error instanceof ContextSdkError)) crashed.push(`${where}: ${error}`);
    }
  }
  return crashed;
}

test('18.5, 20: a mail whose fields are absent, null, empty or of another type is read, or a typed error', async () => {
  expect(await crashes(MAIL, readMail)).toEqual([]);
  const nulls = {
    ...MAIL,
    payload: { ...MAIL.payload, mimeType: null, filename: null, parts: null, body: null },
  };
  expect(await readMail(nulls as never)).toMatchObject({ text: '', from: { address: 'ada@example.org' } });
});

test('18.5, 20: one odd mail costs no other of its thread', async () => {
  const threadOf = async (messages: unknown): Promise<string[]> => {
    const client = new GmailClient({
      auth: 'token',
      retry: { attempts: 1 },
      fetch: async () => Response.json({ id: 't1', messages }),
    });
    return (await client.threads.read('t1')).messages.map(({ message }) => message.id);
  };
  expect(await threadOf([null, { id: 7 }, MAIL, { id: 'm2', payload: null }])).toEqual(['m1']);
  expect(await threadOf([{ ...MAIL, labelIds: 'DRAFT' }])).toEqual(['m1']);
  expect(await threadOf(null)).toEqual([]);
});

test('18.5, 20: a draft that comes without its text is not replaced by an empty one', async () => {
  const sent: string[] = [];
  for (const raw of [undefined, null, '', 7]) {
    const client = new GmailClient({
      auth: 'token',
      retry: { attempts: 1 },
      fetch: async (input, init) => {
        const { method } = new Request(input, init);
        sent.push(method);
        return Response.json({ id: 'd1', message: { id: 'm1', raw } });
      },
    });
    await expect(client.drafts.edit('d1', { subject: 'x' })).rejects.toThrow('message.raw');
  }
  expect(new Set(sent)).toEqual(new Set(['GET']));
});

test('19.4: an event whose fields are absent, null, empty or of another type becomes iCalendar, or a typed error', async () => {
  expect(await crashes(EVENT, (event) => toIcs(event))).toEqual([]);
  const odd = {
    ...EVENT,
    summary: null,
    attendees: [null, { email: null }, { email: 'a@example.org' }],
    organizer: 7,
  };
  const text = toIcs(odd as never);
  expect(text.match(/^ATTENDEE.*$/gm)).toHaveLength(1);
  expect(text).not.toContain('SUMMARY');
});

const ODD_ITEMS = [null, 7, 'text', [], {}, { id: null }, { id: '' }, { id: 7 }, { id: 'a\u0000b' }];

function answering(answer: object, hooks: Hooks = {}): GmailClient {
  return new GmailClient({
    auth: 'token',
    hooks,
    retry: { attempts: 1 },
    fetch: async () => Response.json(answer),
  });
}

test.each(['messages', 'threads', 'drafts', 'labels'] as const)(
  '20: odd items cost no other their place in the list of %s, and are told',
  async (name) => {
    const told: unknown[] = [];
    const good = { id: 'good', name: 'Good', message: { id: 'm', threadId: 't' } };
    const { [name]: resource } = answering({ [name]: [...ODD_ITEMS, good] });
    const list = resource.list({ onSkipped: ({ item }) => told.push(item) });
    expect(await list.toArray()).toEqual([good]);
    expect(told).toEqual(ODD_ITEMS);
    expect(list.skipped.map(({ item }) => item)).toEqual(ODD_ITEMS);
    expect(await answering({ labels: [{ id: 'x' }, good] }).labels.findByName('good')).toEqual(good);
  },
);

test('16.36: a listener that throws or rejects costs no list, and ends no process', async () => {
  const fails = (): never => {
    throw new Error('the log is full');
  };
  const { labels } = answering({ labels: [null, { id: 'good', name: 'Good' }] });
  for (const onSkipped of [fails, async () => fails()] as (() => unknown)[]) {
    const list = labels.list({ onSkipped });
    expect(await list.toArray()).toMatchObject([{ id: 'good' }]);
    expect(list.skipped).toHaveLength(1);
  }
});

test('20: an alias without an address keeps nobody from answering from another', async () => {
  const good = { sendAsEmail: 'ada@example.org', isPrimary: true, isDefault: true };
  const told: SkippedEvent[] = [];
  const hooks = { onSkipped: (event: SkippedEvent) => void told.push(event) };
  const client = answering({ sendAs: [...ODD_ITEMS, good] }, hooks);
  expect(await client.settings.sendAs.default()).toEqual(good);
  expect(new Set(told.map(({ field }) => field)).size).toBe(ODD_ITEMS.length);
});

test('20: odd records of the history keep no change from being told', async () => {
  const message = { id: 'm1', threadId: 't1' };
  const history = [
    null,
    'text',
    { id: '3', messagesAdded: [null, { message: null }, { message: { id: 7 } }, { message }] },
    { messagesDeleted: [{ message }] },
    { id: '4', labelsAdded: null },
  ];
  const told: SkippedEvent[] = [];
  const gmail = answering({ history, historyId: '9' }, { onSkipped: (event) => void told.push(event) });
  const { changes } = (await gmail.mailbox.changes('1')) as { changes: unknown };
  const places = [
    'history[0]',
    'history[1]',
    ...[0, 1, 2].map((index) => `history[2].messagesAdded[${index}]`),
    'history[4].labelsAdded[0]',
  ];
  expect(told).toEqual(places.map((field) => ({ service: 'gmail', operation: 'mailbox.changes', field })));
  expect(changes).toEqual([
    { id: '3', messagesAdded: [{ message }] },
    { id: '9', messagesDeleted: [{ message }] },
    { id: '4', labelsAdded: [] },
  ]);
});

interface CalendarList {
  /** The operation of its request. Default: its own name. */
  sent?: string;
  /** What is read, and what was told of what is left out. */
  read(calendar: GoogleCalendarClient): Promise<{ items: readonly unknown[]; skipped: readonly unknown[] }>;
}

const listed =
  (list: (calendar: GoogleCalendarClient) => ItemListing<unknown>): CalendarList['read'] =>
  async (calendar) => {
    const listing = list(calendar);
    return { items: await listing.toArray(), skipped: listing.skipped };
  };

const CALENDAR_LISTS: Record<string, CalendarList> = {
  'events.list': { read: listed(({ events }) => events.list()) },
  'events.instances': { read: listed(({ events }) => events.instances('series')) },
  'events.sync': {
    sent: 'events.list',
    read: async ({ events }) => {
      const { events: items, skipped } = await events.sync();
      return { items, skipped };
    },
  },
  'calendars.list': { read: listed(({ calendars }) => calendars.list()) },
  'calendarList.sync': {
    read: async ({ calendarList }) => {
      const { calendars: items, skipped } = await calendarList.sync();
      return { items, skipped };
    },
  },
  'acl.list': { read: listed(({ acl }) => acl.list()) },
  'settings.list': { read: listed(({ settings }) => settings.list()) },
};

test.each(Object.entries(CALENDAR_LISTS))(
  '19, 20: odd items cost no other their place in %s, and are told',
  async (operation, { read, sent = operation }) => {
    const told: SkippedEvent[] = [];
    const answers = (items: unknown): GoogleCalendarClient =>
      new GoogleCalendarClient({
        auth: 'token',
        limits: [],
        retry: { attempts: 1 },
        hooks: { onSkipped: (event) => void told.push(event) },
        fetch: async () => Response.json({ items, nextSyncToken: 'next' }),
      });
    const good = { ...EVENT, id: 'good', summary: 'Good' };
    const { items, skipped } = await read(answers([...ODD_ITEMS, good]));
    expect(items).toEqual([good]);
    expect(skipped).toHaveLength(ODD_ITEMS.length);
    expect(told).toEqual(
      ODD_ITEMS.map((_, index) => ({
        service: 'google-calendar',
        operation: sent,
        field: `items[${index}]`,
      })),
    );
    for (const { where, value } of damaged(EVENT)) {
      const { items: all } = await read(answers([value, good]));
      expect(all.at(-1), where).toEqual(good);
    }
  },
);

const BUSY = {
  calendars: { primary: { busy: [{ start: '2026-11-23T09:00:00Z', end: '2026-11-23T10:00:00Z' }] } },
};

test('19: busy times whose fields are absent, null, empty or of another type are read, or a typed error', async () => {
  const query = { from: '2026-11-23T00:00:00Z', to: '2026-11-24T00:00:00Z' };
  const from = (answer: never): Promise<unknown> =>
    new GoogleCalendarClient({
      auth: 'token',
      limits: [],
      retry: { attempts: 1 },
      fetch: async () => Response.json(answer),
    }).freeBusy.query({ ...query, calendarIds: ['primary'] });
  expect(await crashes(BUSY, from)).toEqual([]);
});
