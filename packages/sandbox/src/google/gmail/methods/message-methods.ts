import { pathParam, queryChoice, queryParams } from '../../api/read-call.ts';
import { invalidArgument } from '../failures.ts';
import { allParts, readMime } from '../mail/mime-part.ts';
import { encodeBase64url } from '../mail/octets.ts';
import { sendMail } from '../mailbox/deliver-mail.ts';
import type { Mailboxes } from '../mailbox/mailboxes.ts';
import { readMail } from '../upload/read-mail.ts';
import {
  messageHead,
  messageToWire,
  type WireMessage,
  type WireMessageHead,
} from '../wire/message-to-wire.ts';
import { attachmentIdOf } from '../wire/payload.ts';
import {
  findMessage,
  type GmailCall,
  type GmailHandler,
  pageOf,
  RAW_REQUIRED,
  refuseBodies,
  searchMessages,
} from './gmail-call.ts';

type MessageMethod = `messages.${'send' | 'get' | 'list' | 'attachments.get'}`;

/** Mails: sent, read, listed. */
export function messageMethods(mailboxes: Mailboxes): Record<MessageMethod, GmailHandler> {
  return {
    'messages.send': (call) => send(mailboxes, call),
    'messages.get': get,
    'messages.list': list,
    'messages.attachments.get': getAttachment,
  };
}

function send(mailboxes: Mailboxes, call: GmailCall): WireMessageHead {
  const { mail } = readMail(call);
  if (!mail) throw invalidArgument(RAW_REQUIRED);
  return messageHead(sendMail(mailboxes, call.mailbox, mail));
}

function get(call: GmailCall): WireMessage {
  const format = queryChoice(call, 'format', ['minimal', 'full', 'raw', 'metadata']) ?? 'full';
  refuseBodies(call, format);
  return messageToWire(findMessage(call, 'id'), format, queryParams(call, 'metadataHeaders'));
}

function list(call: GmailCall): object {
  const found = searchMessages(call);
  const { items, next } = pageOf(call, found);
  const messages = items.map(({ id, threadId }) => ({ id, threadId }));
  return { ...(messages.length > 0 && { messages }), ...next, resultSizeEstimate: found.length };
}

function getAttachment(call: GmailCall): object {
  const message = findMessage(call, 'messageId');
  const attachmentId = pathParam(call, 'id');
  const part = allParts(readMime(message.source)).find(
    (one) => attachmentIdOf(one, message.id) === attachmentId,
  );
  if (!part) throw invalidArgument('Invalid attachment token');
  return { size: part.content.length, data: encodeBase64url(part.content) };
}
