import { GMAIL_METHODS } from '../../api/discovered.ts';
import { bindMethods, type GoogleCall, type GoogleMethod } from '../../api/method.ts';
import { pathParam } from '../../api/read-call.ts';
import { permissionDenied } from '../failures.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';
import type { Mailboxes } from '../mailbox/mailboxes.ts';

/** One authorized request for a mailbox. */
export interface GmailCall extends GoogleCall {
  readonly mailbox: Mailbox;
}

/** As GoogleMethod.handle. */
export type GmailHandler = (call: GmailCall) => unknown;

/** A method's id behind `gmail.users.`. */
type MethodId = keyof typeof GMAIL_METHODS;

/**
 * Quota units of a request since 2026-05-01: https://developers.google.com/workspace/gmail/api/reference/quota. Those of
 * drafts.get and drafts.list are from the older table; their present values are not known.
 */
const UNITS: Readonly<Record<MethodId, number>> = {
  getProfile: 1,
  watch: 100,
  stop: 50,
  'labels.list': 1,
  'history.list': 2,
  'drafts.create': 10,
  'drafts.update': 15,
  'drafts.delete': 10,
  'drafts.get': 5,
  'drafts.list': 5,
  'drafts.send': 100,
  'messages.send': 100,
  'messages.get': 20,
  'messages.list': 5,
  'messages.attachments.get': 20,
  'threads.get': 40,
  'threads.list': 10,
};

/** The methods of Gmail, each called with the mailbox that the request may open. */
export function gmailMethods(
  mailboxes: Mailboxes,
  handlers: Readonly<Record<MethodId, GmailHandler>>,
): GoogleMethod[] {
  return bindMethods({ api: 'gmail', prefix: 'gmail.users.', methods: GMAIL_METHODS }, (id) => ({
    units: UNITS[id],
    handle: (call) => handlers[id]({ ...call, mailbox: mailboxOf(mailboxes, call) }),
  }));
}

/** A token opens the mailbox of its own account: `me`, or the account's address. */
function mailboxOf(mailboxes: Mailboxes, call: GoogleCall): Mailbox {
  const userId = pathParam(call, 'userId').toLowerCase();
  if (userId !== 'me' && userId !== call.account.email.toLowerCase()) {
    throw permissionDenied(`Delegation denied for ${call.account.email}`);
  }
  return mailboxes.of(call.account);
}
