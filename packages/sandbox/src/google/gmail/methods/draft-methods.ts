import { pathParam, queryChoice, queryFlag, queryParam } from '../../api/read-call.ts';
import { invalidArgument } from '../failures.ts';
import { sendDraft } from '../mailbox/deliver-mail.ts';
import {
  allDrafts,
  createDraft,
  deleteDraft,
  type Draft,
  findDraft,
  replaceDraft,
} from '../mailbox/drafts.ts';
import type { Mailboxes } from '../mailbox/mailboxes.ts';
import { search } from '../search/search.ts';
import { readMail } from '../upload/read-mail.ts';
import { messageHead, messageToWire, type WireMessageHead } from '../wire/message-to-wire.ts';
import { type GmailCall, type GmailHandler, pageOf } from './gmail-call.ts';

type DraftMethod = `drafts.${'create' | 'update' | 'delete' | 'get' | 'list' | 'send'}`;

/** Drafts: written, replaced, sent once, deleted. */
export function draftMethods(mailboxes: Mailboxes): Record<DraftMethod, GmailHandler> {
  return {
    'drafts.create': create,
    'drafts.update': update,
    'drafts.delete': remove,
    'drafts.get': get,
    'drafts.list': list,
    'drafts.send': (call) => send(mailboxes, call),
  };
}

function create(call: GmailCall): object {
  const { mail } = readMail(call, 'message');
  if (!mail) throw invalidArgument('Missing draft message');
  return draftToWire(createDraft(call.mailbox, mail));
}

function update(call: GmailCall): object {
  const { mail } = readMail(call, 'message');
  const id = pathParam(call, 'id');
  findDraft(call.mailbox, id);
  if (!mail) throw invalidArgument('Missing draft message');
  return draftToWire(replaceDraft(call.mailbox, id, mail));
}

function remove(call: GmailCall): undefined {
  deleteDraft(call.mailbox, pathParam(call, 'id'));
}

function get(call: GmailCall): object {
  const { id, message } = findDraft(call.mailbox, pathParam(call, 'id'));
  const format = queryChoice(call, 'format', ['minimal', 'full', 'raw', 'metadata']) ?? 'full';
  return { id, message: messageToWire(message, format) };
}

function list(call: GmailCall): object {
  const draftOf = new Map(allDrafts(call.mailbox).map((draft) => [draft.message, draft]));
  const found = search(call.mailbox, draftOf.keys(), {
    report: call.report,
    query: queryParam(call, 'q') ?? '',
    labelIds: [],
    includeSpamTrash: queryFlag(call, 'includeSpamTrash'),
  });
  const { items, next } = pageOf(call, found);
  const drafts = items.map((message) => {
    const { id, threadId } = message;
    return { id: draftOf.get(message)?.id, message: { id, threadId } };
  });
  return { ...(drafts.length > 0 && { drafts }), ...next, resultSizeEstimate: found.length };
}

/** A mail that comes along replaces the draft's before it is sent. */
function send(mailboxes: Mailboxes, call: GmailCall): WireMessageHead {
  const { resource, mail } = readMail(call, 'message');
  const { id } = resource;
  if (typeof id !== 'string' || id === '') throw invalidArgument('Missing draft id');
  findDraft(call.mailbox, id);
  if (mail) replaceDraft(call.mailbox, id, mail);
  return messageHead(sendDraft(mailboxes, call.mailbox, id));
}

function draftToWire({ id, message }: Draft): object {
  return { id, message: messageHead(message) };
}
