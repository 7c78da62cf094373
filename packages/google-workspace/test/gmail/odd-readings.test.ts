import { type MailAddress, parseAddresses, readMail, visibleText } from '@context-sdk/google-workspace';
import { InvalidRequestError } from '@context-sdk/oauth-core/errors';
import { expect, test } from 'vitest';

const ADDRESSES: [header: string, expected: [name: string, address: string][]][] = [
  ['=?utf-8?Q?M=C3=BCller,_J?= <j@x.org>', [['Müller, J', 'j@x.org']]],
  ['Lovelace, Ada <ada@x.org>', [['Lovelace, Ada', 'ada@x.org']]],
  [
    'nobody, grace@x.org, , <ada@x.org>, words; <b@x.org>, words; C <c@x.org>',
    [
      ['', 'grace@x.org'],
      ['', 'ada@x.org'],
      ['', 'b@x.org'],
      ['C', 'c@x.org'],
    ],
  ],
  ['=?utf-8?Q?M=C3=BCller_(HR)?= <j@x.org>', [['Müller (HR)', 'j@x.org']]],
  [
    '=?utf-8?Q?a:b;c?= <j@x.org>, k@x.org',
    [
      ['a:b;c', 'j@x.org'],
      ['', 'k@x.org'],
    ],
  ],
  ['=?utf-8?Q?Ada_<ada@x.org>?=', [['Ada', 'ada@x.org']]],
  ['=?utf-8?Q?foo=0D=0Abar=00?= <a@x.org>', [['foo bar', 'a@x.org']]],
  ['=?cp932?B?k/qWew==?= <a@x.org>', [['日本', 'a@x.org']]],
  ['<"a b"@x.org>', [['', '"a b"@x.org']]],
  ['Ada <"a>b"@x.org>', [['Ada', '"a>b"@x.org']]],
  ['Ada < ada@x.org >', [['Ada', 'ada@x.org']]],
  [
    'ada@[IPv6:2001:db8::1], b@x.org',
    [
      ['', 'ada@[IPv6:2001:db8::1]'],
      ['', 'b@x.org'],
    ],
  ],
];

test.each(ADDRESSES)('20.reading: parseAddresses reads %j', (header, expected) => {
  expect(parseAddresses(header)).toEqual(expected.map(([name, address]): MailAddress => ({ name, address })));
});

async function readRaw(source: string) {
  return await readMail({ id: 'a', threadId: 'a', raw: Buffer.from(source, 'utf8').toString('base64url') });
}

const NEWLINE = '=?utf-8?q?Hi=0D=0ATo=3A_boss=40x.org=00?=';

test('20.reading: an encoded line end begins no line in a subject or a file name', async () => {
  const file = `Content-Type: application/pdf; name="${NEWLINE}"\r\n\r\nx`;
  const raw = await readRaw(
    `Subject: ${NEWLINE}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n${file}\r\n--b--`,
  );
  expect(raw.subject).toBe('Hi To: boss@x.org');
  expect(raw.attachments[0]?.filename).toBe('Hi To: boss@x.org');
  const full = await readMail({
    id: 'a',
    threadId: 'a',
    payload: {
      headers: [{ name: 'Subject', value: NEWLINE }],
      parts: [
        { mimeType: 'application/pdf', filename: 'Hi\nTo: boss', body: { size: 1, attachmentId: 'x' } },
      ],
      mimeType: 'multipart/mixed',
    },
  });
  expect(full.subject).toBe('Hi To: boss@x.org');
  expect(full.attachments[0]?.filename).toBe('Hi To: boss');
});

test('20.reading: a header of megabytes is read', async () => {
  const mail = await readRaw(`X-Huge: ${'a'.repeat(3_000_000)}\r\nSubject: s\r\n\r\nhello`);
  expect(mail).toMatchObject({ subject: 's', text: 'hello\n' });
});

test('20.reading: a mail with parts in parts without end is refused by name', async () => {
  const head = Array.from(
    { length: 400 },
    (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`,
  );
  await expect(readRaw(`From: a@x.org\r\n${head.join('')}\r\ndeep`)).rejects.toSatisfy(
    (error) => error instanceof InvalidRequestError && error.field === 'raw',
  );
});

test.each(['text', '', 'nonsense; charset=utf-8'])(
  '20.reading: a content type that is none (%j) means plain text',
  async (type) => {
    const raw = await readRaw(`From: a@x.org\r\nContent-Type: ${type}\r\n\r\nGrüße`);
    expect(raw).toMatchObject({ text: 'Grüße\n', attachments: [] });
    const body = { size: 7, data: Buffer.from('Grüße').toString('base64url') };
    const full = await readMail({ id: 'a', threadId: 'a', payload: { mimeType: type, body } });
    expect(full).toMatchObject({ text: 'Grüße', attachments: [] });
  },
);

const BELOW: [name: string, mail: { text?: string; html?: string }, text: string, quoted: RegExp][] = [
  [
    'below the quote',
    { text: 'On Mon, 30 Nov 2026 at 10:00, Ada <a@x.org> wrote:\n> How are you?\n\nFine, thanks.\n' },
    'Fine, thanks.',
    /^On Mon.*wrote:\n> How are you\?$/s,
  ],
  [
    'between quoted lines',
    { text: 'Hi,\n\n> How are you?\nFine.\n> When?\nTomorrow.\n\nAda' },
    'Hi,\n\nFine.\nTomorrow.\n\nAda',
    /^> How are you\?\n> When\?$/,
  ],
  [
    'below the quote in HTML',
    {
      html: '<div class="moz-cite-prefix">On 30/11 Ada wrote:<br></div><blockquote type="cite"><blockquote>old</blockquote><p>How?</p></blockquote><p>Fine, thanks.</p>',
    },
    'Fine, thanks.',
    /On 30\/11 Ada wrote:[^]*old[^]*How\?$/,
  ],
  [
    'above the quote of Outlook, which has no end',
    { html: '<p>Yes.</p><div id="appendonsend"></div><p>From: Ada</p><p>How?</p>' },
    'Yes.',
    /How\?$/,
  ],
  [
    'above a quote without marks',
    { text: 'Yes.\n\nOn Mon, 30 Nov 2026 Ada wrote:\n\nHow are you?\n' },
    'Yes.',
    /How are you\?$/,
  ],
];

test.each(BELOW)('20.reading: visibleText finds what its author wrote %s', (_name, mail, text, quoted) => {
  expect(visibleText(mail).text).toBe(text);
  expect(visibleText(mail).quoted).toMatch(quoted);
});
