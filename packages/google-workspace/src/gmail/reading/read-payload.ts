import type { ReadAttachment, ReadMail } from './mail-content.ts';
import { type ReadablePart, readPart } from './read-part.ts';
import { unflow } from './unflow.ts';

/** Fetches an attachment by its id. */
export type LoadAttachment = (id: string) => Promise<Uint8Array>;

type Content = Pick<ReadMail, 'text' | 'html' | 'attachments' | 'calendar'>;

/** The content of a message in the format `full`. Never looks into an attached mail. */
export function readPayload(payload: unknown, load: LoadAttachment): Content {
  const content: Content = { text: undefined, html: undefined, attachments: [], calendar: undefined };
  addPart(readPart(payload), 'text/plain', content, load);
  return content;
}

/** A part has the default type if it names none. */
function addPart(part: ReadablePart, defaultType: string, content: Content, load: LoadAttachment): void {
  const { mimeType = defaultType, parts, body } = part;
  const contentType = headerOf(part, 'content-type');
  const type = contentType === '' && defaultType !== 'text/plain' ? defaultType : mimeType;
  if (type.startsWith('multipart/')) {
    const typeOfParts = type === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
    for (const child of parts) addPart(readPart(child), typeOfParts, content, load);
    return;
  }
  const text = (): string => textOf(body.data ?? '', contentType);
  const isFile = isAttachment(part);
  if (type === 'text/plain' && !isFile) content.text = joined(content.text, text());
  else if (type === 'text/html' && !isFile) content.html = joined(content.html, text());
  else {
    if (type === 'text/calendar' && body.data !== undefined) {
      const [, method] = /method="?([\w-]+)/i.exec(contentType) ?? [];
      content.calendar ??= { method: method?.toUpperCase(), ics: text() };
    }
    content.attachments.push(attachmentOf(part, type, load));
  }
}

/** Gmail gives the data of texts in UTF-8, whatever charset the part names: docs/facts/google.md. */
function textOf(data: string, contentType: string): string {
  const text = new TextDecoder().decode(Buffer.from(data, 'base64url'));
  const deleteSpace = /;\s*delsp="?yes/i.test(contentType);
  return /;\s*format="?flowed/i.test(contentType) ? unflow(text, { deleteSpace }) : text;
}

/** A text with a name, or one that says so, is a file. */
function isAttachment(part: ReadablePart): boolean {
  return part.filename !== '' || /^\s*attachment/i.test(headerOf(part, 'content-disposition'));
}

function attachmentOf(part: ReadablePart, contentType: string, load: LoadAttachment): ReadAttachment {
  const { filename, body } = part;
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
