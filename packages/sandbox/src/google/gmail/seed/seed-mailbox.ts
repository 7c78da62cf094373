import { HOUR_MS } from '../../../time/clock.ts';
import type { GoogleAccount } from '../../accounts.ts';
import { receiveMail } from '../mailbox/deliver-mail.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';
import { composeMail, type Person } from './compose-mail.ts';
import { DEMO_THREADS, type DemoMail, type DemoThread } from './demo-threads.ts';

/** Fills a mailbox with 13 mails in six threads of the last week. */
export function seedMailbox(mailbox: Mailbox, owner: GoogleAccount): void {
  const mails = DEMO_THREADS.flatMap((thread, index) =>
    thread.mails.map((mail, position) => ({ thread, mail, position, prefix: `demo-${index}` })),
  );
  for (const { thread, mail, position, prefix } of mails.toSorted(
    (a, b) => b.mail.hoursAgo - a.mail.hoursAgo,
  )) {
    const ids = Array.from({ length: position + 1 }, (_, index) => `<${prefix}-${index}@mail.example.com>`);
    const at = mailbox.now() - mail.hoursAgo * HOUR_MS;
    const source = composeMail({
      ...correspondents(thread, mail, owner),
      subject: position === 0 ? thread.subject : `Re: ${thread.subject}`,
      text: mail.text,
      messageId: ids[position] ?? '',
      references: ids.slice(0, position),
      at,
      ...(mail.attachment && { attachment: mail.attachment }),
    });
    receiveMail(mailbox, source, { labelIds: labelsOf(mail), at });
  }
}

function correspondents(
  thread: DemoThread,
  mail: DemoMail,
  owner: GoogleAccount,
): { from: Person; to: Person } {
  const other = thread.mails.find(({ from }) => from)?.from ?? owner;
  return mail.from ? { from: mail.from, to: owner } : { from: owner, to: other };
}

function labelsOf({ from, unread }: DemoMail): string[] {
  if (!from) return ['SENT'];
  return unread ? ['UNREAD', 'INBOX'] : ['INBOX'];
}
