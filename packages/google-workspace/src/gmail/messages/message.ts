/** A message in the mailbox, or as much of it as `format` asks for. Other fields are passed on as Google sends them. */
export interface Message {
  id: string;
  threadId: string;
  /** `INBOX`, `SENT`, `DRAFT`, `UNREAD`, …, and ids of the user's own labels. */
  labelIds?: string[];
  snippet?: string;
  /** The state of the mailbox when the message last changed: a 64-bit number, as a string. */
  historyId?: string;
  /** When Google received the message: epoch milliseconds, as a string. */
  internalDate?: string;
  sizeEstimate?: number;
  /** With the formats `full` and `metadata`. */
  payload?: MessagePart;
  /** With the format `raw`: the message as RFC 5322 text in base64url. */
  raw?: string;
}

/** A part of a message: its body, a file, or a container of parts. */
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

/** The content of a part: `data` in base64url, or the id to fetch it by. */
export interface MessagePartBody {
  /** For `messages.attachment`. */
  attachmentId?: string;
  data?: string;
  /** Bytes, decoded. */
  size?: number;
}

/** What lists and confirmations contain of a message. */
export type MessageRef = Pick<Message, 'id' | 'threadId' | 'labelIds'>;

/** A draft. Its id stays; its message gets a new id with every update. */
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

/** What lists contain of a conversation. */
export type ThreadRef = Omit<Thread, 'messages'>;

/** How much of a message to read: `metadata` is the headers, `raw` the whole text. Default: `full`. */
export type MessageFormat = 'full' | 'metadata' | 'minimal' | 'raw';

export const FORMATS: readonly MessageFormat[] = ['full', 'metadata', 'minimal', 'raw'];
