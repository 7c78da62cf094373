import type { Mail } from '../mime/mail.ts';
import { checkedMessageId, readableMessageIds } from '../mime/message-ids.ts';
import { refused } from '../mime/refused.ts';
import type { Message } from './message.ts';

/** Of a thread so long the last mails are enough to find it by. */
const MOST_REFERENCES = 50;

/** What has to be known of a mail to answer it, from wherever the host has it: `gmail.compose` alone lets nobody read mails. */
export interface Original {
  threadId: string;
  /** Its `Message-ID`. */
  messageId: string;
  /** Its `References`, where it has some. */
  references?: string | readonly string[] | undefined;
  subject?: string | undefined;
}

/** The fields that put a mail into the thread of another. */
export type Reply = Required<Pick<Mail, 'threadId' | 'inReplyTo' | 'references' | 'subject'>>;

/**
 * What makes a mail an answer: `drafts.create({ to, text, ...replyTo(original) })`. The original is a message with its
 * headers (`messages.get(id, { format: 'metadata' })`), or the few fields that count. Google wants the thread's id, the
 * references and the same subject, all three. Throws {@link InvalidRequestError} naming what the original lacks.
 */
export function replyTo(original: Original | Message): Reply {
  if (typeof original !== 'object' || original === null) throw refused('original', 'is not a mail');
  const {
    threadId,
    messageId,
    references = [],
    subject = '',
  } = 'messageId' in original ? original : originalOf(original);
  const inReplyTo = checkedMessageId(messageId, 'messageId');
  return {
    threadId,
    inReplyTo,
    references: [...readableMessageIds([references].flat().join(' ')).slice(-MOST_REFERENCES), inReplyTo],
    subject: answering(subject),
  };
}

/** The original's subject is anybody's: what a header can't carry in it must not keep the user from answering. */
function answering(subject: string): string {
  const clean = subject.replaceAll(/\p{Cc}+/gu, ' ').trim();
  return /^re:/i.test(clean) ? clean : `Re: ${clean}`.trim();
}

function originalOf({ threadId, payload }: Message): Original {
  const header = (wanted: string): string | undefined =>
    payload?.headers?.find(({ name }) => name.toLowerCase() === wanted)?.value;
  const messageId = header('message-id');
  if (messageId === undefined)
    throw refused('payload.headers', 'has no Message-ID: read it as metadata or full');
  return { threadId, messageId, references: header('references'), subject: header('subject') };
}
