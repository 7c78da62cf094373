import { type CalendarEvent, GmailClient, parseAddresses, toIcs } from '@context-sdk/google-workspace';
import { answering, NO_TEXTS, ODD_TEXTS, type SentRequest } from '@context-sdk/test-support';
import { propertyRuns } from '@context-sdk/test-support/property-runs';
import PostalMime, { type Email } from 'postal-mime';
import { describe, expect, test } from 'vitest';

/** What other people write must not keep the user from answering or passing it on: row 5 of the Gmail issue. */

const KIM = 'kim@elsewhere.example';
const data = (text: unknown): unknown =>
  typeof text === 'string' ? Buffer.from(text).toString('base64url') : text;

interface Foreign {
  headers?: Record<string, unknown>;
  text?: unknown;
  html?: unknown;
  /** Members of an attachment's part. */
  file?: object;
  fileHeaders?: Record<string, unknown>;
  /** Members of the address that the user sends from, which another program may have set. */
  alias?: object;
}

const FIELDS: Readonly<Record<string, (value: unknown) => Foreign>> = {
  subject: (value) => ({ headers: { Subject: value } }),
  'name of the sender': (value) => ({ headers: { From: `"${value}" <${KIM}>` } }),
  'bare name of the sender': (value) => ({ headers: { From: `${value} <${KIM}>` } }),
  'Reply-To': (value) => ({ headers: { 'Reply-To': value } }),
  'others in To': (value) => ({
    headers: { To: `${value}, ada@example.com, "${value}" <lee@elsewhere.example>` },
  }),
  Cc: (value) => ({ headers: { Cc: value } }),
  'Delivered-To': (value) => ({ headers: { 'Delivered-To': value } }),
  'Message-ID': (value) => ({ headers: { 'Message-ID': value } }),
  'Message-ID in brackets': (value) => ({ headers: { 'Message-ID': `<${value}@elsewhere.example>` } }),
  References: (value) => ({ headers: { References: `<a@b.example> ${value}`, 'In-Reply-To': value } }),
  date: (value) => ({ headers: { Date: value } }),
  'list headers': (value) => ({
    headers: { 'List-Id': value, 'List-Unsubscribe': value, 'List-Post': value },
  }),
  text: (value) => ({ text: value }),
  HTML: (value) => ({ html: value }),
  'file name': (value) => ({ file: { filename: value } }),
  'type of a file': (value) => ({ file: { mimeType: value }, fileHeaders: { 'Content-Type': value } }),
  'content id of a picture': (value) => ({
    html: `<img src="cid:${value}">`,
    file: { mimeType: 'image/png' },
    fileHeaders: { 'Content-ID': `<${value}>` },
  }),
  'content of a file': (value) => ({ file: { body: { size: 1, data: data(value) } } }),
  'name of the user’s own address': (value) => ({ alias: { displayName: value } }),
  signature: (value) => ({ alias: { signature: value } }),
  'Reply-To of the user’s own address': (value) => ({ alias: { replyToAddress: value } }),
};

const headersOf = (members: Record<string, unknown>): unknown[] =>
  Object.entries(members).map(([name, value]) => ({ name, value }));

function messageOf({
  headers = {},
  text = 'Hello',
  html = '<p>Hello</p>',
  file = {},
  fileHeaders = {},
}: Foreign) {
  return {
    id: 'm1',
    threadId: 't1',
    labelIds: ['INBOX'],
    internalDate: '1796000000000',
    payload: {
      mimeType: 'multipart/mixed',
      headers: headersOf({
        From: `Kim <${KIM}>`,
        To: 'ada@example.com',
        Subject: 'Lunch',
        'Message-ID': '<1@elsewhere.example>',
        ...headers,
      }),
      parts: [
        { mimeType: 'text/plain', headers: [], body: { data: data(text) } },
        { mimeType: 'text/html', headers: [], body: { data: data(html) } },
        {
          mimeType: 'application/pdf',
          filename: 'a.pdf',
          headers: headersOf({ 'Content-Disposition': 'attachment', ...fileHeaders }),
          body: { size: 5, data: data('Hello') },
          ...file,
        },
      ],
    },
  };
}

function clientOf(foreign: Foreign) {
  const message = messageOf(foreign);
  const address = { sendAsEmail: 'ada@example.com', isPrimary: true, isDefault: true, ...foreign.alias };
  const { fetch, requests } = answering(({ path }: SentRequest) => {
    if (path.includes('/threads/')) return { id: 't1', messages: [message] };
    if (path.includes('/messages/')) return message;
    return path.endsWith('/sendAs')
      ? { sendAs: [address] }
      : { id: 'd', message: { id: 'm', threadId: 't1' } };
  });
  const client = new GmailClient({ auth: 'token', fetch, limits: [] });
  const sent = async (): Promise<Email> => {
    const last = requests.at(-1)?.json as { message: { raw: string } };
    return await PostalMime.parse(Buffer.from(last.message.raw, 'base64url'));
  };
  return { client, sent };
}

const OWN = { text: 'Yes', html: '<p>Yes</p>', signature: true, timeZone: 'Europe/Berlin' };

