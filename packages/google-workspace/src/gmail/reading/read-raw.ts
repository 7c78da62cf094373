import type { Attachment } from 'postal-mime';
import type { MessageHeader } from '../messages/message.ts';
import type { ReadAttachment, ReadMail } from './mail-content.ts';

/** The header and the content of a mail as it was sent, by postal-mime, which is loaded on first use. */
export async function readRaw(
  bytes: Uint8Array,
): Promise<{ headers: MessageHeader[] } & Pick<ReadMail, 'text' | 'html' | 'attachments' | 'calendar'>> {
  const { default: PostalMime } = await import('postal-mime');
  const mail = await PostalMime.parse(bytes, { forceRfc822Attachments: true });
  const invite = mail.attachments.find(({ mimeType }) => mimeType === 'text/calendar');
  return {
    headers: mail.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
    text: mail.text,
    html: mail.html,
    attachments: mail.attachments.map(attachmentOf),
    calendar: invite && {
      method: invite.method,
      ics: new TextDecoder().decode(bytesOf(invite.content)),
    },
  };
}

function attachmentOf({ filename, mimeType, disposition, contentId, content }: Attachment): ReadAttachment {
  const bytes = bytesOf(content);
  const id = contentId?.replaceAll(/[<>\s]/g, '');
  return {
    filename: filename ?? '',
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
