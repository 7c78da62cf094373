import { cleanLine, cleanText } from '@context-sdk/oauth-core/client-kit';
import { InvalidRequestError } from '@context-sdk/oauth-core/errors';
import { checkedId } from '../../input.ts';
import { invalid, unexpected } from '../errors.ts';
import type { Draft, MessageHeader } from '../messages/message.ts';
import { checkedCalendar } from '../mime/calendar-part.ts';
import { checkedHeaders } from '../mime/custom-headers.ts';
import type { Attachment, CalendarPart, Mail } from '../mime/mail.ts';
import type { GmailCall } from '../operations.ts';
import type { ReadMail } from '../reading/mail-content.ts';
import { parseAddresses } from '../reading/parse-addresses.ts';
import { readHead } from '../reading/read-head.ts';
import { readRaw } from '../reading/read-raw.ts';
import { carriedFiles, inlineImages } from '../replying/carried-attachments.ts';
import { writableAddresses } from '../replying/writable-address.ts';
import { sendMail } from '../send-mail.ts';

/** What changes in a draft. A new `text` or `html` replaces both; what is left out stays, thread and attachments included. */
export type DraftChanges = Partial<Omit<Mail, 'threadId'>>;

/** Reads a draft, and writes it with the changes in it. */
export async function editDraft(call: GmailCall, id: string, changes: DraftChanges): Promise<Draft> {
  const params = { id: checkedId(id, 'id', invalid) };
  const response = await call.send('drafts.get', { params: { ...params, format: 'raw' } });
  const mail = await editedMail(response.object<Draft>({ id: 'string', message: 'object' }), changes);
  const knowsFrom = changes.from === undefined;
  const target = {
    name: 'drafts.update',
    params,
    bodyOf: (message: object) => ({ message }),
    knowsFrom,
  } as const;
  return (await sendMail(call, mail, target)).object<Draft>({ id: 'string' });
}

/** The mail of a draft in the format `raw`, with the changes in it. */
async function editedMail({ message }: Draft, changes: DraftChanges): Promise<Mail> {
  if (typeof changes !== 'object' || changes === null) throw invalid('changes', 'is not an object');
  if (Object.values(changes).every((value) => value === undefined)) throw invalid('changes', 'is empty');
  const { headers, ...content } = await readRaw(bytesOf(message.raw));
  const head = readHead(headers, Number.NaN);
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const hasNewText = 'text' in given || 'html' in given;
  const { text, html, ...rest } = await asMail({ ...head, ...content }, headers);
  const bodies = hasNewText ? {} : { text, html };
  const isReply = head.inReplyTo !== undefined;
  return { ...rest, ...bodies, ...given, ...(isReply && { threadId: message.threadId }) };
}

/** What is no mail, which begins with a header, is refused: an empty one would take the place of the user's. */
function bytesOf(raw: unknown): Uint8Array {
  const bytes = Buffer.from(typeof raw === 'string' ? raw : '', 'base64url');
  if (/^[!-9;-~]+:/.test(bytes.toString('latin1', 0, 1000))) return bytes;
  throw unexpected('answered drafts.get without a mail in message.raw', 'message.raw');
}

/** A mail that was read, as one that can be composed: what a mail can't carry is left out, since any program may have written it. */
async function asMail(read: ReadMail, headers: readonly MessageHeader[]): Promise<Mail> {
  const bcc = headers.filter(({ name }) => /^bcc$/i.test(name)).flatMap(({ value }) => parseAddresses(value));
  const [from] = writableAddresses(read.from ? [read.from] : []);
  const calendar = writableCalendar(read.calendar);
  return {
    from,
    to: writableAddresses(read.to),
    cc: writableAddresses(read.cc),
    bcc: writableAddresses(bcc),
    replyTo: writableAddresses(read.replyTo),
    subject: cleanLine(read.subject),
    // postal-mime ends every text with a line end.
    text: read.text && cleanText(read.text).replace(/\n$/, ''),
    html: read.html && cleanText(read.html).replace(/\n$/, ''),
    attachments: await attachmentsOf(read, calendar !== undefined),
    calendar,
    headers: customHeaders(headers),
    inReplyTo: read.inReplyTo,
    references: read.references,
  };
}

async function attachmentsOf(read: ReadMail, hasInvitation: boolean): Promise<Attachment[]> {
  const images = await inlineImages(read, read.html ?? '');
  const files = await carriedFiles(read, images);
  // The invitation is a part of its own.
  return [...images, ...files].filter(({ contentType }) => !hasInvitation || contentType !== 'text/calendar');
}

/** An invitation that mail programs would take for one. Any other stays a file. */
function writableCalendar(calendar: ReadMail['calendar']): CalendarPart | undefined {
  if (calendar?.method === undefined) return undefined;
  try {
    return checkedCalendar({ method: calendar.method, ics: cleanText(calendar.ics) });
  } catch (error) {
    if (error instanceof InvalidRequestError) return undefined;
    throw error;
  }
}

/** The fields that a host may set. */
function customHeaders(headers: readonly MessageHeader[]): Record<string, string> {
  const custom: Record<string, string> = {};
  for (const { name, value } of headers) {
    try {
      checkedHeaders({ [name]: value });
      custom[name] = value;
    } catch {
      // One that only Gmail or this package writes.
    }
  }
  return custom;
}
