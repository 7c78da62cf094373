import { simpleParser } from 'mailparser';
import { decodeWords } from 'postal-mime';
import {
  type FileSummary,
  type MailSummary,
} from '../../../packages/google-workspace/test/corpus/corpus-mail.ts';
import {
  addressText,
  comparable,
  fileSummary,
} from '../../../packages/google-workspace/test/corpus/summaries.ts';
import {
  type MailAsRead,
  type Mailbox,
  withoutEnd,
} from '../../../packages/google-workspace/test/round-trip/any-mail.ts';

/** Without these, it adds text made of HTML, and HTML made of text. */
const AS_IT_IS = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipImageLinks: true,
  skipTextLinks: true,
  keepCidLinks: true,
};

interface ParsedAddress {
  name?: string;
  address?: string;
  group?: ParsedAddress[];
}

interface ParsedField {
  value: ParsedAddress[];
}

/** What mailparser makes of a mail of the corpus. */
export async function mailparserSummary(source: Buffer): Promise<MailSummary> {
  const mail = await simpleParser(source, AS_IT_IS);
  return {
    from: addressesOf(mail.from)[0] ?? '',
    to: addressesOf(mail.to),
    cc: addressesOf(mail.cc),
    replyTo: addressesOf(mail.replyTo),
    subject: mail.subject ?? '',
    date: mail.date?.toISOString(),
    text: comparable(mail.text),
    html: comparable(mail.html === false ? undefined : mail.html),
    files: mail.attachments.map(({ filename, contentType, content }): FileSummary =>
      fileSummary(filename ?? '', contentType ?? '', content),
    ),
  };
}

/** What mailparser makes of a mail that was composed. */
export async function readByMailparser(source: Buffer): Promise<MailAsRead> {
  const mail = await simpleParser(source, AS_IT_IS);
  const invite = mail.attachments.find(({ contentType }) => contentType === 'text/calendar');
  return {
    from: mailboxesOf(mail.from)[0] ?? ['', ''],
    to: mailboxesOf(mail.to),
    cc: mailboxesOf(mail.cc),
    bcc: mailboxesOf(mail.bcc),
    replyTo: mailboxesOf(mail.replyTo),
    subject: mail.subject ?? '',
    // mailparser decodes the fields that it knows.
    note: decodeWords(lineOf(mail.headers.get('x-note'))),
    text: withoutEnd(mail.text),
    html: withoutEnd(mail.html === false ? '' : mail.html),
    calendar: withoutEnd(invite?.content.toString()),
    files: mail.attachments
      .filter((one) => one !== invite)
      .map(({ filename, content }) => ({ name: filename ?? '', content: content.toString('base64') })),
  };
}

function addressesOf(fields: ParsedField | ParsedField[] | undefined): string[] {
  return mailboxesOf(fields).map(([name, address]) => addressText({ name, address }));
}

function mailboxesOf(fields: ParsedField | ParsedField[] | undefined): Mailbox[] {
  return [fields ?? []].flat().flatMap(({ value }) => value.flatMap(flat));
}

function flat({ name = '', address = '', group }: ParsedAddress): Mailbox[] {
  if (group !== undefined) return group.flatMap(flat);
  return address === '' ? [] : [[name, address]];
}

function lineOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
