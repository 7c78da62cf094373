import { pathParam, queryChoice, queryParams } from '../../api/read-call.ts';
import { entityNotFound, invalidArgument } from '../failures.ts';
import { isMessageId } from '../mailbox/ids.ts';
import type { Message } from '../mailbox/message.ts';
import { messageToWire } from '../wire/message-to-wire.ts';
import { snippetOf } from '../wire/snippet.ts';
import { type GmailCall, type GmailHandler, pageOf, refuseBodies, searchMessages } from './gmail-call.ts';

/** Conversations. */
export const THREAD_METHODS: Readonly<Record<`threads.${'get' | 'list'}`, GmailHandler>> = {
  'threads.get': get,
  'threads.list': list,
};

/** Oldest message first. */
function get(call: GmailCall): object {
  const format = queryChoice(call, 'format', ['full', 'metadata', 'minimal']) ?? 'full';
  refuseBodies(call, format);
  const id = pathParam(call, 'id');
  if (!isMessageId(id)) throw invalidArgument('Invalid id value');
  const thread = call.mailbox.thread(id);
  if (thread.length === 0) throw entityNotFound();
  const wanted = queryParams(call, 'metadataHeaders');
  return {
    id,
    historyId: historyIdOf(thread),
    messages: thread.map((message) => messageToWire(message, format, wanted)),
  };
}

/** Threads with a message that fits; the one with the newest such message first. */
function list(call: GmailCall): object {
  const found = searchMessages(call);
  const ids = [...new Set(found.map(({ threadId }) => threadId))];
  const { items, next } = pageOf(call, ids);
  const threads = items.map((id) => {
    const thread = call.mailbox.thread(id);
    return { id, snippet: snippetOf(thread.at(-1)?.source ?? ''), historyId: historyIdOf(thread) };
  });
  return { ...(threads.length > 0 && { threads }), ...next, resultSizeEstimate: ids.length };
}

function historyIdOf(thread: readonly Message[]): string {
  return String(Math.max(...thread.map(({ historyId }) => historyId)));
}
