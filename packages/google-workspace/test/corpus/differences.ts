import type { MailSummary } from './corpus-mail.ts';

/** A reader that `readMail` of a raw message is compared with. `full`: `messages.read`, from what Gmail parsed. */
export type OtherReader = 'full' | 'postal-mime' | 'mailparser';

/** Where another reader has another opinion, and why ours is as it is. */
interface Difference {
  mails: readonly string[];
  readers: readonly OtherReader[];
  fields: readonly (keyof MailSummary)[];
  why: string;
}

const DIFFERENCES: readonly Difference[] = [
  {
    mails: ['charset x-unknown in quoted-printable', 'charset us-ascii, and yet UTF-8'],
    readers: ['full', 'mailparser'],
    fields: ['text'],
    why: 'postal-mime reads such a text as Windows-1252; the others guess UTF-8, as the sandbox does for Gmail',
  },
  {
    mails: ['AMP beside HTML'],
    readers: ['postal-mime', 'mailparser'],
    fields: ['files'],
    why: 'a third form of the text is no file',
  },
  {
    mails: ['a byte order mark'],
    readers: ['mailparser'],
    fields: ['text'],
    why: 'the mark is no part of the text',
  },
  {
    mails: ['blanks at the end of quoted-printable lines'],
    readers: ['full', 'mailparser'],
    fields: ['text'],
    why: 'postal-mime keeps blanks that RFC 2045 §6.7 tells to delete',
  },
  {
    mails: ['flowed quotes'],
    readers: ['full', 'mailparser'],
    fields: ['text'],
    why: 'postal-mime joins quoted lines without regard to their marks',
  },
  {
    mails: [
      'two texts around a picture',
      'an inline text without a name',
      'two HTML parts',
      'HTML above a list’s footer',
      'alternatives above a list’s footer',
    ],
    readers: ['full', 'mailparser'],
    fields: ['text', 'html'],
    why: 'postal-mime has an empty line between the texts of two parts, mailparser a line break of HTML',
  },
  {
    mails: ['a file without type'],
    readers: ['mailparser'],
    fields: ['files'],
    why: 'text/plain is the default (RFC 2045 §5.2), mailparser guesses',
  },
  {
    mails: ['signed by PGP', 'encrypted by PGP', 'an invitation, again as a file'],
    readers: ['full', 'mailparser'],
    fields: ['files'],
    why: 'postal-mime ends the last line of what has no transfer encoding, and of an invitation, with LF',
  },
  {
    mails: ['a type without subtype'],
    readers: ['postal-mime', 'mailparser'],
    fields: ['text', 'files'],
    why: 'a type that can’t be one means text/plain (RFC 2045 §5.2), as Python reads it; the others make a file of it',
  },
  {
    mails: ['no MIME at all', 'no date'],
    readers: ['postal-mime', 'mailparser'],
    fields: ['date'],
    why: 'a mail without Date has the time at which Gmail received it',
  },
  {
    mails: ['a mail that is shown inline', 'a digest'],
    readers: ['mailparser'],
    fields: ['text', 'files'],
    why: 'a mail in a mail is an attachment, and its text stays there',
  },
  {
    mails: ['a delivery report', 'a delivery report with headers alone'],
    readers: ['mailparser'],
    fields: ['text', 'files'],
    why: 'the status is for programs: it is an attachment and no text',
  },
  {
    mails: ['subject: a character cut between words', 'subject: an emoji cut between words'],
    readers: ['full'],
    fields: ['subject'],
    why: 'the sandbox decodes each word alone, since RFC 2047 §5 forbids to cut a character; what Gmail does is not known',
  },
  {
    mails: ['subject: folded'],
    readers: ['postal-mime'],
    fields: ['subject'],
    why: 'a tab of a fold is a blank',
  },
  {
    mails: ['to: a comment in a comment', 'to: words without an address', 'to: a route'],
    readers: ['postal-mime'],
    fields: ['to'],
    why: 'postal-mime knows neither comments in comments nor routes, and lists words without an address',
  },
  {
    mails: ['to: an encoded name that holds a bracketed address'],
    readers: ['full'],
    fields: ['to'],
    why: 'Gmail gives names decoded and without quotes; the address is right in each',
  },
  {
    mails: ['to: punycode'],
    readers: ['mailparser'],
    fields: ['to'],
    why: 'an address stays as it was written: a name in other letters can look like another domain',
  },
  {
    mails: ['to: a quoted local part'],
    readers: ['postal-mime'],
    fields: ['to'],
    why: 'without its quotes it is no address',
  },
  {
    mails: ['to: no closing quote'],
    readers: ['mailparser'],
    fields: ['to'],
    why: 'the address in brackets counts',
  },
  {
    mails: ['to: the address as name'],
    readers: ['postal-mime', 'mailparser'],
    fields: ['to'],
    why: 'the name is as it was written',
  },
  {
    mails: ['to: doubled brackets', 'to: mailto'],
    readers: ['postal-mime', 'mailparser'],
    fields: ['to'],
    why: 'neither the bracket nor the scheme belongs to name or address',
  },
  {
    mails: ['file name: blanks without quotes'],
    readers: ['full'],
    fields: ['files'],
    why: 'the sandbox ends a token at a blank, by RFC 2045 §5.1; what Gmail does is not known',
  },
  {
    mails: ['file name: percent signs that are no code'],
    readers: ['mailparser'],
    fields: ['files'],
    why: 'a percent sign without digits stays one',
  },
];

/** The fields in which the reader may, and has to, differ. */
export function explainedFields(mail: string, reader: OtherReader): (keyof MailSummary)[] {
  return DIFFERENCES.filter(({ mails, readers }) => mails.includes(mail) && readers.includes(reader)).flatMap(
    ({ fields }) => fields,
  );
}

/** Names in the table that no mail has. */
export function strangers(names: readonly string[]): string[] {
  return DIFFERENCES.flatMap(({ mails }) => mails).filter((mail) => !names.includes(mail));
}
