import { invalid } from '../errors.ts';
import type { Message } from '../messages/message.ts';
import { replyTo } from '../messages/reply-to.ts';
import type { Attachment, Mail } from '../mime/mail.ts';
import type { ReadMail } from '../reading/mail-content.ts';
import type { SendAs } from '../settings/resources.ts';
import { bodyWith } from './body-with.ts';
import { inlineImages } from './carried-attachments.ts';
import { ownAddresses } from './own-addresses.ts';
import { quotedReply } from './quote.ts';
import { replyRecipients } from './reply-recipients.ts';
import { fromOf, replyingAlias } from './replying-alias.ts';

/** What a reply says, and how. */
export interface ReplyInput {
  text?: string | undefined;
  html?: string | undefined;
  /** Whether everybody in To and Cc gets it, too. Default: false. */
  all?: boolean | undefined;
  /** Whether the mail that it answers is below, as Gmail quotes it. Default: true. */
  quote?: boolean | undefined;
  /** Whether the signature of the address that it comes from is below the text. Default: false. */
  signature?: boolean | undefined;
  attachments?: readonly Attachment[] | undefined;
  /** IANA: for the date in the quote. Default: `UTC`. */
  timeZone?: string | undefined;
}

/** The reply to a mail, from the address that received it. */
export async function replyMail(
  { message, mail }: { message: Message; mail: ReadMail },
  input: ReplyInput,
  addresses: readonly SendAs[],
): Promise<Mail> {
  const { all = false, quote = true, signature = false, attachments = [], timeZone = 'UTC' } = input;
  const isOwn = ownAddresses(addresses.map(({ sendAsEmail }) => sendAsEmail));
  const { to, cc } = replyRecipients(mail, isOwn, all);
  if (to.length === 0) throw invalid('to', 'is empty: the mail names no address that a reply could go to');
  const alias = replyingAlias({ message, mail }, addresses);
  const quoted = quote ? quotedReply(mail, timeZone) : undefined;
  const body = bodyWith(input, { signature: signature ? alias.signature : undefined, quoted });
  const { threadId, inReplyTo, references, subject } = replyTo(message);
  const images = body.html === undefined || !quote ? [] : await inlineImages(mail, body.html, attachments);
  return {
    ...fromOf(alias),
    to,
    ...(cc.length > 0 && { cc }),
    subject,
    ...body,
    threadId,
    inReplyTo,
    references,
    ...(attachments.length + images.length > 0 && { attachments: [...attachments, ...images] }),
  };
}
