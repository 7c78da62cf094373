import type { GoogleCall, GoogleMethod } from '../../api/method.ts';
import { pathParam } from '../../api/read-call.ts';
import { permissionDenied } from '../failures.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';
import type { Mailboxes } from '../mailbox/mailboxes.ts';
import { type MethodId, METHOD_TABLE } from './method-table.ts';

/** One authorized request for a mailbox. */
export interface GmailCall extends GoogleCall {
  readonly mailbox: Mailbox;
}

/** As GoogleMethod.handle. */
export type GmailHandler = (call: GmailCall) => unknown;

/** The methods that a set of handlers answers, on their upload paths, too. */
export function gmailMethods(
  mailboxes: Mailboxes,
  handlers: Readonly<Record<MethodId, GmailHandler>>,
): GoogleMethod[] {
  return Object.entries(METHOD_TABLE).flatMap(([id, { route, scopes, units, upload }]) => {
    const [method = '', path = ''] = route.split(' ');
    const handler = handlers[id as MethodId];
    const handle = (call: GoogleCall): unknown => handler({ ...call, mailbox: mailboxOf(mailboxes, call) });
    const paths = [`/gmail/v1/users/{userId}${path}`, `/upload/gmail/v1/users/{userId}${path}`];
    return paths.slice(0, upload ? 2 : 1).map((full) => ({
      operation: `gmail.users.${id}`,
      api: 'gmail',
      method,
      path: full,
      scopes,
      units,
      handle,
    }));
  });
}

/** A token opens the mailbox of its own account: `me`, or the account's address. */
function mailboxOf(mailboxes: Mailboxes, call: GoogleCall): Mailbox {
  const userId = pathParam(call, 'userId').toLowerCase();
  if (userId !== 'me' && userId !== call.account.email.toLowerCase()) {
    throw permissionDenied(`Delegation denied for ${call.account.email}`);
  }
  return mailboxes.of(call.account);
}
