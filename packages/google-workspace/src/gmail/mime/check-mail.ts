import { checkedInstant } from '@context-sdk/oauth-core/client-kit';
import { checkedId } from '../../input.ts';
import { invalid } from '../errors.ts';
import {
  checkedAddress,
  checkedAddresses,
  checkedRecipients,
  type Mailbox,
  type Recipients,
} from './address.ts';
import { checkAttachments } from './attachments.ts';
import { checkedCalendar } from './calendar-part.ts';
import { checkedHeaders } from './custom-headers.ts';
import { encodedText, headerText } from './header-text.ts';
import type { Attachment, CalendarPart, Mail } from './mail.ts';
import { checkedMessageId, checkedMessageIds } from './message-ids.ts';

/** A message that can be sent as it is: every text fits its header or body. Its attachments are checked, but not read yet. */
export interface CheckedMail extends Recipients {
  from: Mailbox | undefined;
  replyTo: Mailbox[];
  /** Encoded if a header can't carry it as it is. */
  subject: string;
  text: string | undefined;
  html: string | undefined;
  attachments: readonly Attachment[];
  calendar: CalendarPart | undefined;
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
  'calendar',
  'headers',
  'threadId',
  'inReplyTo',
  'references',
  'messageId',
  'date',
]);

/** Throws {@link InvalidRequestError} naming the part of the message that is not safe to send. Reads and sends nothing. */
export function checkMail(mail: Mail): CheckedMail {
  if (typeof mail !== 'object' || mail === null) throw invalid('mail', 'is not an object');
  const unknown = Object.keys(mail).find((name) => !FIELDS.has(name));
  if (unknown !== undefined) throw invalid(unknown, 'is not a field of a message');
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
    calendar: checkedCalendar(mail.calendar),
    headers: checkedHeaders(mail.headers),
    ...checkedThread(mail),
    messageId: mail.messageId === undefined ? undefined : checkedMessageId(mail.messageId, 'messageId'),
    date: mail.date === undefined ? new Date() : new Date(checkedInstant(mail.date, 'date', invalid).at),
  };
}

/** Google adds a message to a thread only if it replies to a message of the thread: it ignores `threadId` alone. */
function checkedThread({
  threadId,
  inReplyTo,
  references = [],
}: Mail): Pick<CheckedMail, 'inReplyTo' | 'references'> {
  if (threadId !== undefined) checkedId(threadId, 'threadId', invalid);
  const ids = checkedMessageIds(references, 'references');
  if (inReplyTo !== undefined) {
    const original = checkedMessageId(inReplyTo, 'inReplyTo');
    return { inReplyTo: original, references: ids.includes(original) ? ids : [...ids, original] };
  }
  if (threadId === undefined) return { inReplyTo, references: ids };
  throw invalid('inReplyTo', 'is missing: Google adds no message to a thread without it');
}

/** A body with CRLF at every line's end, as mail requires; a lone CR is a line end too. */
function bodyText(value: unknown, field: string): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw invalid(field, 'is not a string');
  if (value.includes('\0')) throw invalid(field, 'has a NUL character');
  if (!value.isWellFormed()) throw invalid(field, 'is not well-formed Unicode');
  return value.replaceAll(/\r\n|\r|\n/g, '\r\n');
}
