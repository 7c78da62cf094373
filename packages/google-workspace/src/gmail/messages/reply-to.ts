import { cleanLine } from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';
import type { Mail } from '../mime/mail.ts';
import { readMessageId, readMessageIds } from '../mime/message-ids.ts';
import type { Message } from './message.ts';

/** For longer threads, the first message and the last ones are enough to find the thread. */
const MAX_REFERENCES = 50;

/** `Re:` in the languages of many mail programs, also as `Re[2]:` and with a full-width colon. */
const REPLY_PREFIX =
  /^(?:re|aw|antw?|antwort|sv|vs|vá|odp|odpověď|rv|res|rif|ref|ynt|cevap|bls|balas|atb|hl|απ|σχετ|отв|ответ|回复|回覆|答复|答覆|返信|답장|رد|תשובה)(?:\[\d+\])?\s*[:：]\s*/iu;
const REPLY_PREFIXES = /* @__PURE__ */ new RegExp(`^(?:${REPLY_PREFIX.source.slice(1)})+`, 'iu');

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
}

/** The fields that add a message to the thread of another. */
export type ReplyFields = Required<Pick<Mail, 'threadId' | 'inReplyTo' | 'references' | 'subject'>>;

/**
 * What makes a message a reply: `drafts.create({ to, text, ...replyTo(original) })`. The original is a message with its
 * headers (`messages.get(id, { format: 'metadata' })`), or only the fields that matter. Google requires the thread's id, the
 * references and the same subject, all three. Throws {@link InvalidRequestError} naming what the original lacks, or
 * `labelIds` for a draft and for a message in the trash or in spam.
 */
export function replyTo(original: OriginalMail | Message): ReplyFields {
  if (typeof original !== 'object' || original === null) throw invalid('original', 'is not a message');
  const {
    threadId,
    messageId,
    references = [],
    subject = '',
  } = 'messageId' in original ? original : originalOf(original);
  const inReplyTo = typeof messageId === 'string' ? readMessageId(messageId) : undefined;
  if (inReplyTo === undefined) throw invalid('messageId', 'is not one Message-ID');
  if (typeof subject !== 'string') throw invalid('subject', 'is not a string');
  const known = [references].flat().filter((reference) => typeof reference === 'string');
  const ids = readMessageIds(known.join(' '));
  return {
    threadId,
    inReplyTo,
    references: [...shortened(ids), inReplyTo],
    subject: replySubject(subject),
  };
}

/** The first message names the thread, and the last ones are its branch: the middle can be left out. RFC 5537 §3.4.4. */
function shortened(ids: readonly string[]): readonly string[] {
  return ids.length <= MAX_REFERENCES ? ids : [...ids.slice(0, 1), ...ids.slice(1 - MAX_REFERENCES)];
}

/** The sender chose the subject: what a header can't carry must not keep the user from replying. */
function replySubject(subject: string): string {
  const clean = cleanLine(subject);
  const [prefixes = ''] = REPLY_PREFIXES.exec(clean) ?? [];
  if (prefixes === '') return `Re: ${clean}`.trim();
  const [first = ''] = REPLY_PREFIX.exec(prefixes) ?? [];
  return `${first.trim()} ${clean.slice(prefixes.length)}`.trim();
}

function originalOf({ threadId, payload, labelIds = [] }: Message): OriginalMail {
  const label = labelIds.find((one) => NO_PARENTS.has(one));
  if (label !== undefined) {
    throw invalid(
      'labelIds',
      `has ${label}: reply to a message of the thread that is neither draft, trash nor spam`,
    );
  }
  const header = (wanted: string): string | undefined =>
    payload?.headers?.find(({ name }) => name.toLowerCase() === wanted)?.value;
  const messageId = header('message-id');
  if (messageId === undefined)
    throw invalid('payload.headers', 'has no Message-ID: read it as metadata or full');
  return { threadId, messageId, references: header('references'), subject: header('subject') };
}
