import type { Mail } from '@context-sdk/google-workspace';
import { expect, test } from 'vitest';
import { refusal } from './composed.ts';

/** Attempts to break out of a header: docs/facts/google.md#what-we-check-before-composing. */

const EVIL = 'x\r\nBcc: evil@example.com';
const FILE = { filename: 'a.txt', content: 'a' };

const fields: [name: string, field: string, mail: object][] = [
  ['case 10: the subject', 'subject', { subject: EVIL }],
  ['case 11: an address in a text', 'to', { to: 'a@example.org\r\nBcc: evil@example.com' }],
  [
    'case 12: an address of its own',
    'to[1].address',
    { to: ['a@example.org', { address: `a@example.org${EVIL}` }] },
  ],
  ['case 13: a display name', 'cc.name', { cc: { name: EVIL, address: 'a@example.org' } }],
  ['case 14: Bcc', 'bcc[2]', { bcc: ['a@example.org', 'b@example.org', `c@example.org${EVIL}`] }],
  ['case 15: Reply-To', 'replyTo', { replyTo: `a@example.org${EVIL}` }],
  ['case 16: From', 'from', { from: `a@example.org${EVIL}` }],
  ['case 17: the value of a header', 'headers.X-A', { headers: { 'X-A': EVIL } }],
  ['case 18: the name of a header', 'headers', { headers: { 'X-A: b\r\nBcc': 'evil@example.com' } }],
  ['case 19: In-Reply-To', 'inReplyTo', { inReplyTo: `<a@b>${EVIL}` }],
  ['case 20: References', 'references', { references: `<a@b>${EVIL}` }],
  ['case 21: one of the References', 'references[1]', { references: ['<a@b>', `<c@d>${EVIL}`] }],
  ['case 22: the Message-ID', 'messageId', { messageId: `<a@b>${EVIL}` }],
  ['case 23: a file name', 'attachments[0].filename', { attachments: [{ ...FILE, filename: EVIL }] }],
  [
    'case 24: a content type',
    'attachments[1].contentType',
    { attachments: [FILE, { ...FILE, contentType: `text/plain${EVIL}` }] },
  ],
  ['case 25: a content id', 'attachments[0].contentId', { attachments: [{ ...FILE, contentId: EVIL }] }],
];

test.each(fields)('%s with a line break is refused by name', async (_name, field, mail) => {
  expect(await refusal(mail)).toMatchObject({ name: 'InvalidRequestError', field });
});

test.each(['\r', '\n', '\0', '\u0085', '\u001b', '\u007f'])('%j alone is refused too', async (character) => {
  expect(await refusal({ subject: `a${character}b` })).toMatchObject({ field: 'subject' });
  expect(await refusal({ headers: { 'X-A': `a${character}b` } })).toMatchObject({ field: 'headers.X-A' });
  expect(await refusal({ attachments: [{ ...FILE, filename: `a${character}b` }] })).toMatchObject({
    field: 'attachments[0].filename',
  });
});

test.each([
  'To',
  'cc',
  'BCC',
  'From',
  'Sender',
  'Subject',
  'Reply-To',
  'In-Reply-To',
  'References',
  'Message-ID',
  'Date',
  'Content-Type',
  'content-transfer-encoding',
  'MIME-Version',
  'Resent-Bcc',
  'Received',
  'Return-Path',
  'DKIM-Signature',
])("the header %s is not the host's to set", async (name) => {
  expect(await refusal({ headers: { [name]: 'evil@example.com' } })).toMatchObject({
    field: `headers.${name}`,
  });
});

test.each(['X A', 'X:', 'Ünicode', '', 'X\t', 'X'.repeat(77)])('%j is no name of a header', async (name) => {
  expect(await refusal({ headers: { [name]: 'x' } })).toMatchObject({ field: 'headers' });
});

test.each([
  'a',
  'a@',
  '@b.example',
  'a@b',
  'a@b@c.example',
  'a b@c.example',
  'a@b c.example',
  'a@-b.example',
  'a@b..example',
  '.a@b.example',
  'a.@b.example',
  'a..b@c.example',
  'a@[127.0.0.1]',
  'Ada ada@example.org',
  'Lovelace, Ada <a@b.example>',
  'evil@example.com <a@b.example>',
  'a@b.example <evil@example.com>, c@d.example',
  '<a@b.example> <c@d.example>',
  'Ada (comment) <a@b.example>',
  'group: a@b.example;',
  '"a, b"@c.example',
  'a@b．example',
  'a\u202e@b.example',
  `${'a'.repeat(250)}@b.example`,
  '"=?utf-8?Q?ceo?=" <a@b.example>',
  '\ud800@b.example',
  '',
])('%j is not one mail address', async (to) => {
  const error = await refusal({ to: ['ok@example.org', to] });
  expect(error).toMatchObject({ name: 'InvalidRequestError' });
  expect((error as { field: string }).field).toMatch(/^to\[1\]/);
});

