import { addressesIn, recipientsOf } from '../mail/address-list.ts';
import { headerOf, headerText, type MailHeader, readEntity } from '../mail/headers.ts';
import { bytesOf, type Octets } from '../mail/octets.ts';

/** What a mail says of its conversation. */
export interface ThreadHeaders {
  readonly messageId: string | undefined;
  /** The ids in In-Reply-To. */
  readonly inReplyTo: readonly string[];
  /** The ids in References. */
  readonly references: readonly string[];
  /** The subject without `Re:` in front, however often it stands there. */
  readonly subject: string;
}

/** A mail in a mailbox. Its text never changes; its labels do. */
export interface Message {
  readonly id: string;
  readonly threadId: string;
  readonly labelIds: Set<string>;
  /** The history record that touched it last. */
  historyId: number;
  /** Milliseconds since the epoch. */
  readonly internalDate: number;
  readonly source: Octets;
  readonly headers: readonly MailHeader[];
  readonly thread: ThreadHeaders;
}

/** A mail as a test sees it. */
export interface SandboxMessage {
  readonly id: string;
  readonly threadId: string;
  readonly labelIds: readonly string[];
  readonly historyId: string;
  /** Milliseconds since the epoch, as a string. */
  readonly internalDate: string;
  /** Every octet of it. */
  readonly raw: Uint8Array<ArrayBuffer>;
  readonly envelope: {
    /** The address in From. Undefined if there is none. */
    readonly from: string | undefined;
    /** The addresses in To, Cc and Bcc, each once. */
    readonly to: readonly string[];
  };
}

/** What the header of a mail says, read once. */
export function describeSource(source: Octets): Pick<Message, 'source' | 'headers' | 'thread'> {
  const { headers } = readEntity(source);
  return { source, headers, thread: threadHeadersOf(headers) };
}

export function toSandboxMessage(message: Message): SandboxMessage {
  const { id, threadId, labelIds, historyId, internalDate, source, headers } = message;
  return {
    id,
    threadId,
    labelIds: [...labelIds],
    historyId: String(historyId),
    internalDate: String(internalDate),
    raw: bytesOf(source),
    envelope: { from: addressesIn(headers, 'from')[0], to: recipientsOf(headers) },
  };
}

function threadHeadersOf(headers: readonly MailHeader[]): ThreadHeaders {
  const idsIn = (name: string): string[] => headerOf(headers, name)?.match(/<[^<> \t]+>/g) ?? [];
  return {
    messageId: idsIn('message-id')[0],
    inReplyTo: idsIn('in-reply-to'),
    references: idsIn('references'),
    subject: headerText(headerOf(headers, 'subject') ?? '')
      .replace(/^(\s*re\s*:)+/i, '')
      .replace(/\s+/g, ' ')
      .trim(),
  };
}
