import type { ReadAttachment, ReadMail } from './mail-content.ts';
import { type ReadablePart, readPart } from './read-part.ts';

/** Fetches an attachment by its id. */
export type LoadAttachment = (id: string) => Promise<Uint8Array>;

type Content = Pick<ReadMail, 'text' | 'html' | 'attachments' | 'calendar'>;

/** The content of a message in the format `full`. Never looks into an attached mail. */
export function readPayload(payload: unknown, load: LoadAttachment): Content {
  const content: Content = { text: undefined, html: undefined, attachments: [], calendar: undefined };
  addPart(readPart(payload), content, load);
  return content;
}

function addPart(part: ReadablePart, content: Content, load: LoadAttachment): void {
  const { mimeType: type, parts, body } = part;
  if (type.startsWith('multipart/')) {
    for (const child of parts) addPart(readPart(child), content, load);
    return;
  }
  // Gmail gives the data of texts in UTF-8, whatever charset the part names: docs/facts/google.md.
  const text = (): string => Buffer.from(body.data ?? '', 'base64url').toString();
  const isFile = isAttachment(part);
  if (type === 'text/plain' && !isFile) content.text = joined(content.text, text());
  else if (type === 'text/html' && !isFile) content.html = joined(content.html, text());
  else {
    if (type === 'text/calendar' && body.data !== undefined) {
      const [, method] = /method="?([\w-]+)/i.exec(headerOf(part, 'content-type')) ?? [];
      content.calendar ??= { method: method?.toUpperCase(), ics: text() };
    }
    content.attachments.push(attachmentOf(part, load));
  }
}

/** A text with a name, or one that says so, is a file. */
function isAttachment(part: ReadablePart): boolean {
  return part.filename !== '' || /^\s*attachment/i.test(headerOf(part, 'content-disposition'));
}

function attachmentOf(part: ReadablePart, load: LoadAttachment): ReadAttachment {
  const { filename, mimeType: contentType, body } = part;
  const { data, attachmentId, size } = body;
  const contentId = headerOf(part, 'content-id').replaceAll(/[<>\s]/g, '');
  const disposition = headerOf(part, 'content-disposition').toLowerCase();
  return {
    filename,
    contentType,
    size,
    contentId: contentId === '' ? undefined : contentId,
    inline: disposition.startsWith('inline') || (contentId !== '' && !disposition.startsWith('attachment')),
    load: async () =>
      attachmentId === undefined
        ? new Uint8Array(Buffer.from(data ?? '', 'base64url'))
        : await load(attachmentId),
  };
}

function headerOf({ headers }: ReadablePart, wanted: string): string {
  return headers.find(({ name }) => name.toLowerCase() === wanted)?.value ?? '';
}

function joined(before: string | undefined, text: string): string {
  return before === undefined ? text : `${before}\n${text}`;
}
