/** A mail in the mailbox, or as much of it as the `format` asks for. Other fields pass through as Google sends them. */
export interface Message {
  id: string;
  threadId: string;
  /** `INBOX`, `SENT`, `DRAFT`, `UNREAD`, …, and ids of the user's own labels. */
  labelIds?: string[];
  snippet?: string;
  /** Where the mailbox stood when the mail changed last: a number of 64 bits, as text. */
  historyId?: string;
  /** When Google took the mail in: epoch milliseconds, as text. */
  internalDate?: string;
  sizeEstimate?: number;
  /** With the formats `full` and `metadata`. */
  payload?: MessagePart;
  /** With the format `raw`: the mail as RFC 5322 text in base64url. */
  raw?: string;
}

/** A part of a mail: its body, a file, or a container of parts. */
export interface MessagePart {
  partId?: string;
  mimeType?: string;
  /** Empty unless the part is an attachment. */
  filename?: string;
  headers?: MessageHeader[];
  body?: MessagePartBody;
  parts?: MessagePart[];
}

/** A header field, decoded. */
export interface MessageHeader {
  name: string;
  value: string;
}

/** What a part holds: `data` in base64url, or the id to fetch it by. */
export interface MessagePartBody {
  /** For `messages.attachment`. */
  attachmentId?: string;
  data?: string;
  /** Bytes, decoded. */
  size?: number;
}

/** What lists and receipts tell of a mail. */
export type MessageRef = Pick<Message, 'id' | 'threadId' | 'labelIds'>;

/** A draft. Its id stays; its message gets a new one with every update. */
export interface Draft {
  id: string;
  message: Message;
}

/** A conversation. */
export interface Thread {
  id: string;
  historyId?: string;
  snippet?: string;
  messages?: Message[];
}

/** How much of a mail to read: `metadata` is the headers, `raw` the whole text. `full` unless given. */
export type MessageFormat = 'full' | 'metadata' | 'minimal' | 'raw';

export const FORMATS: readonly MessageFormat[] = ['full', 'metadata', 'minimal', 'raw'];
