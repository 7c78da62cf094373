import { isDraft } from '@context-sdk/google-workspace';
import { expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();

test('20.11: added messages tell drafts from mails', async () => {
  const { sandbox, gmail } = await server.start();
  const { historyId } = await gmail.profile.get();
  sandbox.google.testUser().gmail.receive('From: a@example.net\nTo: ada@example.com\nSubject: x\n\nbody');
  const draft = await gmail.drafts.create({ subject: 'draft' });
  await gmail.drafts.update(draft.id, { subject: 'draft, again' });
  const sent = await gmail.messages.send({ to: 'grace@example.com', subject: 'sent' });
  const changed = await gmail.mailbox.changes(historyId, { historyTypes: ['messageAdded'] });
  const added = changed.expired ? [] : changed.changes.flatMap(({ messagesAdded = [] }) => messagesAdded);
  expect(added.map(({ message }) => isDraft(message))).toEqual([false, true, true, false]);
  expect(added.at(-1)?.message.id).toBe(sent.id);
});
