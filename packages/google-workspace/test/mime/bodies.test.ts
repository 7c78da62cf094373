import { Readable } from 'node:stream';
import type { AttachmentContent } from '@context-sdk/google-workspace';
import { expect, test } from 'vitest';
import { composed, refusal } from './composed.ts';

/** Bodies and attachments: docs/facts/google.md#what-we-check-before-composing, 5 and 6. */

function bytes(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8)) % 256);
}

function lines(text: string): string[] {
  return text.split('\r\n');
}

test('case 26: every line ends with CRLF, whatever the bodies had', async () => {
  const { text, parsed } = await composed({
    text: 'a\nb\r\nc',
    html: '<p>a\n</p>',
    attachments: [{ filename: 'a', content: 'x\ny' }],
  });
  expect(text).not.toMatch(/\r(?!\n)|(?<!\r)\n/);
  expect(parsed.text).toBe('a\nb\nc\n');
});

test.each([
  ['ASCII', 'x'.repeat(5_000)],
  ['words', 'some words '.repeat(460).trim()],
  ['another script', '東京'.repeat(2_500)],
])('case 27: a line of 5,000 characters (%s) arrives whole, on lines of at most 998', async (_name, text) => {
  const mail = await composed({ text, html: `<p>${text}</p>` });
  expect(Math.max(...lines(mail.text).map((line) => line.length))).toBeLessThanOrEqual(998);
  expect(mail.parsed.text?.trimEnd()).toBe(text);
  expect(mail.parsed.html?.trimEnd()).toBe(`<p>${text}</p>`);
});

test('case 28: a lone CR in a body is a line end', async () => {
  const { text, parsed } = await composed({ text: 'a\rb\r\rc\r' });
  expect(text).not.toMatch(/\r(?!\n)/);
  expect(parsed.text?.trimEnd()).toBe('a\nb\n\nc');
});

test.each([
  'From the start\n.\n..dots\n> quoted\n--\nsignature',
  'trailing spaces   \n\ttab\n',
  '=3D is no escape, nor is =\nthis',
  'mixed: naïve 日本語 🚀\nend',
])('a text with odd lines (%j) arrives as it is', async (text) => {
  const { parsed } = await composed({ text });
  expect(parsed.text?.trimEnd()).toBe(text.trimEnd());
});

test('text and HTML are alternatives, and a mail without either is empty', async () => {
  const { parsed, fields } = await composed({ text: 'plain', html: '<b>bold</b>' });
  expect([parsed.text?.trim(), parsed.html?.trim()]).toEqual(['plain', '<b>bold</b>']);
  expect(fields.join('\n')).toContain('multipart/alternative');
  expect((await composed({})).parsed.text?.trim() ?? '').toBe('');
});

test.each([
  ['case 29: quotes, semicolons and other scripts', 'a "b"; c=d, 東京 \\ %20.pdf'],
  ['case 30: 200 letters of two bytes', `${'é'.repeat(200)}.txt`],
  ['a path', '../../etc/passwd'],
  ['an emoji', '🚀.png'],
  ['255 letters of ASCII', 'x'.repeat(255)],
  ['asterisks', '*a*0*.txt'],
])('%s in a file name arrive as they are', async (_name, filename) => {
  const mail = await composed({ attachments: [{ filename, content: bytes(10) }] });
  expect(mail.parsed.attachments[0]?.filename).toBe(filename);
  expect(Math.max(...lines(mail.text).map((line) => line.length))).toBeLessThanOrEqual(998);
});

test('20.readers: a name with an asterisk is quoted, since some readers take it for a piece of a name', async () => {
  const { text } = await composed({ attachments: [{ filename: 'e*g.bin', content: bytes(3) }] });
  expect(text).toContain('filename="e*g.bin"');
  expect(text).not.toMatch(/name=e/);
});

