import { invalidArgument } from '../failures.ts';
import { recipientsOf } from '../mail/address-list.ts';
import { addMissing, withoutHeader } from '../mail/complete-mail.ts';
import type { Octets } from '../mail/octets.ts';
import { completed, deleteDraft, findDraft, type Outgoing } from './drafts.ts';
import type { Mailbox } from './mailbox.ts';
import type { Mailboxes } from './mailboxes.ts';
import { describeSource, type Message } from './message.ts';
import { threadOfArrivingMail, threadOfNewMail } from './threading.ts';

const MAX_RECIPIENTS = 500;

/** Sends a mail: the sender keeps it as it is, and everyone in To, Cc and Bcc receives it without the Bcc. */
export function sendMail(mailboxes: Mailboxes, sender: Mailbox, { source, threadId }: Outgoing): Message {
  const { thread } = describeSource(source);
  const joined = threadOfNewMail(sender, thread, threadId);
  checkRecipients(source);
  sender.sends.add(sender.now());
  return post(mailboxes, sender, source, joined);
}

/** Sends a draft in its thread. The draft is gone then; the mail that was sent has an id of its own. */
export function sendDraft(mailboxes: Mailboxes, sender: Mailbox, id: string): Message {
  const { message } = findDraft(sender, id);
  checkRecipients(message.source);
  sender.sends.add(sender.now());
  deleteDraft(sender, id);
  return post(mailboxes, sender, message.source, message.threadId);
}

function post(mailboxes: Mailboxes, sender: Mailbox, source: Octets, threadId: string | undefined): Message {
  const recipients = checkRecipients(source);
  const isOwn = (address: string): boolean => address.toLowerCase() === sender.address.toLowerCase();
  const sent = sender.add({
    source: completed(sender, source),
    // A mail to oneself is one message, sent and received.
    labelIds: recipients.some(isOwn) ? ['UNREAD', 'SENT', 'INBOX'] : ['SENT'],
    threadId,
  });
  const delivered = withoutHeader(sent.source, 'bcc');
  for (const address of recipients.filter((one) => !isOwn(one))) {
    const mailbox = mailboxes.find(address);
    if (mailbox) receiveMail(mailbox, delivered);
  }
  return sent;
}

function checkRecipients(source: Octets): string[] {
  const recipients = recipientsOf(describeSource(source).headers);
  if (recipients.length === 0) throw invalidArgument('Recipient address required');
  if (recipients.length > MAX_RECIPIENTS) throw invalidArgument('Too many recipients: more than 500');
  return recipients;
}

/** How a mail arrives. */
export interface Arrival {
  /** Default: `INBOX` and `UNREAD`. */
  readonly labelIds?: readonly string[];
  /** Milliseconds since the epoch. Default: now. */
  readonly at?: number;
}

/** A mail arrives. It gets a Date and a Message-ID where it has none. */
export function receiveMail(
  mailbox: Mailbox,
  source: Octets,
  { labelIds = ['UNREAD', 'INBOX'], at = mailbox.now() }: Arrival = {},
): Message {
  const complete = addMissing(source, { messageId: mailbox.newRfcMessageId(), now: at });
  const threadId = threadOfArrivingMail(mailbox, describeSource(complete).thread);
  return mailbox.add({ source: complete, labelIds, threadId, at });
}
