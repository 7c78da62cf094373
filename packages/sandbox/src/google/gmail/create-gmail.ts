import type { SpecViolation } from '../../spec/spec-check.ts';
import type { GoogleAccount } from '../accounts.ts';
import type { GoogleMethod } from '../api/method.ts';
import type { GoogleCore } from '../core.ts';
import type { PubSub } from '../pubsub/pubsub.ts';
import { Mailboxes } from './mailbox/mailboxes.ts';
import { draftMethods } from './methods/draft-methods.ts';
import { gmailMethods } from './methods/gmail-call.ts';
import { INSERT_METHODS } from './methods/insert-methods.ts';
import { LABEL_METHODS } from './methods/label-methods.ts';
import { HISTORY_METHODS, MAILBOX_METHODS } from './methods/mailbox-methods.ts';
import { messageMethods } from './methods/message-methods.ts';
import { ORGANIZING_METHODS } from './methods/organizing-methods.ts';
import { SEND_AS_METHODS } from './methods/send-as-methods.ts';
import { SETTINGS_METHODS } from './methods/settings-methods.ts';
import { THREAD_METHODS } from './methods/thread-methods.ts';
import { watchMethods } from './methods/watch-methods.ts';
import { seedMailbox } from './seed/seed-mailbox.ts';
import { createTestUserGmail, type TestUserGmail } from './test-user-gmail.ts';
import { Watches } from './watch/watches.ts';

/** Gmail: the methods that it answers, and the handle on an account's mail. */
export function createGmail(
  { accounts, clock, seed, sendsPerDay, mailRules, strict }: GoogleCore,
  pubsub: PubSub,
  violations: SpecViolation[],
): { methods: readonly GoogleMethod[]; testUser: (account: GoogleAccount) => TestUserGmail } {
  const owner = accounts.get(undefined);
  const mailboxes = new Mailboxes({
    accounts,
    clock,
    sendsPerDay,
    fill: (mailbox) => {
      if (seed === 'demo' && mailbox.address === owner.email) seedMailbox(mailbox, owner);
    },
  });
  const watches = new Watches(pubsub);
  mailboxes.onChange = (mailbox, record) => watches.notify(mailbox, record);
  const methods = gmailMethods(
    mailboxes,
    {
      ...MAILBOX_METHODS,
      ...HISTORY_METHODS,
      ...THREAD_METHODS,
      ...LABEL_METHODS,
      ...SEND_AS_METHODS,
      ...SETTINGS_METHODS,
      ...INSERT_METHODS,
      ...ORGANIZING_METHODS,
      ...draftMethods(mailboxes),
      ...messageMethods(mailboxes),
      ...watchMethods(watches, pubsub),
    },
    { violations, mailRules, strict },
  );
  return { methods, testUser: (account) => createTestUserGmail(mailboxes.of(account)) };
}
