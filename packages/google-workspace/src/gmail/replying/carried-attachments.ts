import type { Attachment } from '../mime/mail.ts';
import type { ReadAttachment, ReadMail } from '../reading/mail-content.ts';

const CONTENT_ID = /^[\w.!#$%&'*+/=?^`{|}~@-]{1,200}$/;

/** The pictures of a mail that its quoted HTML shows. */
export async function inlineImages(
  mail: ReadMail,
  html: string,
  before: readonly Attachment[] = [],
): Promise<Attachment[]> {
  const taken = new Set(before.map(({ contentId }) => contentId));
  const shown = mail.attachments.filter(({ contentId }) => {
    if (contentId === undefined || taken.has(contentId) || !html.includes(`cid:${contentId}`)) return false;
    return CONTENT_ID.test(contentId) && Boolean(taken.add(contentId));
  });
  return await Promise.all(shown.map((one) => carried(one, one.contentId)));
}

/** The files of a mail, which a forwarded mail has, too. */
export async function carriedFiles(mail: ReadMail, images: readonly Attachment[]): Promise<Attachment[]> {
  const shown = new Set(images.map(({ contentId }) => contentId));
  const files = mail.attachments.filter(({ contentId }) => contentId === undefined || !shown.has(contentId));
  return await Promise.all(files.map((one) => carried(one, undefined)));
}

async function carried(
  { filename, contentType, load }: ReadAttachment,
  contentId: string | undefined,
): Promise<Attachment> {
  const content = await load();
  return {
    filename: writableFilename(filename, contentType),
    content,
    ...typeOf(contentType, content),
    ...(contentId !== undefined && { contentId }),
  };
}

/** Other programs' names, as far as a header can carry them. */
function writableFilename(filename: string, contentType: string): string {
  const clean = filename
    .toWellFormed()
    .replaceAll(/\p{Cc}+|=\?/gu, ' ')
    .trim()
    .slice(0, 255)
    .toWellFormed();
  if (clean !== '') return clean;
  return contentType === 'message/rfc822' ? 'mail.eml' : 'attachment';
}

/** A type that can be written. An attached mail that can't be sent as it is goes as bytes, which the composer decides by name. */
function typeOf(contentType: string, content: Uint8Array): Pick<Attachment, 'contentType'> {
  const isPlain = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(contentType) && content.byteLength >= 0;
  return isPlain && !/^(?:multipart|message)\//.test(contentType) ? { contentType } : {};
}
