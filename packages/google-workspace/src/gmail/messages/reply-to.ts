import { checkOptions, type OptionTypes } from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';
import type { Mail } from '../mime/mail.ts';
import { readMessageId, readMessageIds } from '../mime/message-ids.ts';
import { type MailAddress, parseAddresses } from '../reading/parse-addresses.ts';
import { readHeaders } from '../reading/read-part.ts';
import { ownAddresses } from '../replying/own-addresses.ts';
import { replyRecipients } from '../replying/reply-recipients.ts';
import { replySubject } from '../replying/subject-prefix.ts';
import type { Message } from './message.ts';

/** For longer threads, the first message and the last ones are enough to find the thread. */
const MAX_REFERENCES = 50;

/** Labels of messages that a reply would be lost with: it would join a thread that its reader doesn't see. */
const NO_PARENTS: ReadonlySet<string> = new Set(['DRAFT', 'SPAM', 'TRASH']);

/** What a reply needs to know of the original message. The host may have it from anywhere: `gmail.compose` can't read messages. */
export interface OriginalMail {
  threadId: string;
  /** Its `Message-ID`. */
  messageId: string;
  /** Its `References`, if it has any. */
  references?: string | readonly string[] | undefined;
  subject?: string | undefined;
  /** Its address headers, as they were received: for `to` and `cc` of the reply. */
  from?: string | undefined;
  replyTo?: string | undefined;
  to?: string | undefined;
  cc?: string | undefined;
}

/** Whom the reply is for. */
export interface ReplyToOptions {
  /** Whether everybody in To and Cc gets it, too. Default: false. */
  all?: boolean | undefined;
  /** The user's own addresses, which are left out: those of `settings.sendAs`. */
  own?: readonly string[] | undefined;
}

/** The fields that add a message to the thread of another. */
export type ReplyFields = Pick<Mail, 'subject'> & {
  /** Absent, as `inReplyTo` and `references`, if the original has no id that a header can carry: the reply begins a thread. */
  threadId?: string;
  inReplyTo?: string;
  references?: string[];
  /** Present if the original names somebody that a reply can go to. */
  to?: MailAddress[];
  /** Present with `all`, if there is anybody else. */
  cc?: MailAddress[];
};

const OPTIONS: OptionTypes<ReplyToOptions> = { all: 'boolean', own: 'list' };

/**
 * What makes a message a reply: `drafts.create({ text, ...replyTo(original) })`. The original is a message with its
 * headers (`messages.get(id, { format: 'metadata' })`), or only the fields that matter. `threads.reply` does all of it. Google requires the thread's id, the
 * references and the same subject, all three; an original whose `Message-ID` can't be written is answered through its
 * `References`, or else outside its thread. Throws {@link InvalidRequestError} naming what the original lacks, or
 * `labelIds` for a draft and for a message in the trash or in spam.
 */
export function replyTo(original: OriginalMail | Message, options?: ReplyToOptions): ReplyFields {
  if (typeof original !== 'object' || original === null) throw invalid('original', 'is not a message');
  const mail = 'messageId' in original ? original : originalOf(original);
  const { threadId, messageId, references = [], subject = '' } = mail;
  checkOptions(options, OPTIONS, invalid);
  const all = options?.all ?? false;
  const own = options?.own ?? [];
  if (!Array.isArray(own) || !own.every((one) => typeof one === 'string'))
    throw invalid('own', 'is not a list of addresses');
  if (typeof messageId !== 'string') throw invalid('messageId', 'is not a string');
  if (typeof subject !== 'string') throw invalid('subject', 'is not a string');
  const known = [references].flat().filter((reference) => typeof reference === 'string');
  const ids = readMessageIds(known.join(' '));
  return {
    ...threadFields(threadId, readMessageId(messageId), ids),
    subject: replySubject(subject),
    ...recipientsOf(mail, own, all),
  };
}

function threadFields(
  threadId: string,
  messageId: string | undefined,
  references: readonly string[],
): Pick<ReplyFields, 'threadId' | 'inReplyTo' | 'references'> {
  const inReplyTo = messageId ?? references.at(-1);
  if (inReplyTo === undefined) return {};
  const before = references.filter((id) => id !== inReplyTo);
  return { threadId, inReplyTo, references: [...shortened(before), inReplyTo] };
}

function recipientsOf(
  mail: OriginalMail,
  own: readonly string[],
  all: boolean,
): Pick<ReplyFields, 'to' | 'cc'> {
  const addressesIn = (field: 'from' | 'replyTo' | 'to' | 'cc'): MailAddress[] => {
    const header = mail[field] ?? '';
    if (typeof header !== 'string') throw invalid(field, 'is not a string');
    return parseAddresses(header);
  };
  const [from] = addressesIn('from');
  const addresses = { from, replyTo: addressesIn('replyTo'), to: addressesIn('to'), cc: addressesIn('cc') };
  const { to, cc } = replyRecipients(addresses, ownAddresses(own), all);
  return { ...(to.length > 0 && { to }), ...(cc.length > 0 && { cc }) };
}

/** The first message names the thread, and the last ones are its branch: the middle can be left out. RFC 5537 §3.4.4. */
function shortened(ids: readonly string[]): readonly string[] {
  return ids.length <= MAX_REFERENCES ? ids : [...ids.slice(0, 1), ...ids.slice(1 - MAX_REFERENCES)];
}

function originalOf({ threadId, payload, labelIds }: Message): OriginalMail {
  const label = (Array.isArray(labelIds) ? labelIds : []).find((one) => NO_PARENTS.has(one));
  if (label !== undefined) {
    throw invalid(
      'labelIds',
      `has ${label}: reply to a message of the thread that is neither draft, trash nor spam`,
    );
  }
  if (!Array.isArray(payload?.headers))
    throw invalid('payload.headers', 'are missing: read it as metadata or full');
  const headers = readHeaders(payload.headers);
  const header = (wanted: string): string | undefined =>
    headers.find(({ name }) => name.toLowerCase() === wanted)?.value;
  return {
    threadId,
    messageId: header('message-id') ?? '',
    references: header('references') || parentOf(header('in-reply-to')),
    subject: header('subject'),
    from: header('from'),
    replyTo: header('reply-to'),
    to: header('to'),
    cc: header('cc'),
  };
}

/** Of a mail without References, the one mail that it answers begins them (RFC 5322 §3.6.4). */
function parentOf(inReplyTo: string = ''): string | undefined {
  const ids = readMessageIds(inReplyTo);
  return ids.length === 1 ? ids[0] : undefined;
}
