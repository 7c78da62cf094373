import { readMail, visibleText } from '@context-sdk/google-workspace';
import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';
import { clientOf } from './client-of.ts';

const server = useSandbox();
/** More than the sandbox, as Gmail, gives along with a message. */
const LONG = `${`${'news '.repeat(180)}\n`.repeat(1_200)}The end.`;
const HEAD =
  'From: grace@example.com\nTo: ada@example.com\nSubject: Tide\nMessage-ID: <a@b>\nMIME-Version: 1.0\n';

async function received(source: string) {
  const { sandbox, gmail } = await server.start();
  return { sandbox, gmail, ...sandbox.google.testUser().gmail.receive(source) };
}

test('20.reading: a text that Gmail gives apart is read, quoted and passed on', async () => {
  const { gmail, id, threadId } = await received(`${HEAD}Content-Type: text/plain; charset=utf-8\n\n${LONG}`);
  const mail = await gmail.messages.read(id);
  expect(mail.text?.trimEnd().endsWith('The end.')).toBe(true);
  expect(mail.attachments).toEqual([]);
  const { latest } = await gmail.threads.read(threadId);
  expect(latest?.mail.text).toBe(mail.text);
  const reply = await gmail.threads.reply(threadId, { text: 'Thanks.' });
  expect(reply.mail.text?.trimEnd().endsWith('> The end.')).toBe(true);
  const forward = await gmail.messages.forward(id, { to: 'noor@example.org', text: 'See below.' });
  expect(forward.mail.text?.trimEnd().endsWith('The end.')).toBe(true);
  expect(forward.mail.attachments).toBeUndefined();
});

test('20.reading: without a way to load it, such a text is an attachment, not an empty text', async () => {
  const { gmail, id } = await received(`${HEAD}Content-Type: text/html; charset=utf-8\n\n${LONG}`);
  const mail = await readMail(await gmail.messages.get(id, { format: 'full' }));
  expect(mail).toMatchObject({ html: undefined, attachments: [{ contentType: 'text/html' }] });
  expect(await failure(mail.attachments[0]?.load() ?? Promise.resolve())).toMatchObject({
    code: 'invalid_request',
  });
});

test.each([
  ['', 'Content-Type: text/calendar; charset=utf-8; method=REQUEST; name=invite.ics'],
  [' and no method in its type', 'Content-Type: text/calendar; charset=utf-8; name=invite.ics'],
])('20.reading: an invitation with a file name%s is one, as in the format raw', async (_, type) => {
  const invitation = [
    type,
    'Content-Disposition: attachment; filename=invite.ics',
    '',
    'BEGIN:VCALENDAR',
    'METHOD:REQUEST',
    'END:VCALENDAR',
  ];
  const text = ['Content-Type: text/plain', '', 'Meet?'];
  const parts = [text, invitation].map((part) => `--b\n${part.join('\n')}\n`).join('');
  const { gmail, id } = await received(`${HEAD}Content-Type: multipart/mixed; boundary=b\n\n${parts}--b--\n`);
  const full = await gmail.messages.read(id);
  const raw = await readMail(await gmail.messages.get(id, { format: 'raw' }));
  for (const mail of [full, raw]) {
    expect(mail).toMatchObject({
      calendar: { method: 'REQUEST' },
      attachments: [{ filename: 'invite.ics' }],
    });
    expect(mail.calendar?.ics).toContain('METHOD:REQUEST');
  }
});

test('20.reading: a text apart that is no UTF-8 is read by its charset', async () => {
  const headers = [{ name: 'Content-Type', value: 'text/plain; charset="iso-8859-1"' }];
  const payload = { mimeType: 'text/plain', filename: '', headers, body: { attachmentId: 'x', size: 5 } };
  const data = Buffer.from('Grüße', 'latin1').toString('base64url');
  const { client, requests } = clientOf([
    { id: 'a', threadId: 'a', payload },
    { size: 5, data },
  ]);
  expect((await client.messages.read('a')).text).toBe('Grüße');
  expect(requests).toHaveLength(2);
});

test('20.reading: the footer of a list below HTML is not the whole text, in the mail or in a reply to it', async () => {
  const html = 'Content-Type: text/html\n\n<p>Shall we meet at noon?</p>\n';
  const footer = 'Content-Type: text/plain\n\n-- \nUnsubscribe here\n';
  const source = `${HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\n${html}--b\n${footer}--b--\n`;
  const { gmail, id, threadId } = await received(source);
  const mail = await gmail.messages.read(id);
  expect(mail.text).toMatch(/^Shall we meet at noon\?[^]*Unsubscribe here/);
  expect(mail.html).toMatch(/^<p>Shall we meet at noon\?<\/p>[^]*Unsubscribe here/);
  expect(visibleText(mail).text).toContain('Shall we meet at noon?');
  const reply = await gmail.threads.reply(threadId, { text: 'Yes.' });
  expect(reply.mail.text).toContain('> Shall we meet at noon?');
});
