import { decodeWords } from 'postal-mime';
import { expect, test } from 'vitest';
import { composed, refusal, valuesOf } from './composed.ts';

/** The composer writes what readers read: rows 3, 4 and 6 of the Gmail issue. */

test.each([
  '=?utf-8?q?=61=62?=c@example.com',
  '=?utf-8?b?YWI=?=@example.com',
  '"=?utf-8?q?x?="@example.com',
  'a@x-.example',
  'a@-x.example',
  'a@b.x-.example',
  'a@1.2.3.4',
  'a@10.0.1',
  'a@b.123',
  'a@xn--.example',
  'a@xn--zzzz.example',
  'a@b.xn--',
  `a@${'x'.repeat(64)}.example`,
  `a@${'ü'.repeat(60)}.example`,
])('20.3: %j is refused: readers see another address, or none', async (to) => {
  expect(await refusal({ to })).toMatchObject({ name: 'InvalidRequestError', field: 'to' });
  expect(await refusal({ to: [{ name: 'Ada', address: to }] })).toMatchObject({ field: 'to[0]' });
});

test.each([
  'a@xn--bcher-kva.example',
  'a@bücher.example',
  'a@1a.example',
  'a@163.com',
  'a@a--b.example',
  'a@例え.テスト',
])('20.3: %j is an address', async (to) => {
  expect((await composed({ to })).parsed.to).toHaveLength(1);
});

const EML = 'Subject: inner\r\nContent-Type: text/plain\r\n\r\ninner text\r\n';

test.each([
  ['by its name', { filename: 'inner.eml', content: EML }],
  ['by its type', { filename: 'inner', content: EML, contentType: 'message/rfc822' }],
  ['without HTML to show it', { filename: 'inner.eml', content: EML, contentId: 'inner' }],
])('20.4: an attached mail (%s) is an attachment, and its text stays there', async (_name, attachment) => {
  const { parsed } = await composed({ text: 'outer text', attachments: [attachment] });
  expect(parsed.text?.trim()).toBe('outer text');
  expect(parsed.attachments).toMatchObject([{ disposition: 'attachment', mimeType: 'message/rfc822' }]);
});

test('20.4: each part says how it is shown and encoded', async () => {
  const { text, parsed } = await composed({
    html: '<img src="cid:a">',
    attachments: [
      { filename: 'a.png', content: 'x', contentId: 'a' },
      { filename: 'b.html', content: '<p>b</p>' },
      { filename: 'c.png', content: 'x' },
      { filename: 'd.eml', content: 'Subject: d\r\n\r\ngrün' },
    ],
  });
  expect(parsed.attachments.map(({ disposition }) => disposition)).toEqual([
    'inline',
    'attachment',
    'attachment',
    'attachment',
  ]);
  expect(text.match(/Content-Transfer-Encoding: (?:base64|8bit)/g)).toHaveLength(4);
});

test.each([
  ['Jürgen Müller <j@example.com>', 'Jürgen Müller', 'j@example.com'],
  ['"Müller, Jürgen" <j@example.com>', 'Müller, Jürgen', 'j@example.com'],
  ['東京支社 <tokyo@example.com>', '東京支社', 'tokyo@example.com'],
])('20.6: a header of the host’s keeps the address in %j', async (value, name, address) => {
  const mail = await composed({
    headers: { 'Disposition-Notification-To': `Ada <a@example.com>, ${value}` },
  });
  const [sent = ''] = valuesOf(mail, 'disposition-notification-to');
  expect(sent).toMatch(/^[ -~]+$/);
  expect(sent).toContain(`<${address}>`);
  const [first, second] = sent.split(', ');
  expect(first).toBe('Ada <a@example.com>');
  expect(decodeWords(second ?? '')).toBe(`${name} <${address}>`);
});

test.each([
  'Grüße von <https://example.org/ü> und <https://example.org/x>',
  'siehe https://example.org/a?b=c – später',
  'ä ö plain ü',
  '  ümlaut  ',
])('20.6: %j of a header without addresses is read as given', async (value) => {
  const mail = await composed({ headers: { 'X-Note': value } });
  expect(decodeWords(valuesOf(mail, 'x-note')[0] ?? '')).toBe(value);
});

const LONG = [67, 70, 100, 199].map((length) => 'x'.repeat(length));

test.each(LONG)('20.6: a subject that begins with the word %s begins on its first line', async (word) => {
  const { text, parsed } = await composed({ subject: `${word} and more` });
  expect(parsed.subject).toBe(`${word} and more`);
  expect(text).not.toMatch(/^[\w-]+:[ \t]*\r\n/m);
});

test('20.6: no field of any part begins with an empty line', async () => {
  const id = `<${'x'.repeat(120)}@mail.example.com>`;
  const mail = await composed({
    to: `${'a'.repeat(200)}@example.com`,
    inReplyTo: id,
    references: [id, id.replace('x', 'y')],
    messageId: id.replace('x', 'z'),
    headers: { 'List-Unsubscribe': `<https://example.org/${'u'.repeat(300)}>` },
    text: 'x',
    attachments: [
      {
        filename: 'slides.ppsx',
        content: 'x',
        contentType: 'application/vnd.openxmlformats-officedocument.presentationml.slideshow',
      },
    ],
  });
  expect(mail.text).not.toMatch(/^[\w-]+:[ \t]*\r\n/m);
  expect(valuesOf(mail, 'in-reply-to')).toEqual([id]);
  expect(Math.max(...mail.text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
});
