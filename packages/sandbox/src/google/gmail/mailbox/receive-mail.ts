import { addMissing } from '../mail/complete-mail.ts';
import type { Octets } from '../mail/octets.ts';
import type { Mailbox } from './mailbox.ts';
import { describeSource, type Message } from './message.ts';
import { threadOfArrivingMail } from './threading.ts';

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
