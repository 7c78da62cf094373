import { pathParam, readBody } from '../../api/read-call.ts';
import { entityNotFound, invalidArgument } from '../failures.ts';
import { changeLabels, deleteForGood, readLabelChanges, trash, untrash } from '../mailbox/change-labels.ts';
import { isMessageId } from '../mailbox/ids.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';
import type { Message } from '../mailbox/message.ts';
import { messageHead } from '../wire/message-to-wire.ts';
import { findMessage, type GmailCall, type GmailHandler } from './gmail-call.ts';

type Change = 'delete' | 'modify' | 'trash' | 'untrash';
type OrganizingMethod = `${'messages' | 'threads'}.${Change}` | `messages.batch${'Delete' | 'Modify'}`;

/** What files mails, and throws them away. What is done to a thread is done to each of its mails. */
export const ORGANIZING_METHODS: Readonly<Record<OrganizingMethod, GmailHandler>> = {
  'messages.modify': modifyMessage,
  'messages.trash': (call) => changeMessage(call, trash),
  'messages.untrash': (call) => changeMessage(call, untrash),
  'messages.delete': (call) => deleteForGood(call.mailbox, findMessage(call, 'id')),
  'messages.batchModify': batchModify,
  'messages.batchDelete': (call) => {
    for (const message of messagesOf(call)) deleteForGood(call.mailbox, message);
  },
  'threads.modify': modifyThread,
  'threads.trash': (call) => changeThread(call, trash),
  'threads.untrash': (call) => changeThread(call, untrash),
  'threads.delete': (call) => {
    for (const message of findThread(call)) deleteForGood(call.mailbox, message);
  },
};

const MAX_IDS = 1000;

function modifyMessage(call: GmailCall): object {
  const changes = readLabelChanges(call.mailbox, readBody(call));
  return changeMessage(call, (mailbox, message) => changeLabels(mailbox, message, changes));
}

function modifyThread(call: GmailCall): object {
  const changes = readLabelChanges(call.mailbox, readBody(call));
  return changeThread(call, (mailbox, message) => changeLabels(mailbox, message, changes));
}

function changeMessage(call: GmailCall, change: (mailbox: Mailbox, message: Message) => void): object {
  const message = findMessage(call, 'id');
  change(call.mailbox, message);
  return messageHead(message);
}

function changeThread(call: GmailCall, change: (mailbox: Mailbox, message: Message) => void): object {
  const thread = findThread(call);
  for (const message of thread) change(call.mailbox, message);
  return { id: pathParam(call, 'id'), messages: thread.map(messageHead) };
}

function batchModify(call: GmailCall): undefined {
  const changes = readLabelChanges(call.mailbox, readBody(call));
  for (const message of messagesOf(call)) changeLabels(call.mailbox, message, changes);
}

/** Those of `ids` that exist: "no guarantees that messages were not already deleted or even existed at all". */
function messagesOf(call: GmailCall): Message[] {
  const { ids } = readBody(call);
  if (!Array.isArray(ids) || ids.length === 0) throw invalidArgument('No message ids specified');
  if (ids.length > MAX_IDS) throw invalidArgument(`Too many message ids: more than ${MAX_IDS}`);
  return ids.flatMap((id) => {
    if (typeof id !== 'string' || !isMessageId(id)) throw invalidArgument('Invalid ids value');
    return call.mailbox.messages.get(id) ?? [];
  });
}

function findThread(call: GmailCall): Message[] {
  const id = pathParam(call, 'id');
  if (!isMessageId(id)) throw invalidArgument('Invalid id value');
  const thread = call.mailbox.thread(id);
  if (thread.length === 0) throw entityNotFound();
  return thread;
}
