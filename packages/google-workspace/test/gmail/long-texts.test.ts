import { visibleText } from '@context-sdk/google-workspace';
import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';
import { clientOf } from './client-of.ts';

test('a line above a quote that only looks like one is read in one go', () => {
  const line = `${'on \n'.repeat(40)}wrote${':'.repeat(60)}${' '.repeat(3_000_000)}x`;
  expect(visibleText({ text: line })).toEqual({ text: line.trim(), quoted: '' });
});

test('tags with many classes are read in one go', () => {
  const tag = `<div ${'class='.repeat(330)}>`;
  const html = `${tag.repeat(2_000)}Hello`;
  expect(visibleText({ html }).text).toBe('Hello');
});

test.each([
  [`On Monday Grace wrote:   \n> Old`, 'Old'],
  [`Am 3. Mai um 10:15 Uhr schrieb Grace <g@example.com>:\n> Old`, 'Old'],
])('the line above a quote is still found: %j', (text, old) => {
  const { text: own, quoted } = visibleText({ text: `Hello\n${text}` });
  expect([own, quoted.includes(old)]).toEqual(['Hello', true]);
});

test.each([
  ['blanks alone', ' '.repeat(100_000)],
  ['a name with many blanks', `Ada${' '.repeat(100_000)}x`],
  ['a quoted name with many blanks', `"Ada"${' '.repeat(100_000)}x`],
])('an address with %s is refused in one go', async (_what, to) => {
  const { client } = clientOf([]);
  const error = await failure(client.messages.send({ to, subject: 'x', text: 'y' }));
  expect(error).toMatchObject({ code: 'invalid_request', field: 'to' });
});

test.each([
  ['  Ada Lovelace   <ada@example.com>  ', 'Ada Lovelace <ada@example.com>'],
  ['  "Lovelace, Ada"   <ada@example.com>', '"Lovelace, Ada" <ada@example.com>'],
  ['<ada@example.com>', 'ada@example.com'],
])('blanks around the parts of %j are none of theirs', async (to, written) => {
  const { client, requests } = clientOf([{ id: 'm1', threadId: 't1', labelIds: [] }]);
  await client.messages.send({ to, subject: 'x', text: 'y' });
  const { raw = '' } = (requests[0]?.json ?? {}) as { raw?: string };
  expect(Buffer.from(raw, 'base64url').toString()).toContain(`To: ${written}\r\n`);
});
