import type { Attachment, Mail } from '@context-sdk/google-workspace';
import * as fc from 'fast-check';

/** A mail as any reader should understand it. */
export interface MailAsRead {
  from: Mailbox;
  to: Mailbox[];
  cc: Mailbox[];
  bcc: Mailbox[];
  replyTo: Mailbox[];
  subject: string;
  note: string;
  text: string;
  html: string;
  calendar: string;
  files: FileAsRead[];
}

export type Mailbox = [name: string, address: string];

export interface FileAsRead {
  name: string;
  /** In base64. */
  content: string;
}

/** A mail for the composer, and what readers should read. */
export interface RoundTrip {
  mail: Mail;
  expected: MailAsRead;
}

const LETTERS = [
  ...'abcXYZ019 -_.',
  ...'",;:<>()@[]\\=?%*\'/+!#$&',
  ...'äßéÅñ',
  ...'東京日本語',
  ...'Привет',
  ...'שלוםمرحبا',
  '🚀',
  '👩‍👩‍👧',
  'e\u0301',
];
const character = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...'abcdefgh ') },
  fc.constantFrom(...LETTERS),
);
/** Blanks beside each other and at the ends are no part of a name. What looks encoded is refused, and tested elsewhere. */
const words = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(character, { maxLength })
    .map((letters) => letters.join('').replaceAll('=?', '=').replaceAll(/ +/g, ' ').trim());

const anyAddress = fc.constantFrom(
  'a@example.org',
  'ada.lovelace+tag@mail.example.com',
  '"ada[l"@example.net',
  `${'x'.repeat(60)}@example.org`,
  "o'hara@example.org",
);
const mailbox: fc.Arbitrary<Mailbox> = fc.tuple(words(40), anyAddress);
const mailboxes = fc.array(mailbox, { maxLength: 4 });
const body = fc
  .array(words(120), { maxLength: 6 })
  .map((lines) => lines.join('\n').trimEnd())
  .filter((text) => text.length > 0);
const attachment: fc.Arbitrary<Attachment & { content: Uint8Array<ArrayBuffer> }> = fc.record({
  filename: words(60).map((name) => `${name}a.bin`),
  content: fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes)),
  contentType: fc.constantFrom('application/pdf', 'image/png', 'application/octet-stream'),
});

const parts = fc.record({
  from: words(40),
  to: mailboxes,
  cc: mailboxes,
  bcc: mailboxes,
  replyTo: fc.array(mailbox, { maxLength: 2 }),
  subject: words(200),
  note: words(150),
  text: body,
  html: fc.option(
    body.map((text) => `<p>${text}</p>`),
    { nil: undefined },
  ),
  summary: fc.option(words(60), { nil: undefined }),
  files: fc.array(attachment, { maxLength: 3 }),
  inline: fc.boolean(),
});

/** Mails with names, texts and files of any script, invitations and long fields. */
export const anyMail: fc.Arbitrary<RoundTrip> = parts.map(
  ({ from, to, cc, bcc, replyTo, subject, note, text, html, summary, files, inline }) => {
    const asAddresses = (list: Mailbox[]): { name: string; address: string }[] =>
      list.map(([name, one]) => ({ name, address: one }));
    const ics =
      summary === undefined ? '' : `BEGIN:VCALENDAR\nMETHOD:REQUEST\nX-NOTE:${summary}\nEND:VCALENDAR`;
    const attachments = files.map((one, index) =>
      inline && html !== undefined && index === 0 ? { ...one, contentId: 'picture' } : one,
    );
    return {
      mail: {
        from: { name: from, address: 'alias@example.org' },
        to: asAddresses(to),
        cc: asAddresses(cc),
        bcc: asAddresses(bcc),
        replyTo: asAddresses(replyTo),
        subject,
        text,
        html,
        attachments,
        ...(summary !== undefined && { calendar: { method: 'REQUEST', ics } }),
        ...(note !== '' && { headers: { 'X-Note': note } }),
      },
      expected: {
        from: [from, 'alias@example.org'],
        to,
        cc,
        bcc,
        replyTo,
        subject,
        note,
        text,
        html: html ?? '',
        calendar: ics,
        files: files.map(({ filename, content }) => ({
          name: filename,
          content: Buffer.from(content).toString('base64'),
        })),
      },
    };
  },
);

/** With LF at each line's end, and none at the end: transport decides about those. */
export function withoutEnd(text: string | undefined): string {
  return (text ?? '').replaceAll('\r\n', '\n').trimEnd();
}

/** The same with names that have no blanks. */
export function withTightNames(read: MailAsRead): MailAsRead {
  const tight = ([name, address]: Mailbox): Mailbox => [name.replaceAll(' ', ''), address];
  const { from, to, cc, bcc, replyTo } = read;
  return {
    ...read,
    from: tight(from),
    to: to.map(tight),
    cc: cc.map(tight),
    bcc: bcc.map(tight),
    replyTo: replyTo.map(tight),
  };
}
