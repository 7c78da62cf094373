import type { MailComposerAttachment, MailComposerOptions } from 'nodemailer/lib/mail-composer';
import type MimeNode from 'nodemailer/lib/mime-node';
import { invalid } from '../errors.ts';
import { type ReadAttachment, readAttachments } from './attachments.ts';
import { type CheckedMail, checkMail } from './check-mail.ts';
import { asUtf8, canStayUnencoded, isAscii, isMailType } from './content-type.ts';
import { checkSizeOf, MailSize } from './mail-size.ts';
import type { Mail } from './mail.ts';

/** The part of nodemailer that we use: it composes messages, and sends none. */
interface Composer {
  compile(options: MailComposerOptions): MimeNode;
  /** The content type by a file name's ending. */
  typeOf(filename: string): string;
}

/**
 * The message as RFC 5322 text, Bcc included, since Gmail reads the recipients from it. Throws {@link InvalidRequestError}
 * naming the part that can't be sent; a stream's own failure and the signal's reason are thrown as they are.
 */
export async function compose(mail: Mail, signal?: AbortSignal): Promise<Uint8Array> {
  const checked = checkMail(mail);
  const size = new MailSize();
  size.addBody(checked.text, 'text');
  size.addBody(checked.html, 'html');
  size.addBody(checked.calendar?.ics, 'calendar');
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
    ...composerOptions(mail),
    attachments: attachments.map((attachment) => part(composer, attachment, mail.html !== undefined)),
  });
  eachPart(node, mendHeader);
  node.keepBcc = true;
  // A field without a value is left out, so that Gmail gives the message an id.
  if (mail.messageId === undefined) node.setHeader('Message-ID', { value: '' });
  for (const [name, value] of mail.headers) node.addHeader(name, { prepared: true, foldLines: true, value });
  return await node.build();
}

function eachPart(node: MimeNode, visit: (node: MimeNode) => void): void {
  visit(node);
  for (const child of node.childNodes) eachPart(child, visit);
}

function mendHeader(node: MimeNode): void {
  const original = node.buildHeaders.bind(node);
  node.buildHeaders = () => quoteNames(beginOnFirstLine(original()));
}

/** nodemailer moves a word that is too long for the first line of a field to the next, and some readers take the field for empty. */
function beginOnFirstLine(header: string): string {
  return header.replaceAll(/^([!-9;-~]+:)[ \t]*\r\n[ \t]+/gm, '$1 ');
}

/** nodemailer leaves `filename=a*b` without quotes, and some readers take it for a piece of a name (RFC 2231). */
function quoteNames(header: string): string {
  return header.replaceAll(/^Content-(?:Type|Disposition):.*(?:\r\n[ \t].*)*/gm, (field) =>
    field.replaceAll(/(\s(?:file)?name=)([^\s";]*\*[^\s";]*)/g, '$1"$2"'),
  );
}

function composerOptions(mail: CheckedMail): MailComposerOptions {
  const { from, to, cc, bcc, replyTo, subject, text, html, inReplyTo, references, messageId, date } = mail;
  const { calendar } = mail;
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
    alternatives: calendar && [
      {
        contentType: `text/calendar; charset=utf-8; method=${calendar.method}`,
        contentTransferEncoding: 'base64',
        content: calendar.ics,
      },
    ],
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/**
 * A part of the message, with every field that nodemailer would guess otherwise. All parts are in base64, except for a message
 * inside the message, which must not be encoded. Only what the HTML shows is inline: readers add other inline parts to the text.
 */
function part(
  composer: Composer,
  { field, filename, contentType, contentId, isText, content }: ReadAttachment,
  hasHtml: boolean,
): MailComposerAttachment {
  const guessed = contentType ?? composer.typeOf(filename);
  const fits = !isMailType(guessed) || canStayUnencoded(content);
  if (!fits && contentType !== undefined) {
    throw invalid(
      field,
      `can't be sent as ${contentType}, which must not be encoded: use application/octet-stream`,
    );
  }
  const type = fits ? (isText ? asUtf8(guessed) : guessed) : 'application/octet-stream';
  return {
    filename,
    contentType: type,
    contentDisposition: contentId !== undefined && hasHtml ? 'inline' : 'attachment',
    contentTransferEncoding: isMailType(type) ? (isAscii(content) ? '7bit' : '8bit') : 'base64',
    content: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
    ...(contentId !== undefined && { cid: contentId }),
  };
}

/** nodemailer, loaded with the first mail: a process that only reads never needs it. */
async function loadComposer(): Promise<Composer> {
  const [{ default: MailComposer }, { detectMimeType }] = await Promise.all([
    import('nodemailer/lib/mail-composer'),
    import('nodemailer/lib/mime-funcs'),
  ]);
  return {
    compile: (options) => new MailComposer(options).compile(),
    typeOf: (filename) => detectMimeType(filename),
  };
}
