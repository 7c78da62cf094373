import { decodeWords } from 'postal-mime';
import { expect, test } from 'vitest';
import { composed, refusal, valuesOf } from './composed.ts';

/** What a header says: docs/facts/google.md#composing-mail. */

const LONG_UNICODE = '🚀 Grüße aus 東京 — Ñandú & Ω '.repeat(12);

test('case 1: a subject of 300 characters with emoji, CJK and accents arrives as it is, on lines of at most 78', async () => {
  const { parsed, text } = await composed({ subject: LONG_UNICODE });
  expect(LONG_UNICODE.length).toBeGreaterThan(300);
  expect(parsed.subject).toBe(LONG_UNICODE);
  expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78);
});

test('case 2: a subject of 1,500 ASCII characters with spaces is folded at them', async () => {
  const subject = 'status report '.repeat(107).trim();
  const { parsed, text } = await composed({ subject });
  expect(parsed.subject).toBe(subject);
  expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78);
});

test('case 3: a subject of 1,500 characters without a space is folded too', async () => {
  const subject = 'x'.repeat(1_500);
  const { parsed, text } = await composed({ subject });
  expect(parsed.subject).toBe(subject);
  expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78);
});

test.each([
  '=?utf-8?Q?fake?= literal',
  'a =?UTF-8?B?ZmFrZQ==?= b',
  '=?',
  'ends with =?utf-8?Q?x',
  ' leading, trailing and  double  spaces ',
  'a\ttab',
  'quoted "words" and \\ backslash',
  'emoji at the seam ' + '👩‍👩‍👧‍👦'.repeat(20),
  '',
])('case 4: a subject that looks like something else (%j) is shown as it was given', async (subject) => {
  const { parsed } = await composed({ subject });
  expect(parsed.subject ?? '').toBe(subject);
});

test.each([
  ['Ada Lovelace', 'ada@example.org'],
  ['Lovelace, Ada', 'ada@example.org'],
  ['O"Neil \\ <x@evil.example>', 'ada@example.org'],
  ['Søren Kierkegård 東京 🚀', 'soren@example.org'],
  ['a@evil.example', 'ada@example.org'],
  ['x'.repeat(256), 'ada@example.org'],
])('case 5: the display name %j goes with one address', async (name, address) => {
  const mail = await composed({ to: [{ name, address }] });
  expect(mail.parsed.to).toEqual([{ name, address }]);
});

test('case 6: a domain of another script goes in punycode', async () => {
  const { parsed } = await composed({ to: { address: 'ada@bücher.example' } });
  expect(parsed.to).toEqual([{ name: '', address: 'ada@xn--bcher-kva.example' }]);
});

test('case 7: a local part of another script stays as it is', async () => {
  const { bytes } = await composed({ to: 'пример@example.org' });
  expect(bytes.toString()).toContain('To: пример@example.org\r\n');
});

test.each([
  ['ada@example.org', '', 'ada@example.org'],
  ['  <ada@example.org> ', '', 'ada@example.org'],
  ['Ada Lovelace <ada@example.org>', 'Ada Lovelace', 'ada@example.org'],
  ['"Lovelace, \\"Ada\\"" <ada@example.org>', 'Lovelace, "Ada"', 'ada@example.org'],
  ["J. R. O'Neil-Smith <j.r+x@mail.example.org>", "J. R. O'Neil-Smith", 'j.r+x@mail.example.org'],
  ['"ada@home"@example.org', '', '"ada@home"@example.org'],
])('an address in one text (%j) is a name and an address', async (to, name, address) => {
  expect((await composed({ to })).parsed.to).toEqual([{ name, address }]);
});

test('case 8: Bcc stays in the mail, since Gmail takes the recipients from it', async () => {
  const bcc = Array.from({ length: 60 }, (_, index) => `person.${index}@example.org`);
  const mail = await composed({ to: 'a@example.org', cc: ['b@example.org'], bcc });
  expect(mail.parsed.bcc?.map(({ address }) => address)).toEqual(bcc);
  expect(mail.parsed.cc?.map(({ address }) => address)).toEqual(['b@example.org']);
  expect(valuesOf(mail, 'bcc')).toHaveLength(1);
});

test('case 9: an address is never two', async () => {
  for (const to of [
    'a@example.org, evil@example.com',
    'a@example.org;evil@example.com',
    'a@x, evil@y.example',
  ]) {
    expect(await refusal({ to })).toMatchObject({ name: 'InvalidRequestError', field: 'to' });
    expect(await refusal({ to: { address: to } })).toMatchObject({ field: 'to' });
  }
});

test('from, reply-to, thread and date fields say what was given', async () => {
  const mail = await composed({
    from: 'Ada <alias@example.org>',
    replyTo: 'desk@example.org',
    threadId: 't1',
    inReplyTo: 'b@example.org',
    references: '<a@example.org>\r\n <b@example.org>'.replaceAll('\r\n', ''),
    messageId: '<own@example.org>',
    date: new Date('2026-11-24T10:00:00Z'),
  });
  expect(mail.parsed.from).toEqual({ name: 'Ada', address: 'alias@example.org' });
  expect(mail.parsed.replyTo).toEqual([{ name: '', address: 'desk@example.org' }]);
  expect(valuesOf(mail, 'in-reply-to')).toEqual(['<b@example.org>']);
  expect(valuesOf(mail, 'references')).toEqual(['<a@example.org> <b@example.org>']);
  expect(valuesOf(mail, 'message-id')).toEqual(['<own@example.org>']);
  expect(valuesOf(mail, 'date')).toEqual(['Tue, 24 Nov 2026 10:00:00 +0000']);
});

test('the Message-ID is left to Gmail, and the references end with the mail that is answered', async () => {
  const mail = await composed({ inReplyTo: 'b@example.org', references: ['a@example.org'] });
  expect(valuesOf(mail, 'message-id')).toEqual([]);
  expect(valuesOf(mail, 'references')).toEqual(['<a@example.org> <b@example.org>']);
});

test('a header of the host goes as it is where it has a syntax, and encoded where it can not', async () => {
  const unsubscribe = `<https://example.org/unsubscribe?token=${'x'.repeat(400)}>, <mailto:u@example.org>`;
  const good = await composed({
    headers: { 'List-Unsubscribe': unsubscribe, 'X-Quoted': 'a "b" c', 'X-Note': 'Grüße =?x?=' },
  });
  expect(valuesOf(good, 'list-unsubscribe')).toEqual([unsubscribe]);
  expect(valuesOf(good, 'x-quoted')).toEqual(['a "b" c']);
  expect(decodeWords(valuesOf(good, 'x-note')[0] ?? '')).toBe('Grüße =?x?=');
});
