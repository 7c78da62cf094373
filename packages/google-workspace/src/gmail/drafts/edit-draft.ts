import { invalid, unexpected } from '../errors.ts';
import type { Draft, MessageHeader } from '../messages/message.ts';
import { checkedHeaders } from '../mime/custom-headers.ts';
import type { Attachment, Mail } from '../mime/mail.ts';
import type { ReadMail } from '../reading/mail-content.ts';
import { parseAddresses } from '../reading/parse-addresses.ts';
import { readHead } from '../reading/read-head.ts';
import { readRaw } from '../reading/read-raw.ts';
import { carriedFiles, inlineImages } from '../replying/carried-attachments.ts';
import { writableAddresses } from '../replying/writable-address.ts';

/** What changes in a draft. A new `text` or `html` replaces both; what is left out stays, thread and attachments included. */
export type DraftChanges = Partial<Omit<Mail, 'threadId'>>;

/** The mail of a draft in the format `raw`, with the changes in it. */
export async function editedMail({ message }: Draft, changes: DraftChanges): Promise<Mail> {
  if (typeof changes !== 'object' || changes === null) throw invalid('changes', 'is not an object');
  if (Object.values(changes).every((value) => value === undefined)) throw invalid('changes', 'is empty');
  // An empty mail would take the place of the user's.
  if (typeof message.raw !== 'string' || message.raw === '')
    throw unexpected('answered drafts.get without a text in message.raw', 'message.raw');
  const { headers, ...content } = await readRaw(Buffer.from(message.raw, 'base64url'));
  const head = readHead(headers, Number.NaN);
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const hasNewText = 'text' in given || 'html' in given;
  const { text, html, ...rest } = await asMail({ ...head, ...content }, headers);
  const bodies = hasNewText ? {} : { text, html };
  const isReply = head.inReplyTo !== undefined;
  return { ...rest, ...bodies, ...given, ...(isReply && { threadId: message.threadId }) };
}

/** A mail that was read, as one that can be composed. */
async function asMail(read: ReadMail, headers: readonly MessageHeader[]): Promise<Mail> {
  const bcc = headers.filter(({ name }) => /^bcc$/i.test(name)).flatMap(({ value }) => parseAddresses(value));
  const [from] = writableAddresses(read.from ? [read.from] : []);
  return {
    from,
    to: writableAddresses(read.to),
    cc: writableAddresses(read.cc),
    bcc: writableAddresses(bcc),
    replyTo: writableAddresses(read.replyTo),
    subject: read.subject,
    // postal-mime ends every text with a line end.
    text: read.text?.replace(/\n$/, ''),
    html: read.html?.replace(/\n$/, ''),
    attachments: await attachmentsOf(read),
    calendar:
      read.calendar?.method === undefined ? undefined : { ...read.calendar, method: read.calendar.method },
    headers: customHeaders(headers),
    inReplyTo: read.inReplyTo,
    references: read.references,
  };
}

async function attachmentsOf(read: ReadMail): Promise<Attachment[]> {
  const images = await inlineImages(read, read.html ?? '');
  const files = await carriedFiles(read, images);
  // The invitation is a part of its own.
  return [...images, ...files].filter(
    ({ contentType }) => read.calendar === undefined || contentType !== 'text/calendar',
  );
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