test.each(['path', 'href', 'raw', 'encoding', 'cid', 'headers'])(
  'an attachment with %s is refused',
  async (name) => {
    const attachment = { filename: 'passwd', content: 'x', [name]: '/etc/passwd' };
    expect(await refusal({ attachments: [attachment] })).toMatchObject({ field: `attachments[0].${name}` });
  },
);

test.each(['raw', 'envelope', 'icalEvent', 'alternatives', 'amp', 'sender', 'body'])(
  'a mail with %s is refused',
  async (name) => {
    expect(await refusal({ [name]: 'x' })).toMatchObject({ field: name });
  },
);

const wrong: [field: string, mail: object][] = [
  ['to', { to: 7 }],
  ['to[0]', { to: [null] }],
  ['to.name', { to: { name: 7, address: 'a@example.org' } }],
  ['to.address', { to: {} }],
  ['subject', { subject: undefined }],
  ['subject', { subject: 'lone \ud800 surrogate' }],
  ['text', { text: 7 }],
  ['text', { text: 'a\0b' }],
  ['html', { html: 'lone \ud800 surrogate' }],
  ['attachments', { attachments: 'a.txt' }],
  ['attachments[0]', { attachments: ['a.txt'] }],
  ['attachments[0].filename', { attachments: [{ ...FILE, filename: ' ' }] }],
  ['attachments[0].filename', { attachments: [{ ...FILE, filename: '=?utf-8?Q?a?=.exe' }] }],
  ['attachments[0].filename', { attachments: [{ ...FILE, filename: 'x'.repeat(256) }] }],
  ['attachments[0].content', { attachments: [{ filename: 'a.txt' }] }],
  ['attachments[0].content', { attachments: [{ filename: 'a.txt', content: { path: '/etc/passwd' } }] }],
  ['attachments[0].content', { attachments: [{ filename: 'a.txt', content: 7 }] }],
  ['attachments[0].content', { attachments: [{ filename: 'a.txt', content: 'lone \ud800 surrogate' }] }],
  ['attachments[0].contentType', { attachments: [{ ...FILE, contentType: 'png' }] }],
  ['attachments[0].contentType', { attachments: [{ ...FILE, contentType: 'multipart/mixed; boundary=x' }] }],
  [
    'attachments[1].contentId',
    {
      attachments: [
        { ...FILE, contentId: 'a' },
        { ...FILE, contentId: 'a' },
      ],
    },
  ],
  ['headers', { headers: 'X-A: b' }],
  ['headers.X-A', { headers: { 'X-A': 7 } }],
  ['headers.X-A', { headers: { 'X-A': ' ' } }],
  ['date', { date: new Date(Number.NaN) }],
  ['date', { date: '2026-11-24' }],
  ['threadId', { threadId: '', inReplyTo: '<a@b>' }],
  ['inReplyTo', { threadId: 't1' }],
  ['inReplyTo', { inReplyTo: '<a@b> <c@d>' }],
  ['bcc', { to: Array<string>(440).fill('a@example.org'), bcc: Array<string>(61).fill('b@example.org') }],
];

test.each(wrong)('names %s where it can not be', async (field, mail) => {
  expect(await refusal(mail)).toMatchObject({ name: 'InvalidRequestError', field, service: 'gmail' });
});

test('no refusal repeats what it refused', async () => {
  for (const [, , mail] of fields) expect(String(await refusal(mail))).not.toContain('evil');
});

test('what is no mail is refused', async () => {
  const { GmailClient } = await import('@context-sdk/google-workspace');
  const client = new GmailClient({ auth: 'token', fetch: () => Promise.reject(new Error('sent')) });
  for (const mail of [undefined, null, 'Subject: x'] as unknown[]) {
    await expect(client.drafts.create(mail as Mail)).rejects.toMatchObject({ field: 'mail' });
    await expect(client.messages.send(mail as Mail)).rejects.toMatchObject({ field: 'mail' });
  }
});
