/** Who a mail goes to: `ada@example.org`, `Ada <ada@example.org>`, or name and address apart. Exactly one address. */
export type Address = string | { name?: string | undefined; address: string };

/**
 * What an attachment holds. Streams, Node's among them, are read once, before anything is sent. There is no way to name
 * a file or a URL: a text that comes from elsewhere must not choose what this process reads.
 */
export type AttachmentContent =
  string | Uint8Array | ArrayBuffer | Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array | string>;

/** A file in a mail. */
export interface Attachment {
  /** At most 255 characters, of any script. */
  filename: string;
  /** Arrives byte by byte as it is; a text as UTF-8. */
  content: AttachmentContent;
  /** By the file name's ending unless given, for example `application/pdf`. `multipart/*` is refused. */
  contentType?: string | undefined;
  /** Makes it an inline image of `html`: `contentId: 'logo'` is `<img src="cid:logo">`. */
  contentId?: string | undefined;
}

/**
 * A mail to draft or send. Text that would break out of its header is refused by name, never repaired: what a mail says
 * is what it was given.
 */
export interface Mail {
  /** With `cc` and `bcc` at most 500 recipients. */
  to?: Address | readonly Address[] | undefined;
  cc?: Address | readonly Address[] | undefined;
  bcc?: Address | readonly Address[] | undefined;
  replyTo?: Address | readonly Address[] | undefined;
  /** An alias of the user's, where it is not their own address. */
  from?: Address | undefined;
  subject: string;
  /** Line ends of any kind become CRLF. */
  text?: string | undefined;
  /** With `text` both are sent, as alternatives. */
  html?: string | undefined;
  attachments?: readonly Attachment[] | undefined;
  /** Further fields, such as `List-Unsubscribe`; never one that has a name of its own here, or describes the mail's parts. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** The thread to put it into. Google wants `inReplyTo` and the same subject with it: `replyTo` gives all of them. */
  threadId?: string | undefined;
  /** The `Message-ID` of the mail that this one answers. */
  inReplyTo?: string | undefined;
  /** The `Message-ID`s of the thread, oldest first; `inReplyTo` is added where it is missing. */
  references?: string | readonly string[] | undefined;
  /** Gmail gives one unless it is given. */
  messageId?: string | undefined;
  /** Now, unless given. */
  date?: Date | undefined;
}
