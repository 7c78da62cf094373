import { labelToWire, SYSTEM_LABELS } from '../mailbox/labels.ts';
import type { GmailCall, GmailHandler } from './gmail-call.ts';

/** The mailbox as a whole. */
export const MAILBOX_METHODS: Readonly<Record<'getProfile' | 'labels.list', GmailHandler>> = {
  getProfile,
  'labels.list': () => ({ labels: SYSTEM_LABELS.map(labelToWire) }),
};

function getProfile({ account, mailbox }: GmailCall): object {
  const messages = [...mailbox.messages.values()];
  return {
    emailAddress: account.email,
    messagesTotal: messages.length,
    threadsTotal: new Set(messages.map(({ threadId }) => threadId)).size,
    historyId: String(mailbox.history.current),
  };
}
