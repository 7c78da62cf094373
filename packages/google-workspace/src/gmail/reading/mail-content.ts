import type { MailAddress } from './parse-addresses.ts';

/** A file in a received mail. */
export interface ReadAttachment {
  /** Empty if the mail names none. */
  filename: string;
  /** In lower case, without parameters: `application/pdf`. An attached mail is `message/rfc822`. */
  contentType: string;
  /** Bytes, decoded. */
  size: number;
  /** Without brackets: what follows `cid:` in HTML. */
  contentId: string | undefined;
  /** Whether the mail shows it within its text. */
  inline: boolean;
  /**
   * Its bytes: from the message, or by one request. Of a mail in the format `raw`, attached mails and invitations have LF line ends.
   * Throws
   * {@link InvalidRequestError} if neither is possible.
   */
  load(): Promise<Uint8Array>;
}

/** A received mail, read. Fields that the mail lacks are undefined or empty. */
export interface ReadMail {
  from: MailAddress | undefined;
  to: MailAddress[];
  cc: MailAddress[];
  replyTo: MailAddress[];
  subject: string;
  /** When it was sent, by its own header; else when Gmail received it. */
  date: Date | undefined;
  /** With brackets. */
  messageId: string | undefined;
  inReplyTo: string | undefined;
  references: string[];
  /** As it was received. */
  listUnsubscribe: string | undefined;
  text: string | undefined;
  html: string | undefined;
  attachments: ReadAttachment[];
  /** An invitation, or an answer to one. */
  calendar: { method: string | undefined; ics: string } | undefined;
}

/** The part of a mail that comes from its header. */
export type MailHead = Omit<ReadMail, 'text' | 'html' | 'attachments' | 'calendar'>;

/** Forms of a text that some programs show in its place: of AMP, and of Apple's watch. Without a name they are no files. */
export const OTHER_FORMS: ReadonlySet<string> = new Set(['text/x-amp-html', 'text/watch-html']);
