import { checkedTimeZone } from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';
import type { ForwardInput } from './forward-mail.ts';
import type { ReplyInput } from './reply-mail.ts';

/** A reply to a conversation. */
export interface ThreadReply extends ReplyInput {
  /** The message that is answered. Default: the newest that is neither draft, trash nor spam. */
  messageId?: string | undefined;
  /** Whether it is sent at once. Default: false, a draft. */
  send?: boolean | undefined;
}

/** A message that is passed on. */
export interface MailForward extends ForwardInput {
  /** Whether it is sent at once. Default: false, a draft. */
  send?: boolean | undefined;
}

const REPLY: Readonly<Record<keyof ThreadReply, true>> = {
  text: true,
  html: true,
  all: true,
  quote: true,
  signature: true,
  attachments: true,
  timeZone: true,
  messageId: true,
  send: true,
};
const FORWARD: Readonly<Record<keyof MailForward, true>> = {
  to: true,
  cc: true,
  bcc: true,
  text: true,
  html: true,
  attachments: true,
  originalAttachments: true,
  signature: true,
  timeZone: true,
  send: true,
};

/** Throws {@link InvalidRequestError} naming the field that a reply doesn't have. */
export function checkedReply(reply: ThreadReply): ThreadReply {
  checkFields(reply, REPLY, 'reply');
  if ((reply.text ?? reply.html) === undefined) throw invalid('text', 'is missing, and so is html');
  return reply;
}

/** Throws {@link InvalidRequestError} naming the field that a forwarded message doesn't have. */
export function checkedForward(forward: MailForward): MailForward {
  checkFields(forward, FORWARD, 'forward');
  const { to, cc, bcc } = forward;
  if ([to, cc, bcc].flat().every((address) => address === undefined)) {
    throw invalid('to', 'is missing, and so are cc and bcc');
  }
  return forward;
}

function checkFields(input: { timeZone?: string | undefined }, known: object, what: string): void {
  if (typeof input !== 'object' || input === null) throw invalid(what, 'is not an object');
  const unknown = Object.keys(input).find((name) => !(name in known));
  if (unknown !== undefined) throw invalid(unknown, `is not a field of a ${what}`);
  if (input.timeZone !== undefined) checkedTimeZone(input.timeZone, 'timeZone', invalid);
}
