import type { MailComposerAttachment, MailComposerOptions } from 'nodemailer/lib/mail-composer';
import { readAttachments, type ReadAttachment } from './attachments.ts';
import { type CheckedMail, checkMail } from './check-mail.ts';
import { ofText } from './content-type.ts';
import { isMailType, standsAsItIs } from './embedded-mail.ts';
import { type Composer, loadComposer } from './load-composer.ts';
import type { Mail } from './mail.ts';
import { checkSizeOf, MailSize } from './mail-size.ts';
import { refused } from './refused.ts';

/**
 * The mail as RFC 5322 text, Bcc included, since Gmail takes the recipients from it. Throws {@link InvalidRequestError}
 * naming the part that can't be sent; a stream's own failure, and the signal's reason, pass as they are.
 */
export async function compose(mail: Mail, signal?: AbortSignal): Promise<Uint8Array> {
  const checked = checkMail(mail);
  const size = new MailSize();
  size.addBody(checked.text, 'text');
  size.addBody(checked.html, 'html');
  const attachments = await readAttachments(checked.attachments, size, signal);
  const composer = await loadComposer();
  signal?.throwIfAborted();
  const bytes = await build(composer, checked, attachments);
  checkSizeOf(bytes);
  return bytes;
}

async function build(
  composer: Composer,
  mail: CheckedMail,
  attachments: readonly ReadAttachment[],
): Promise<Uint8Array> {
  const node = composer.compile({
    ...options(mail),
    attachments: attachments.map((attachment) => part(composer, attachment)),
  });
  node.keepBcc = true;
  // A field without a value is left out, so that Gmail gives the mail its id.
  if (mail.messageId === undefined) node.setHeader('Message-ID', { value: '' });
  for (const [name, value] of mail.headers) node.addHeader(name, { prepared: true, foldLines: true, value });
  return await node.build();
}

function options(mail: CheckedMail): MailComposerOptions {
  const { from, to, cc, bcc, replyTo, subject, text, html, inReplyTo, references, messageId, date } = mail;
  return {
    from,
    to,
    cc,
    bcc,
    replyTo,
    subject,
    text,
    html,
    inReplyTo,
    references,
    messageId,
    date,
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** A part of the mail: nodemailer encodes all in base64 but a mail inside the mail, which nobody may encode. */
function part(
  composer: Composer,
  { field, filename, contentType, contentId, isText, content }: ReadAttachment,
): MailComposerAttachment {
  const guessed = contentType ?? composer.typeOf(filename);
  const fits = !isMailType(guessed) || standsAsItIs(content);
  if (!fits && contentType !== undefined) {
    throw refused(
      field,
      `can't be sent as ${contentType}, which may not be encoded: use application/octet-stream`,
    );
  }
  return {
    filename,
    contentType: fits ? (isText ? ofText(guessed) : guessed) : 'application/octet-stream',
    content: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
    ...(contentId !== undefined && { cid: contentId }),
  };
}
