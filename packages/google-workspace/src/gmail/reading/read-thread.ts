import { isObject } from '@context-sdk/oauth-core/client-kit';
import type { Message, Thread } from '../messages/message.ts';
import type { ReadMail } from './mail-content.ts';
import type { MailAddress } from './parse-addresses.ts';
import { readMessage } from './read-mail.ts';
import type { AttachmentLoaders } from './read-payload.ts';

/** A message of a conversation, and the mail in it. */
export interface ReadMessage {
  message: Message;
  mail: ReadMail;
}

/** A conversation, read. */
export interface ReadThread {
  id: string;
  /** In the order in which Gmail received them, drafts and trashed ones included. */
  messages: ReadMessage[];
  /** The newest that is neither draft, trash nor spam: what a reply answers. */
  latest: ReadMessage | undefined;
  /** Everybody in From, To and Cc of those messages, each address once, in order of appearance. */
  participants: MailAddress[];
}

const NOT_SEEN = new Set(['DRAFT', 'SPAM', 'TRASH']);

/** Reads the messages of a thread in the format `full`. `skip` gets the place of one that is left out. */
export async function readThread(
  { id, messages }: Thread,
  loaders: (messageId: string) => AttachmentLoaders,
  skip: (index: number) => void,
): Promise<ReadThread> {
  const rows: readonly unknown[] = Array.isArray(messages) ? messages : [];
  const readable = rows.filter((row, index): row is Message => {
    const isMessage = isReadable(row);
    if (!isMessage) skip(index);
    return isMessage;
  });
  // One without a time could be at any place: Gmail's own order is all that is known then.
  const sorted = readable.every((message) => receivedAt(message) > 0)
    ? readable.toSorted((one, other) => receivedAt(one) - receivedAt(other))
    : readable;
  const read = await Promise.all(
    sorted.map(async (message) => ({ message, mail: await readMessage(message, loaders(message.id)) })),
  );
  const seen = read.filter(({ message: { labelIds } }) => {
    return ![labelIds ?? []].flat().some((label) => NOT_SEEN.has(label));
  });
  return { id, messages: read, latest: seen.at(-1), participants: participantsOf(seen) };
}

/** Rows without an id or content can't be answered, and cost no other. */
function isReadable(message: unknown): message is Message {
  return isObject(message) && typeof message['id'] === 'string' && isObject(message['payload']);
}

/** NaN or 0 if that isn't known. */
function receivedAt({ internalDate }: Message): number {
  return typeof internalDate === 'string' ? Number(internalDate) : Number.NaN;
}

function participantsOf(read: readonly ReadMessage[]): MailAddress[] {
  const byAddress = new Map<string, MailAddress>();
  for (const { mail } of read) {
    for (const one of [...(mail.from ? [mail.from] : []), ...mail.to, ...mail.cc]) {
      const key = one.address.toLowerCase();
      if ((byAddress.get(key)?.name ?? '') === '') byAddress.set(key, one);
    }
  }
  return [...byAddress.values()];
}
