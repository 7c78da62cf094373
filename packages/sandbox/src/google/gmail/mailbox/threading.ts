import { entityNotFound, invalidArgument } from '../failures.ts';
import { isMessageId } from './ids.ts';
import type { Mailbox } from './mailbox.ts';
import type { Message, ThreadHeaders } from './message.ts';

/**
 * The thread that an app's mail goes to. The discovery document has three conditions for an existing one: its id is
 * given, In-Reply-To and References name a message of it, and the subjects match. It names no error: a mail that fails
 * them is taken, and starts a thread of its own (undefined). A thread that does not exist is 404.
 */
export function threadOfNewMail(
  mailbox: Mailbox,
  headers: ThreadHeaders,
  threadId: string | undefined,
): string | undefined {
  if (threadId === undefined || threadId === '') return undefined;
  if (!isMessageId(threadId)) throw invalidArgument('Invalid thread_id value');
  const thread = mailbox.thread(threadId);
  if (thread.length === 0) throw entityNotFound();
  const fits = thread.some(
    (message) => isReply(headers, message) && headers.subject === message.thread.subject,
  );
  return fits ? threadId : undefined;
}

/** The thread that an arriving mail joins: of a mail that it refers to, under the same subject. */
export function threadOfArrivingMail(mailbox: Mailbox, headers: ThreadHeaders): string | undefined {
  const referred = new Set([...headers.inReplyTo, ...headers.references]);
  const parent = [...mailbox.messages.values()].find(
    ({ thread }) =>
      thread.messageId !== undefined && referred.has(thread.messageId) && thread.subject === headers.subject,
  );
  return parent?.threadId;
}

/** RFC 5322, 3.6.4: a reply names its parent in both fields. */
function isReply({ inReplyTo, references }: ThreadHeaders, { thread }: Message): boolean {
  const { messageId } = thread;
  return messageId !== undefined && inReplyTo.includes(messageId) && references.includes(messageId);
}
