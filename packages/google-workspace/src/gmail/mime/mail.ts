import type { Instant } from '@context-sdk/oauth-core/client-kit';

/** Where a message is sent: `ada@example.org`, `Ada <ada@example.org>`, or name and address separately. Exactly one address. */
export type Address = string | { name?: string | undefined; address: string };

/**
 * The content of an attachment. Streams, including Node's, are read once, before anything is sent. A file or URL can't be
 * named: text from elsewhere must not choose what this process reads.
 */
export type AttachmentContent =
  string | Uint8Array | ArrayBuffer | Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array | string>;

/** A file in a message. */
export interface Attachment {
  /** At most 255 characters, of any script. */
  filename: string;
  /** Arrives unchanged, byte by byte; a string as UTF-8. */
  content: AttachmentContent;
  /** For example `application/pdf`. `multipart/*` is refused. Default: by the file name's ending. */
  contentType?: string | undefined;
  /** Makes it an inline image of `html`: `contentId: 'logo'` is `<img src="cid:logo">`. */
  contentId?: string | undefined;
}

/** A calendar text in a message. */
export interface CalendarPart {
  method: string;
  /** RFC 5545. Line ends of any kind become CRLF. */
  ics: string;
}

/**
 * A message to draft or send. Text that would break out of its header is refused by name, never changed.
 */
export interface Mail {
  /** With `cc` and `bcc` at most 500 recipients. */
  to?: Address | readonly Address[] | undefined;
  cc?: Address | readonly Address[] | undefined;
  bcc?: Address | readonly Address[] | undefined;
  replyTo?: Address | readonly Address[] | undefined;
  /** An alias of the user's. Default: their own address. */
  from?: Address | undefined;
  subject: string;
  /** Line endings of any kind become CRLF. */
  text?: string | undefined;
  /** With `text` both are sent, as alternatives. */
  html?: string | undefined;
  attachments?: readonly Attachment[] | undefined;
  /**
   * An invitation, or an answer to one: an alternative to the text, by which Gmail and Outlook show buttons. `method` is that of
   * the calendar text: `REQUEST`, `CANCEL`, `REPLY`.
   */
  calendar?: CalendarPart | undefined;
  /** Further fields, such as `List-Unsubscribe`. Not those that have an option here, or that describe the message's parts. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** The thread to add it to. Google also requires `inReplyTo` and the same subject: `replyTo` returns all of them. */
  threadId?: string | undefined;
  /** The `Message-ID` of the message that this one replies to. */
  inReplyTo?: string | undefined;
  /** The `Message-ID`s of the thread, oldest first. `inReplyTo` is added if it is missing. */
  references?: string | readonly string[] | undefined;
  /** Default: Gmail's own. */
  messageId?: string | undefined;
  /** A `Date`, or RFC 3339 text with an offset. Default: now. */
  date?: Instant | undefined;
}
