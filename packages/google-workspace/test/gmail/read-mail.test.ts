import {
  htmlToText,
  type MailAddress,
  parseAddresses,
  readMail,
  visibleText,
} from '@context-sdk/google-workspace';
import { expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();

const ADDRESSES: [header: string, expected: [name: string, address: string][]][] = [
  ['ada@example.org', [['', 'ada@example.org']]],
  [
    'Ada <ada@example.org>, grace@example.org',
    [
      ['Ada', 'ada@example.org'],
      ['', 'grace@example.org'],
    ],
  ],
  ['"Lovelace, Ada" <ada@example.org>', [['Lovelace, Ada', 'ada@example.org']]],
  ['=?utf-8?q?M=C3=BCller=2C_J?= <j@example.org>', [['Müller, J', 'j@example.org']]],
  ['=?utf-8?b?TcO8?= =?utf-8?b?bGxlcg==?= <j@example.org>', [['Müller', 'j@example.org']]],
  ['=?iso-8859-1?q?Andr=E9?= <a@example.org>', [['André', 'a@example.org']]],
  ['=?utf-8?b?8J+Y?= =?utf-8?b?gA==?= <a@example.org>', [['😀', 'a@example.org']]],
  [
    'Team: a@example.org, B <b@example.org>; c@example.org',
    [
      ['', 'a@example.org'],
      ['B', 'b@example.org'],
      ['', 'c@example.org'],
    ],
  ],
  ['undisclosed-recipients:;', []],
  ['ada@example.org (Ada Lovelace)', [['Ada Lovelace', 'ada@example.org']]],
  [
    'a@example.org; b@example.org',
    [
      ['', 'a@example.org'],
      ['', 'b@example.org'],
    ],
  ],
  ["'Ada' <ada@example.org>", [['Ada', 'ada@example.org']]],
  ['Ada\r\n <ada@example.org>', [['Ada', 'ada@example.org']]],
  ['Ada <ada@example.org', [['Ada', 'ada@example.org']]],
  ['"Ada \\"the first\\"" <ada@example.org>', [['Ada "the first"', 'ada@example.org']]],
  ['nobody, , <>, just words', []],
  ['', []],
];

test.each(ADDRESSES)('parseAddresses reads %j', (header, expected) => {
  expect(parseAddresses(header)).toEqual(expected.map(([name, address]): MailAddress => ({ name, address })));
});

const HEAD =
  'From: Grace <grace@example.com>\nTo: ada@example.com\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\nMIME-Version: 1.0';
const PNG = 'iVBORw0KGgo=';

const MAILS: [name: string, source: string, expected: object][] = [
  ['plain text', `${HEAD}\n\nhello`, { text: 'hello', html: undefined, attachments: [] }],
  [
    'another charset',
    `${HEAD}\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nGr=FC=DFe`,
    { text: 'Grüße' },
  ],
  [
    'alternatives',
    `${HEAD}\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nplain\n--b\nContent-Type: text/html\n\n<b>rich</b>\n--b--`,
    { text: 'plain', html: '<b>rich</b>' },
  ],
  [
    'an inline image and a file',
    `${HEAD}\nContent-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: multipart/related; boundary=r\n\n--r\nContent-Type: text/html\n\n<img src="cid:logo">\n--r\nContent-Type: image/png; name=logo.png\nContent-ID: <logo>\nContent-Disposition: inline; filename=logo.png\nContent-Transfer-Encoding: base64\n\n${PNG}\n--r--\n--m\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf\nContent-Transfer-Encoding: base64\n\nAAEC\n--m--`,
    {
      html: '<img src="cid:logo">',
      attachments: [
        { filename: 'logo.png', contentType: 'image/png', contentId: 'logo', inline: true, size: 8 },
        { filename: 'a.pdf', contentType: 'application/pdf', contentId: undefined, inline: false, size: 3 },
      ],
    },
  ],
  [
    'an attached mail, which is not read into',
    `${HEAD}\nContent-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: text/plain\n\nouter\n--m\nContent-Type: message/rfc822\nContent-Disposition: attachment; filename=inner.eml\n\nSubject: inner\n\ninner text\n--m--`,
    { text: 'outer', attachments: [{ filename: 'inner.eml', contentType: 'message/rfc822' }] },
  ],
  [
    'an invitation',
    `${HEAD}\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nMeet?\n--b\nContent-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nEND:VCALENDAR\n--b--`,
    { text: 'Meet?', calendar: { method: 'REQUEST' } },
  ],
  [
    'a text that is a file',
    `${HEAD}\nContent-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nfile`,
    { text: undefined, attachments: [{ filename: 'a.txt', contentType: 'text/plain' }] },
  ],
];

test.each(MAILS)('%s reads alike in the formats full and raw', async (_name, source, expected) => {
  const { sandbox, gmail } = await server.start();
  const { id } = sandbox.google.testUser().gmail.receive(source);
  const full = await gmail.messages.read(id);
  const raw = await readMail(await gmail.messages.get(id, { format: 'raw' }));
  for (const mail of [full, raw]) {
    const trimmed = { ...mail, text: mail.text?.trim(), html: mail.html?.trim() };
    expect(trimmed).toMatchObject({
      from: { name: 'Grace', address: 'grace@example.com' },
      subject: 'Grüße',
      ...expected,
    });
  }
  const bytes = async ({ attachments }: typeof full): Promise<string[]> =>
    Promise.all(
      attachments.map(async (one) =>
        Buffer.from(await one.load())
          .toString('latin1')
          // postal-mime writes LF in attached mails and invitations.
          .replaceAll('\r\n', '\n')
          .trim(),
      ),
    );
  expect(await bytes(full)).toEqual(await bytes(raw));
});

test('ids, lists and dates are read from the header; what is missing is undefined', async () => {
  const { sandbox, gmail } = await server.start();
  const { id } = sandbox.google
    .testUser()
    .gmail.receive(
      'From: a@example.net\nTo: ada@example.com\nReply-To: desk@example.net\nDate: Mon, 23 Nov 2026 10:00:00 +0100 (CET)\nMessage-ID: <c@d>\nIn-Reply-To: <b@d>\nReferences: <a@d> <b@d>\nList-Unsubscribe: <https://example.net/u>\n\nx',
    );
  expect(await gmail.messages.read(id)).toMatchObject({
    replyTo: [{ address: 'desk@example.net' }],
    date: new Date('2026-11-23T09:00:00Z'),
    messageId: '<c@d>',
    inReplyTo: '<b@d>',
    references: ['<a@d>', '<b@d>'],
    listUnsubscribe: '<https://example.net/u>',
    subject: '',
    cc: [],
    calendar: undefined,
  });
});

test('a message without content is refused by name, and an attachment that is elsewhere says so', async () => {
  await expect(readMail({ id: 'a', threadId: 'a' })).rejects.toMatchObject({ field: 'payload' });
  const parts = [{ filename: 'a.pdf', mimeType: 'application/pdf', body: { attachmentId: 'x', size: 3 } }];
  const mail = await readMail({ id: 'a', threadId: 'a', payload: { mimeType: 'multipart/mixed', parts } });
  await expect(mail.attachments[0]?.load()).rejects.toMatchObject({ field: 'attachment' });
});

const VISIBLE: [name: string, mail: { text?: string; html?: string }, text: string, quoted: RegExp | ''][] = [
  ['nothing quoted', { text: 'Yes.\n\nAda' }, 'Yes.\n\nAda', ''],
  [
    'Gmail’s text',
    { text: 'Yes.\r\n\r\nOn Mon, Nov 23, 2026 at 10:00 AM Grace <g@example.com> wrote:\r\n\r\n> Lunch?' },
    'Yes.',
    /^On Mon.*> Lunch\?$/s,
  ],
  ['German', { text: 'Ja.\n\nAm 23.11.2026 um 10:00 schrieb Grace:\n> Essen?' }, 'Ja.', /^Am 23/],
  [
    'Outlook',
    { text: 'Yes.\n\n-----Original Message-----\nFrom: Grace\nSent: today\n\nLunch?' },
    'Yes.',
    /^-----Original/,
  ],
  [
    'Gmail’s HTML',
    {
      html: '<div>Yes &amp; no.</div><div class="gmail_quote"><div class="gmail_attr">On Mon wrote:</div><blockquote>Lunch?</blockquote></div>',
    },
    'Yes & no.',
    /Lunch\?/,
  ],
  ['only a quote', { text: '> Lunch?' }, '', /^> Lunch\?$/],
  [
    'HTML',
    { html: '<style>p{}</style><p>One<br>two</p><ul><li>a</li><li>b</li></ul><script>x()</script>&#128512;' },
    'One\ntwo\n\n- a\n- b\n😀',
    '',
  ],
];

test.each(VISIBLE)('visibleText: %s', (_name, mail, text, quoted) => {
  const read = visibleText(mail);
  expect(read.text).toBe(text);
  if (quoted === '') expect(read.quoted).toBe('');
  else expect(read.quoted).toMatch(quoted);
});

test.each([
  '<!--',
  '<a href="',
  "<a b='",
  '<style',
  '</style',
  '<body ',
  '<',
  '&',
  '<div class="gmail_quote',
])('20.5: a megabyte of %j is read in one go', (piece) => {
  // A pattern that looks to the end from each piece takes minutes, and the test its time limit.
  const html = piece.repeat(1_000_000 / piece.length);
  expect(visibleText({ html }).text.length).toBeLessThanOrEqual(html.length);
});

test.each(['x', '[', '\\', '=?utf-8?q?a', '"', '(', '<', 'a@'])(
  '20.5: an address field of a megabyte of %j is read in one go',
  (piece) => {
    expect(parseAddresses(piece.repeat(1_000_000 / piece.length)).length).toBeLessThanOrEqual(1);
  },
);

test.each([
  ['a name of a tag', '<', 'a'],
  ['blanks', '', 'x&#32;&#32;'],
  ['cells', 'x', '</td>'],
  ['empty tags', 'x', ' <i></i>'],
  ['tabs between line ends', '<p>', '&#9;&#10;'],
])('20.5: HTML with %s of a megabyte is read in one go', (_what, before, piece) => {
  const html = `${before}${piece.repeat(1_000_000 / piece.length)}y`;
  expect(htmlToText(html).length).toBeLessThanOrEqual(html.length);
});

test.each([
  ['Date', '('],
  ['Date', '(a'],
  ['Message-ID', '>'],
  ['References', '<'],
  ['In-Reply-To', `'`],
  ['Subject', '=?'],
  ['Content-Type', ';'],
])('20.5: a header %s with a megabyte of %j is read in one go', async (name, piece) => {
  const headers = [{ name, value: `${piece.repeat(1_000_000 / piece.length)}x` }];
  const payload = { mimeType: 'text/plain', headers, body: { data: '', size: 0 } };
  const mail = await readMail({ id: 'm1', threadId: 't1', internalDate: '0', payload });
  expect(mail.references).toEqual([]);
});

test('blanks and line ends leave one space, one line end or one empty line', () => {
  const html = 'a&#32; &#9;b <br> &#32;c<br><br>&#32;<br>d&#9;&#9;e';
  expect(htmlToText(html)).toBe('a \tb\nc\n\nd\t\te');
});

test('an unclosed comment or script hides what follows, as in a browser', () => {
  expect(visibleText({ html: '<p>shown</p><!-- hidden' }).text).toBe('shown');
  expect(visibleText({ html: '<p>shown</p><script>hidden' }).text).toBe('shown');
  expect(visibleText({ html: '<head><title>hidden</title></head><p title="a > b">shown</p>' }).text).toBe(
    'shown',
  );
});

test.each([
  ['Informaci&oacute;n: d&iacute;a &Uacute;nico, &iquest;s&iacute;?', 'Información: día Único, ¿sí?'],
  ['Cora&ccedil;&atilde;o, &ocirc;, &OElig;uvre', 'Coração, ô, Œuvre'],
  ['It&#146;s &#x93;here&#148; &#8211; 5&#128;', 'It’s “here” – 5€'],
  ['&constructor; &toString; &unknown;', '&constructor; &toString; &unknown;'],
  ['a&nbsp;b&shy;c', 'a bc'],
])('20.reading: the entities of %j', (html, expected) => {
  expect(htmlToText(html)).toBe(expected);
});

test.each([
  ['23 нояб. 2026 г., в 10:00, Грейс <grace@example.com> написал(а):'],
  ['Pe lun., 23 nov. 2026 la 10:00, Grace Lindqvist <grace@example.com>\na scris:'],
  ['Grace Lindqvist <grace@example.com> kirjoitti 23.11.2026 kello 10.00:'],
  ['Dne 23. 11. 2026 v 10:00 Grace Lindqvist napsal(a):'],
  ['Grace <grace@example.com> 于2026年11月23日周一 10:00写道：'],
])('20.reading: the line above a quote in any language is quoted: %j', (line) => {
  const { text, quoted } = visibleText({ text: `Thanks!\n\n${line}\n\n> Lunch?\n> At noon.\n` });
  expect(text).toBe('Thanks!');
  expect(quoted).toBe(`${line}\n> Lunch?\n> At noon.`);
});

test('20.reading: what an author writes above a quote stays', () => {
  const text = 'To your questions of 2026:\n\n> Lunch?\n\nYes.\n\nAnd at 10:30:\n\n> Tea?\n\nNo.';
  const own = visibleText({ text }).text;
  for (const line of ['To your questions of 2026:', 'Yes.', 'And at 10:30:', 'No.'])
    expect(own).toContain(line);
});
