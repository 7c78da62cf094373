import { expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();

const mail = (from: string, id: string, more = ''): string =>
  `From: ${from}\nTo: Ada <ada@example.com>\nCc: team@example.net\nSubject: tide\nMessage-ID: <${id}@x.example>\n${more}\nbody of ${id}`;

test('a conversation in order, with the latest mail that a reply answers, and who takes part', async () => {
  const { sandbox, gmail } = await server.start();
  const user = sandbox.google.testUser().gmail;
  const first = user.receive(mail('grace@example.com', 'a'));
  const answer = user.receive(mail('Grace <GRACE@example.com>', 'b', 'In-Reply-To: <a@x.example>\n'));
  const trashed = user.receive(mail('Eve <eve@example.com>', 'c', 'In-Reply-To: <a@x.example>\n'));
  user.changeLabels(trashed.id, { add: ['TRASH'], remove: ['INBOX'] });
  await gmail.drafts.create({
    to: 'grace@example.com',
    subject: 'tide',
    threadId: first.threadId,
    inReplyTo: '<b@x.example>',
    references: ['<a@x.example>'],
  });
  const thread = await gmail.threads.read(first.threadId);
  expect(thread.messages.map(({ message }) => message.id).slice(0, 3)).toEqual([
    first.id,
    answer.id,
    trashed.id,
  ]);
  expect(thread.messages).toHaveLength(4);
  expect(thread.latest?.message.id).toBe(answer.id);
  expect(thread.latest?.mail.text?.trim()).toBe('body of b');
  expect(thread.participants).toEqual([
    { name: 'Grace', address: 'GRACE@example.com' },
    { name: 'Ada', address: 'ada@example.com' },
    { name: '', address: 'team@example.net' },
  ]);
});