const content = bytes(70_000);
const half = content.length / 2;
async function* generated(): AsyncGenerator<Uint8Array> {
  yield content.subarray(0, half);
  yield content.subarray(half);
}
const contents: [name: string, content: () => AttachmentContent][] = [
  ['bytes', () => content],
  [
    'a part of a larger buffer',
    () => new Uint8Array([...bytes(5), ...content, 1, 2]).subarray(5, 5 + content.length),
  ],
  ['an ArrayBuffer', () => content.slice().buffer],
  ['a Blob', () => new Blob([content])],
  ['a stream of the web', () => new Blob([content]).stream()],
  ["a stream of Node's", () => Readable.from(generated())],
  ['an async iterable', () => generated()],
];

test.each(contents)('case 31: an attachment from %s arrives byte by byte', async (_name, make) => {
  const { parsed } = await composed({ text: 'x', attachments: [{ filename: 'a.bin', content: make() }] });
  const [attachment] = parsed.attachments;
  expect(Buffer.from(attachment?.content as ArrayBuffer).equals(content)).toBe(true);
  expect(attachment).toMatchObject({
    filename: 'a.bin',
    disposition: 'attachment',
    mimeType: 'application/octet-stream',
  });
});

test('a text goes as UTF-8 and says so; types come from the file name', async () => {
  const { parsed, text } = await composed({
    attachments: [
      { filename: 'a.csv', content: 'größe;1\n' },
      { filename: 'b.pdf', content: bytes(3) },
      { filename: 'c', content: bytes(0), contentType: 'application/x-empty; version="1 2"' },
    ],
  });
  expect(parsed.attachments.map(({ mimeType }) => mimeType)).toEqual([
    'text/csv',
    'application/pdf',
    'application/x-empty',
  ]);
  expect(Buffer.from(parsed.attachments[0]?.content as ArrayBuffer).toString()).toBe('größe;1\n');
  expect(text).toContain('charset=utf-8');
  expect(parsed.attachments[2]?.content).toHaveProperty('byteLength', 0);
});

test('case 32: an inline image stands beside the HTML that shows it', async () => {
  const { parsed, text } = await composed({
    text: 'logo',
    html: '<img src="cid:logo">',
    attachments: [
      { filename: 'logo.png', content: bytes(100), contentId: 'logo' },
      { filename: 'a.txt', content: 'x' },
    ],
  });
  expect(text).toContain('multipart/related');
  expect(parsed.attachments[0]).toMatchObject({
    contentId: '<logo>',
    disposition: 'inline',
    mimeType: 'image/png',
    related: true,
  });
  expect(parsed.attachments[1]).toMatchObject({ disposition: 'attachment' });
});

const EML = 'Subject: inner\r\nContent-Type: text/plain\r\n\r\nhello\r\n';

test('a mail in a mail goes as it is, which nobody may encode', async () => {
  const { text } = await composed({ text: 'x', attachments: [{ filename: 'inner.eml', content: EML }] });
  expect(text).toContain(`message/rfc822`);
  expect(text).toContain(EML);
});

test.each([
  ['a bare LF', 'Subject: x\n\nhello'],
  ['a line of 999', `Subject: x\r\n\r\n${'x'.repeat(999)}`],
  ['a NUL', 'Subject: x\r\n\r\n\0'],
  ['a bare CR', 'Subject: x\r\n\r\na\rb'],
  ['a LF at its start', '\nx'],
])(
  'a mail in a mail with %s goes as a file, or is refused where its type was given',
  async (_name, broken) => {
    const attachment = { filename: 'inner.eml', content: broken };
    const { parsed } = await composed({ text: 'x', attachments: [attachment] });
    expect(parsed.attachments[0]?.mimeType).toBe('application/octet-stream');
    expect(Buffer.from(parsed.attachments[0]?.content as ArrayBuffer).toString()).toBe(broken);
    expect(await refusal({ attachments: [{ ...attachment, contentType: 'message/rfc822' }] })).toMatchObject({
      field: 'attachments[0].content',
    });
  },
);
