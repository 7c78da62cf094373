import type { MessageRef } from './message.ts';

/** A kind of change. */
export type HistoryType = 'messageAdded' | 'messageDeleted' | 'labelAdded' | 'labelRemoved';

/** What happened to the mailbox at one moment; of the mails little more than ids. */
export interface HistoryRecord {
  id: string;
  messagesAdded?: { message: MessageRef }[];
  /** Deleted for good: a mail in the bin has changed its labels. */
  messagesDeleted?: { message: MessageRef }[];
  labelsAdded?: { message: MessageRef; labelIds: string[] }[];
  labelsRemoved?: { message: MessageRef; labelIds: string[] }[];
}

/**
 * What changed since a state of the mailbox. `expired`: Google does not know that state any more (it keeps them for a
 * week at least, in rare cases hours), so list the mails anew. In both cases `historyId` is the state to go on from:
 * store it after the changes are dealt with, and before listing anew. A change may come twice, and none is lost.
 */
export type MailboxChanges =
  { expired: false; changes: HistoryRecord[]; historyId: string } | { expired: true; historyId: string };
