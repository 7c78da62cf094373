import type { MailAddress, ReadMail } from '@context-sdk/google-workspace';
import type { Address, Email } from 'postal-mime';
import type { FileSummary, MailSummary } from './corpus-mail.ts';

export async function summaryOf(read: ReadMail): Promise<MailSummary> {
  const { from, to, cc, replyTo, subject, date, text, html, attachments } = read;
  return {
    from: from === undefined ? '' : addressText(from),
    to: to.map(addressText),
    cc: cc.map(addressText),
    replyTo: replyTo.map(addressText),
    subject,
    date: date?.toISOString(),
    text: comparable(text),
    html: comparable(html),
    files: await Promise.all(
      attachments.map(async ({ filename, contentType, load }) =>
        fileSummary(filename, contentType, await load()),
      ),
    ),
  };
}

export function postalMimeSummary(mail: Email): MailSummary {
  const { from, to = [], cc = [], replyTo = [], subject = '', date, text, html, attachments } = mail;
  const flat = (list: Address[]): string[] =>
    list.flatMap((one) => (one.group ?? [one]).map(({ name, address }) => addressText({ name, address })));
  return {
    from: from === undefined ? '' : (flat([from])[0] ?? ''),
    to: flat(to),
    cc: flat(cc),
    replyTo: flat(replyTo),
    subject,
    date,
    text: comparable(text),
    html: comparable(html),
    files: attachments.map(({ filename, mimeType, content }) =>
      fileSummary(
        filename ?? '',
        mimeType,
        typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content),
      ),
    ),
  };
}

export function addressText({ name, address }: MailAddress): string {
  return name === '' ? address : `${name} <${address}>`;
}

export function comparable(text: string | undefined): string | undefined {
  const lines = text?.replaceAll(/\r\n/g, '\n').trimEnd();
  return lines === '' ? undefined : lines;
}

export function fileSummary(name: string, type: string, content: Uint8Array): FileSummary {
  const isText = /^(?:text|message)\//.test(type);
  const bytes = Buffer.from(content);
  return { name, type, content: isText ? (comparable(bytes.toString()) ?? '') : bytes.toString('base64') };
}
