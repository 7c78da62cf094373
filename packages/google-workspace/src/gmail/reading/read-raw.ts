import { cleanLine } from '@context-sdk/oauth-core/client-kit';
import type { Attachment, Email } from 'postal-mime';
import { invalid } from '../errors.ts';
import type { MessageHeader } from '../messages/message.ts';
import { invitationOf } from './invitation.ts';
import { OTHER_FORMS, type ReadAttachment, type ReadMail } from './mail-content.ts';

/** The header and the content of a mail as it was sent, by postal-mime, which is loaded on first use. */
export async function readRaw(
  bytes: Uint8Array,
): Promise<{ headers: MessageHeader[] } & Pick<ReadMail, 'text' | 'html' | 'attachments' | 'calendar'>> {
  const mail = await parse(bytes);
  const texts = mail.attachments
    .filter(isText)
    .map(({ content }) => new TextDecoder().decode(bytesOf(content)));
  const invite = mail.attachments.find(({ mimeType }) => mimeType === 'text/calendar');
  return {
    headers: mail.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
    text: texts.length === 0 ? mail.text : [mail.text ?? '', ...texts].join(''),
    html: mail.html,
    attachments: mail.attachments.filter((one) => !isText(one) && !isOtherForm(one)).map(attachmentOf),
    calendar: invite && invitationOf(new TextDecoder().decode(bytesOf(invite.content)), invite.method),
  };
}

/** The bytes are in memory already, so a header may be as long as they are. */
async function parse(bytes: Uint8Array): Promise<Email> {
  const { default: PostalMime } = await import('postal-mime');
  const options = { forceRfc822Attachments: true, maxHeadersSize: bytes.byteLength + 1 };
  return await PostalMime.parse(bytes, options).catch((error: unknown) => {
    const [depth] = /nesting depth of \d+ levels/i.exec(String(error)) ?? [];
    if (depth === undefined) throw error;
    throw invalid('raw', `can't be read: its parts exceed a ${depth}`);
  });
}

/** A type that can't be one means plain text. https://www.rfc-editor.org/rfc/rfc2045#section-5.2 */
function isText({ mimeType, filename, disposition }: Attachment): boolean {
  return !mimeType.includes('/') && !filename && disposition !== 'attachment';
}

function isOtherForm({ mimeType, filename, disposition }: Attachment): boolean {
  return OTHER_FORMS.has(mimeType) && !filename && disposition !== 'attachment';
}

function attachmentOf({ filename, mimeType, disposition, contentId, content }: Attachment): ReadAttachment {
  const bytes = bytesOf(content);
  const id = contentId?.replaceAll(/[<>\s]/g, '');
  return {
    filename: cleanLine(filename ?? ''),
    contentType: mimeType,
    size: bytes.byteLength,
    contentId: id,
    inline: disposition === 'inline' || (id !== undefined && disposition !== 'attachment'),
    load: async () => bytes,
  };
}

function bytesOf(content: Attachment['content']): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
}
