import { textToHtml } from '../html/escape-html.ts';
import type { Message } from '../messages/message.ts';
import type { Attachment, Mail } from '../mime/mail.ts';
import type { ReadMail } from '../reading/mail-content.ts';
import type { SendAs } from '../settings/resources.ts';
import { bodyWith } from './body-with.ts';
import { carriedFiles, inlineImages } from './carried-attachments.ts';
import { quotedForward } from './quote.ts';
import { fromOf, replyingAlias } from './replying-alias.ts';
import { forwardSubject } from './subject-prefix.ts';

/** Whom a mail is forwarded to, and with what. */
export interface ForwardInput extends Pick<Mail, 'to' | 'cc' | 'bcc'> {
  /** Above the forwarded mail. */
  text?: string | undefined;
  html?: string | undefined;
  /** Besides those of the mail. */
  attachments?: readonly Attachment[] | undefined;
  /** Whether the files of the mail go along. Its pictures always do. Default: true. */
  originalAttachments?: boolean | undefined;
  /** Whether the signature of the address that it comes from is below the text. Default: false. */
  signature?: boolean | undefined;
  /** IANA: for the date of the mail. Default: `UTC`. */
  timeZone?: string | undefined;
}

/** A mail with another one below, its files and pictures included. Begins a conversation of its own. */
export async function forwardMail(
  original: { message: Message; mail: ReadMail },
  input: ForwardInput,
  addresses: readonly SendAs[],
): Promise<Mail> {
  const { mail } = original;
  const { to, cc, bcc, attachments = [], originalAttachments = true, timeZone = 'UTC' } = input;
  const alias = replyingAlias(original, addresses);
  const signature = input.signature === true ? alias.signature : undefined;
  // A mail in HTML is forwarded as HTML, whatever was written above.
  const needsHtml = input.html === undefined && mail.html !== undefined;
  const written = needsHtml
    ? { ...input, html: `<div dir="ltr">${textToHtml(input.text ?? '')}</div>` }
    : input;
  const body = bodyWith(written, { signature, quoted: quotedForward(mail, timeZone) });
  const images = body.html === undefined ? [] : await inlineImages(mail, body.html, attachments);
  const files = originalAttachments ? await carriedFiles(mail, images) : [];
  const all = [...attachments, ...images, ...files];
  const { replyTo, from } = fromOf(alias);
  return {
    from,
    replyTo,
    to,
    cc,
    bcc,
    subject: forwardSubject(mail.subject),
    ...body,
    ...(all.length > 0 && { attachments: all }),
  };
}
