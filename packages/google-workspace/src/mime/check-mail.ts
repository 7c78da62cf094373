import { checkedId } from '../input/checked-id.ts';
import { checkedAddress, type Mailbox } from './address.ts';
import { checkAttachments } from './attachments.ts';
import { bodyText } from './body-text.ts';
import { checkedHeaders } from './custom-headers.ts';
import { encodedText } from './encoded-words.ts';
import { headerText } from './header-text.ts';
import type { Attachment, Mail } from './mail.ts';
import { checkedMessageId, checkedMessageIds } from './message-ids.ts';
import { checkedAddresses, checkedRecipients, type Recipients } from './recipients.ts';
import { refused } from './refused.ts';

/** A mail of which every text may go into a header or body as it is. Its attachments are checked, and not read yet. */
export interface CheckedMail extends Recipients {
  from: Mailbox | undefined;
  replyTo: Mailbox[];
  /** Encoded where a header can't carry it as it is. */
  subject: string;
  text: string | undefined;
  html: string | undefined;
  attachments: readonly Attachment[];
  headers: readonly [name: string, value: string][];
  inReplyTo: string | undefined;
  references: string[];
  messageId: string | undefined;
  date: Date;
}

const FIELDS = new Set([
  'to',
  'cc',
  'bcc',
  'replyTo',
  'from',
  'subject',
  'text',
  'html',
  'attachments',
  'headers',
  'threadId',
  'inReplyTo',
  'references',
  'messageId',
  'date',
]);

/** Throws {@link InvalidRequestError} naming the part of the mail that is not safe to send; reads and sends nothing. */
export function checkMail(mail: Mail): CheckedMail {
  if (typeof mail !== 'object' || mail === null) throw refused('mail', 'is not an object');
  const unknown = Object.keys(mail).find((name) => !FIELDS.has(name));
  if (unknown !== undefined) throw refused(unknown, 'is no field of a mail');
  const { attachments = [] } = mail;
  checkAttachments(attachments);
  return {
    ...checkedRecipients(mail),
    from: mail.from === undefined ? undefined : checkedAddress(mail.from, 'from'),
    replyTo: checkedAddresses(mail.replyTo, 'replyTo'),
    subject: encodedText(headerText(mail.subject, 'subject')),
    text: bodyText(mail.text, 'text'),
    html: bodyText(mail.html, 'html'),
    attachments,
    headers: checkedHeaders(mail.headers),
    ...checkedThread(mail),
    messageId: mail.messageId === undefined ? undefined : checkedMessageId(mail.messageId, 'messageId'),
    date: checkedDate(mail.date),
  };
}

/** Google puts a mail into a thread only if it answers a mail of it: `threadId` alone would be ignored. */
function checkedThread({
  threadId,
  inReplyTo,
  references = [],
}: Mail): Pick<CheckedMail, 'inReplyTo' | 'references'> {
  if (threadId !== undefined) checkedId('gmail', threadId, 'threadId');
  const ids = checkedMessageIds(references, 'references');
  if (inReplyTo !== undefined) {
    const answered = checkedMessageId(inReplyTo, 'inReplyTo');
    return { inReplyTo: answered, references: ids.includes(answered) ? ids : [...ids, answered] };
  }
  if (threadId === undefined) return { inReplyTo, references: ids };
  throw refused('inReplyTo', 'is missing, and Google puts no mail into a thread without it');
}

function checkedDate(date: unknown): Date {
  if (date === undefined) return new Date();
  if (date instanceof Date && !Number.isNaN(date.getTime())) return date;
  throw refused('date', 'is not a valid Date');
}