async function expectAnswered(foreign: Foreign): Promise<void> {
  const { client, sent } = clientOf(foreign);
  await client.threads.reply('t1', { ...OWN, all: true });
  const reply = await sent();
  expect(reply.to?.map(({ address }) => address)).toEqual([KIM]);
  expect(reply.text).toContain('Yes');
  expect(reply.bcc).toBeUndefined();
}

async function expectPassedOn(foreign: Foreign): Promise<void> {
  const { client, sent } = clientOf(foreign);
  await client.messages.forward('m1', { to: 'grace@example.com', ...OWN });
  const forwarded = await sent();
  expect(forwarded.to?.map(({ address }) => address)).toEqual(['grace@example.com']);
  expect(forwarded.attachments).toHaveLength(1);
}

const WAYS = [
  ['answered', expectAnswered],
  ['passed on', expectPassedOn],
] as const;

/** `npm test` answers every second mail and passes on the others; the soak does both with each. */
const IS_SOAK = propertyRuns(1) > 1;

const ODD_MAILS = Object.entries(FIELDS).flatMap(([field, foreignOf], row) =>
  Object.entries({ ...ODD_TEXTS, ...NO_TEXTS }).flatMap(([text, value], column) =>
    WAYS.filter((_, way) => IS_SOAK || (row + column + way) % 2 === 0).map(
      ([done, check]) => [field, text, done, () => check(foreignOf(value))] as const,
    ),
  ),
);

test.each(ODD_MAILS)('20.5 a mail whose %s is %s is %s', async (_field, _text, _done, check) => {
  await check();
});

const encoded = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;

const RAW_FIELDS: Readonly<Record<string, (value: string) => Foreign & { method?: string; ics?: string }>> = {
  'raw fields': (value) => ({
    headers: {
      To: `"${value}" <${KIM}>`,
      Subject: value,
      'Message-ID': value,
      'X-Own': value,
      References: value,
    },
  }),
  'encoded fields': (value) => ({
    headers: {
      To: `${encoded(value)} <${KIM}>`,
      Subject: encoded(value),
      'X-Own': encoded(value),
      Bcc: encoded(value),
    },
  }),
  texts: (value) => ({ text: value, html: value }),
  invitation: (value) => ({ method: value, ics: value }),
};

describe.each(Object.entries(RAW_FIELDS))('20.5 a draft of another program whose %s are', (_, foreignOf) => {
  test.each(Object.entries(ODD_TEXTS))('%s is edited', async (__, value) => {
    const { headers, text = 'Hello', html = '<p>Hello</p>', method = 'REQUEST', ics = '' } = foreignOf(value);
    const fields = Object.entries({ To: KIM, Subject: 'Lunch', ...headers });
    const raw = [
      ...fields.map(([name, field]) => `${name}: ${field.replaceAll(/[\r\n]+/g, ' ')}`),
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain; charset=utf-8',
      '',
      String(text),
      '--b',
      'Content-Type: text/html; charset=utf-8',
      '',
      String(html),
      '--b',
      `Content-Type: text/calendar; charset=utf-8; method="${method.replaceAll(/[\r\n"]+/g, ' ')}"`,
      '',
      ics,
      '--b',
      'Content-Type: application/pdf; name="a.pdf"',
      'Content-Disposition: attachment',
      '',
      'x',
      '--b--',
      '',
    ].join('\r\n');
    const { fetch, requests } = answering(() => ({
      id: 'd1',
      message: { id: 'm1', threadId: 't1', raw: Buffer.from(raw).toString('base64url') },
    }));
    const client = new GmailClient({ auth: 'token', fetch, limits: [] });
    await client.drafts.edit('d1', { cc: 'grace@example.com' });
    const sent = requests.at(-1)?.json as { message: { raw: string } };
    const edited = await PostalMime.parse(Buffer.from(sent.message.raw, 'base64url'));
    expect(edited.to?.map(({ address }) => address)).toEqual([KIM]);
    expect(edited.attachments.map(({ filename }) => filename)).toContain('a.pdf');
  });
});

const EVENT = { id: 'e1', status: 'confirmed', start: { date: '2027-03-01' }, end: { date: '2027-03-02' } };

test.each(Object.entries({ ...ODD_TEXTS, ...NO_TEXTS }))(
  '20.5: an event whose texts are %s becomes an invitation by mail',
  async (_, value) => {
    const person = { email: KIM, displayName: value };
    const event = {
      ...EVENT,
      summary: value,
      description: value,
      location: value,
      iCalUID: value,
      organizer: person,
      attendees: [person, { email: value }],
    } as unknown as CalendarEvent;
    const { client, sent } = clientOf({});
    const ics = toIcs(event, { method: 'REQUEST' });
    await client.drafts.create({
      to: KIM,
      subject: 'Lunch',
      text: 'Come',
      calendar: { method: 'REQUEST', ics },
    });
    expect((await sent()).attachments).toHaveLength(1);
  },
);

test.each(Object.entries(ODD_TEXTS))('20.5: addresses beside %s are read', (_, value) => {
  expect(parseAddresses(`${value}, "${value}" <${KIM}>`).map(({ address }) => address)).toContain(KIM);
});
