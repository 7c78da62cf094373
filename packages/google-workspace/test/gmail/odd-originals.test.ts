import { type Message, replyTo } from '@context-sdk/google-workspace';
import { expect, test } from 'vitest';
import { composed, valuesOf } from '../mime/composed.ts';

/** What other mail programs write must not keep the user from answering: row 5 of the Gmail issue. */

function message(headers: Record<string, string>): Message {
  const list = Object.entries(headers).map(([name, value]) => ({ name, value }));
  return { id: 'a', threadId: 't', payload: { headers: list } };
}

const LONG = `${'x'.repeat(880)}@mail.example.com`;

test.each([
  ['<<a@b.example>>', '<a@b.example>'],
  ['  < a@b.example >  ', '<a@b.example>'],
  ['<a\r\n @b.example>', '<a@b.example>'],
  ['"<a@b.example>"', '<a@b.example>'],
  ['"a@b.example"', '<a@b.example>'],
  ['<"a b"@c.example>', '<"ab"@c.example>'],
  ['a@b.example', '<a@b.example>'],
  ['<grün@b.example>', '<grün@b.example>'],
  [`<${LONG}>`, `<${LONG}>`],
  ['<a@b.example> (sent by x)', '<a@b.example>'],
  ['<\u0007a@b.example>', '<a@b.example>'],
])('20.5: a mail with the Message-ID %j can be answered', async (id, expected) => {
  const reply = replyTo(message({ 'Message-ID': id, Subject: 'x' }));
  expect(reply.inReplyTo).toBe(expected);
  expect(replyTo({ threadId: 't', messageId: id }).inReplyTo).toBe(expected);
  const mail = await composed({ to: 'a@example.com', text: 'x', ...reply });
  const utf8 = (values: string[]): string[] => values.map((one) => Buffer.from(one, 'latin1').toString());
  expect(utf8(valuesOf(mail, 'in-reply-to'))).toEqual([expected]);
  expect(utf8(valuesOf(mail, 'references'))).toEqual([expected]);
});

test.each([
  ['Lunch\u0000?\u001b[31m', 'Re: Lunch ? [31m'],
  ['half \ud83d', 'Re: half \ufffd'],
  ['\udc4d and more', 'Re: \ufffd and more'],
  ['a\r\nBcc: evil@example.com', 'Re: a Bcc: evil@example.com'],
])('20.5: the subject %j can be answered', async (subject, expected) => {
  const reply = replyTo(message({ 'Message-ID': '<a@b.example>', Subject: subject }));
  expect(reply.subject).toBe(expected);
  expect((await composed({ to: 'a@example.com', ...reply })).parsed.subject).toBe(expected);
});

test('20.6: of more than 50 references the first stays, and the last 49', () => {
  const ids = Array.from({ length: 80 }, (_, index) => `<${index}@b.example>`);
  const reply = replyTo(message({ 'Message-ID': '<last@b.example>', References: ids.join('\r\n ') }));
  expect(reply.references).toEqual([ids[0], ...ids.slice(-49), '<last@b.example>']);
});

test('20.5: a References header is taken as it was received, with its folds', async () => {
  const references = '<a@b.example>\r\n\t<c@d.example>';
  const mail = await composed({ references, inReplyTo: '<c@d.example>' });
  expect(valuesOf(mail, 'references')).toEqual(['<a@b.example> <c@d.example>']);
});

test.each([
  ['Lunch', 'Re: Lunch'],
  ['RE: Lunch', 'RE: Lunch'],
  ['AW: Lunch', 'AW: Lunch'],
  ['Re: AW: Re: Lunch', 'Re: Lunch'],
  ['SV: VS: Lunch', 'SV: Lunch'],
  ['Re[2]: Lunch', 'Re[2]: Lunch'],
  ['回复：午餐', '回复： 午餐'],
  ['Antw: Lunch', 'Antw: Lunch'],
  ['Отв: Обед', 'Отв: Обед'],
  ['Fwd: Lunch', 'Re: Fwd: Lunch'],
  ['Reminder: Lunch', 'Re: Reminder: Lunch'],
  ['Research: Re: x', 'Re: Research: Re: x'],
  ['Re:', 'Re:'],
])('a reply to %j has one prefix', (subject, expected) => {
  expect(replyTo(message({ 'Message-ID': '<a@b.example>', Subject: subject })).subject).toBe(expected);
});

test.each([null, 'INBOX', 7])('20.5: a mail whose labels are %j can be answered', (labelIds) => {
  const odd = { ...message({ 'Message-ID': '<a@b.example>', Subject: 'x' }), labelIds: labelIds as never };
  expect(replyTo(odd).inReplyTo).toBe('<a@b.example>');
});

test('20.5: references that are folded in the middle or come twice are each there once', () => {
  const References = '(comment) <r1@x>\r\n\t<r2@\r\n x> <two words> <7@x> <r1@x>';
  const reply = replyTo(message({ 'Message-ID': '<7@x>', References, Subject: 'x' }));
  expect(reply.references).toEqual(['<r1@x>', '<r2@x>', '<7@x>']);
});

test.each([
  ['<1@x>', ['<1@x>', '<2@x>']],
  ['Your mail of Monday <1@x>', ['<1@x>', '<2@x>']],
  ['<1@x> <0@x>', ['<2@x>']],
  ['', ['<2@x>']],
])('20.replying: without References, In-Reply-To (%j) begins them', (parent, expected) => {
  const headers = { 'Message-ID': '<2@x>', 'In-Reply-To': parent, Subject: 'x' };
  expect(replyTo(message(headers)).references).toEqual(expected);
  const known = replyTo(message({ ...headers, References: '<0@x>' }));
  expect(known.references).toEqual(['<0@x>', '<2@x>']);
});
