import { invalid } from '../errors.ts';
import { checkedContentType } from './content-type.ts';
import { headerText, looksEncoded } from './header-text.ts';
import type { MailSize } from './mail-size.ts';
import type { Attachment } from './mail.ts';
import { isStreamed, readStream, readWhole, sizeOf } from './read-content.ts';

const FIELDS = new Set(['filename', 'content', 'contentType', 'contentId']);
/** `logo` or `logo@example.org`: what follows `cid:` in HTML. */
const CONTENT_ID = /^[\w.!#$%&'*+/=?^`{|}~@-]{1,200}$/;

/** An attachment with its content in memory. */
export interface ReadAttachment {
  /** Its place in the message, for errors. */
  field: string;
  filename: string;
  contentType: string | undefined;
  contentId: string | undefined;
  isText: boolean;
  content: Uint8Array;
}

/** Throws {@link InvalidRequestError} naming what is wrong, for example `attachments[0].filename`. Reads nothing. */
export function checkAttachments(attachments: unknown): asserts attachments is readonly Attachment[] {
  if (!Array.isArray(attachments)) throw invalid('attachments', 'is not a list');
  const ids = new Set<string>();
  attachments.forEach((attachment: unknown, index) => {
    const at = `attachments[${index}]`;
    checkAttachment(attachment, at);
    const { contentId } = attachment;
    if (contentId === undefined) return;
    if (ids.has(contentId)) throw invalid(`${at}.contentId`, 'is also that of another attachment');
    ids.add(contentId);
  });
}

function checkAttachment(attachment: unknown, at: string): asserts attachment is Attachment {
  if (typeof attachment !== 'object' || attachment === null) throw invalid(at, 'is not an attachment');
  const unknown = Object.keys(attachment).find((name) => !FIELDS.has(name));
  if (unknown !== undefined) throw invalid(`${at}.${unknown}`, 'is not a field of an attachment');
  const { filename, content, contentType, contentId } = attachment as Attachment;
  if (headerText(filename, `${at}.filename`, 255).trim() === '') throw invalid(`${at}.filename`, 'is empty');
  if (looksEncoded(filename)) throw invalid(`${at}.filename`, 'is an encoded word: give the name itself');
  checkedContentType(contentType, `${at}.contentType`);
  if (contentId !== undefined && !CONTENT_ID.test(headerText(contentId, `${at}.contentId`))) {
    throw invalid(`${at}.contentId`, 'is not a content id such as logo');
  }
  sizeOf(content, `${at}.content`);
}

/** Reads every content, once the known sizes are sure to fit into the message. */
export async function readAttachments(
  attachments: readonly Attachment[],
  size: MailSize,
  signal: AbortSignal | undefined,
): Promise<ReadAttachment[]> {
  attachments.forEach(({ content }, index) => {
    const field = `attachments[${index}].content`;
    size.addAttachment(sizeOf(content, field) ?? 0, field);
  });
  const read: ReadAttachment[] = [];
  for (const [index, { content, filename, contentType, contentId }] of attachments.entries()) {
    const field = `attachments[${index}].content`;
    read.push({
      field,
      filename,
      contentType,
      contentId,
      isText: typeof content === 'string',
      content: isStreamed(content)
        ? await readStream(content, { field, size, signal })
        : await readWhole(content, field),
    });
  }
  return read;
}
