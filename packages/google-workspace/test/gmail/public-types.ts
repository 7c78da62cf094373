/** Compiled by `npm run types`, never run: what the public types promise, in both directions. */
import { createReadStream } from 'node:fs';
import {
  type Draft,
  type GmailClient,
  type GmailPushEvent,
  type Mail,
  type MailboxChanges,
  type Message,
  parseGmailPush,
  replyTo,
} from '@context-sdk/google-workspace';

export function mails(client: GmailClient, original: Message): void {
  const attachments = [
    { filename: 'a.pdf', content: createReadStream('a.pdf'), contentId: undefined },
    { filename: 'b', content: new Blob([]) },
    { filename: 'c', content: Buffer.from('') },
    { filename: 'd', content: new Response('').body ?? '' },
  ];
  const mail: Mail = {
    to: ['a@b.example', { address: 'c@d.example' }],
    cc: undefined,
    subject: '',
    attachments,
  };
  void (client.drafts.create({ ...mail, ...replyTo(original) }) satisfies Promise<Draft>);
  // @ts-expect-error A mail has a subject, if an empty one.
  void client.messages.send({ to: 'a@b.example' });
  // @ts-expect-error No file is read by its name.
  void client.messages.send({ subject: '', attachments: [{ filename: 'a', path: '/etc/passwd' }] });
  // @ts-expect-error A thread has no raw form.
  void client.threads.get('t', { format: 'raw' });
  // @ts-expect-error Drafts have no labels to choose by.
  void client.drafts.list({ labelIds: ['INBOX'] });
  void client.messages.list({ q: 'x', signal: undefined });
}

export function changes(changed: MailboxChanges): string {
  // @ts-expect-error Where the state has expired there are no changes.
  void changed.changes;
  return changed.expired ? changed.historyId : changed.changes.map(({ id }) => id).join();
}

export async function pushes(request: Request, body: unknown): Promise<GmailPushEvent> {
  // @ts-expect-error Whose push it has to be must be said.
  void parseGmailPush(request, { audience: 'https://host.example' });
  const event = await parseGmailPush({ headers: {}, body }, { audience: 'a', serviceAccount: 's' });
  return event.data.historyId.length > event.id.length ? event : { ...event, at: 1 };
}
