import { invalid } from '../errors.ts';
import { textToHtml } from '../html/escape-html.ts';
import { decoderOf } from './decode-words.ts';
import { htmlToText } from './html-to-text.ts';
import { invitationOf } from './invitation.ts';
import { OTHER_FORMS, type ReadAttachment, type ReadMail } from './mail-content.ts';
import { type ReadablePart, readPart } from './read-part.ts';
import { unflow } from './unflow.ts';

/** Fetches an attachment by its id. */
export type LoadAttachment = (id: string) => Promise<Uint8Array>;

/** How the attachments of a message are fetched. */
export interface AttachmentLoaders {
  /** A part of the text, while the message is read. */
  now: LoadAttachment;
  /** A file, whenever it is asked for. */
  later: LoadAttachment;
}

type Content = Pick<ReadMail, 'text' | 'html' | 'attachments' | 'calendar'>;

/** A text of a mail: of an alternative, both forms belong together. */
type TextForms = Record<'plain' | 'html', string[]>;

/** What was read so far. */
interface Reading {
  texts: TextForms[];
  attachments: ReadAttachment[];
  calendar: Content['calendar'];
  loaders: AttachmentLoaders | undefined;
}

/** Where a part is. */
interface PartPlace {
  /** Of a part that names none. */
  defaultType: string;
  /** The texts of the alternative that it is in. */
  alternative?: TextForms | undefined;
}

/**
 * The content of a message in the format `full`. Never looks into an attached mail. A text that Gmail gives apart, as it may do with
 * large ones and invitations, is loaded; without loaders it is an attachment.
 */
export async function readPayload(
  payload: unknown,
  loaders: AttachmentLoaders | undefined,
): Promise<Content> {
  const reading: Reading = { texts: [], attachments: [], calendar: undefined, loaders };
  await addPart(readPart(payload), { defaultType: 'text/plain' }, reading);
  const { texts, attachments, calendar } = reading;
  return { text: wholeOf(texts, 'plain'), html: wholeOf(texts, 'html'), attachments, calendar };
}

async function addPart(part: ReadablePart, place: PartPlace, reading: Reading): Promise<void> {
  const { defaultType, alternative } = place;
  const { mimeType = defaultType, parts, body } = part;
  const contentType = headerOf(part, 'content-type');
  const type = contentType === '' && defaultType !== 'text/plain' ? defaultType : mimeType;
  if (type.startsWith('multipart/')) {
    const below: PartPlace = {
      defaultType: type === 'multipart/digest' ? 'message/rfc822' : 'text/plain',
      alternative: type === 'multipart/alternative' ? newText(reading) : alternative,
    };
    for (const child of parts) await addPart(readPart(child), below, reading);
    return;
  }
  if (OTHER_FORMS.has(type) && !isAttachment(part)) return;
  const isShown = (type === 'text/plain' || type === 'text/html') && !isAttachment(part);
  const hasContent = body.data !== undefined || body.attachmentId !== undefined;
  const isInvitation = type === 'text/calendar' && hasContent && reading.calendar === undefined;
  const text = isShown || isInvitation ? await textOf(part, contentType, reading.loaders?.now) : undefined;
  if (text !== undefined && isInvitation) {
    const [, method] = /method="?([\w-]+)/i.exec(contentType) ?? [];
    reading.calendar = invitationOf(text, method);
  }
  if (text === undefined || !isShown) {
    reading.attachments.push(attachmentOf(part, type, reading.loaders?.later));
  } else {
    const forms = alternative ?? newText(reading);
    forms[type === 'text/html' ? 'html' : 'plain'].push(text);
  }
}

function newText({ texts }: Reading): TextForms {
  const forms: TextForms = { plain: [], html: [] };
  texts.push(forms);
  return forms;
}

/**
 * All texts of a mail in one form, if any has it: those that have only the other one are converted. So a list's footer below HTML is not
 * the whole text.
 */
function wholeOf(texts: readonly TextForms[], form: keyof TextForms): string | undefined {
  if (texts.every((forms) => forms[form].length === 0)) return undefined;
  return texts.flatMap((forms) => inForm(forms, form)).join('\n');
}

function inForm(forms: TextForms, form: keyof TextForms): string[] {
  if (forms[form].length > 0) return forms[form];
  return form === 'plain'
    ? forms.html.map(htmlToText)
    : forms.plain.map((text) => `<div>${textToHtml(text)}</div>`);
}

/** Undefined for a text that is not in the message, and can't be loaded. */
async function textOf(
  { body: { data, attachmentId } }: ReadablePart,
  contentType: string,
  load: LoadAttachment | undefined,
): Promise<string | undefined> {
  if (data === undefined && attachmentId !== undefined && load === undefined) return undefined;
  const isApart = data === undefined && attachmentId !== undefined && load !== undefined;
  const bytes = isApart ? await load(attachmentId) : Buffer.from(data ?? '', 'base64url');
  const text = decoded(bytes, contentType);
  const deleteSpace = /;\s*delsp="?yes/i.test(contentType);
  return /;\s*format="?flowed/i.test(contentType) ? unflow(text, { deleteSpace }) : text;
}

/**
 * Gmail gives the data of texts in UTF-8, whatever charset the part names: docs/facts/google.md. Whether it does so with those that it
 * gives apart is not known: what is no UTF-8 is read by the charset.
 */
function decoded(bytes: Uint8Array, contentType: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const [, charset = ''] = /;\s*charset="?([^";\s]+)/i.exec(contentType) ?? [];
    return decoderOf(charset).decode(bytes);
  }
}

const noLoad: LoadAttachment = async () => {
  throw invalid('attachment', 'is not in the message: read it with messages.read, or in the format raw');
};

/** A text with a name, or one that says so, is a file. */
function isAttachment(part: ReadablePart): boolean {
  return part.filename !== '' || /^\s*attachment/i.test(headerOf(part, 'content-disposition'));
}

function attachmentOf(
  part: ReadablePart,
  contentType: string,
  load: LoadAttachment = noLoad,
): ReadAttachment {
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
