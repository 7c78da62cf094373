import type { JsonObject } from '../../../json.ts';
import { invalidArgument } from '../failures.ts';
import type { Mailbox } from './mailbox.ts';
import type { Message } from './message.ts';

/** Labels that a request puts on messages, and takes off. */
export interface LabelChanges {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** By `addLabelIds` in the discovery document. */
const MAX_LABELS = 100;

/** Reads the body of `modify` and `batchModify`: labels that exist, and that the API may change. */
export function readLabelChanges(mailbox: Mailbox, body: JsonObject): LabelChanges {
  const add = readLabelIds(mailbox, body['addLabelIds']);
  const remove = readLabelIds(mailbox, body['removeLabelIds']);
  if (add.length + remove.length === 0) throw invalidArgument('No label add or removes specified');
  return { add, remove };
}

export function readLabelIds({ labels }: Mailbox, value: unknown = []): string[] {
  const ids: unknown[] = Array.isArray(value) ? value : [value];
  if (ids.length > MAX_LABELS) throw invalidArgument(`Too many labels: more than ${MAX_LABELS}`);
  return ids.map((id) => {
    if (typeof id !== 'string' || !labels.isApplicable(id))
      throw invalidArgument(`Invalid label: ${String(id)}`);
    return id;
  });
}

/** A draft has no other label than DRAFT: https://developers.google.com/workspace/gmail/api/guides/drafts */
export function changeLabels(mailbox: Mailbox, message: Message, { add, remove }: LabelChanges): void {
  if (!message.labelIds.has('DRAFT')) mailbox.addLabels(message, add);
  mailbox.removeLabels(message, remove);
}

/** Into the trash: out of the inbox and out of spam. A draft that is thrown away is no draft any more. */
export function trash(mailbox: Mailbox, message: Message): void {
  const [draftId] = [...mailbox.drafts].find(([, messageId]) => messageId === message.id) ?? [];
  if (draftId !== undefined) mailbox.drafts.delete(draftId);
  mailbox.addLabels(message, ['TRASH']);
  mailbox.removeLabels(message, ['INBOX', 'SPAM']);
}

export function untrash(mailbox: Mailbox, message: Message): void {
  mailbox.removeLabels(message, ['TRASH']);
}

/** Deletes for good, and with a draft's message its draft. */
export function deleteForGood(mailbox: Mailbox, message: Message): void {
  const [draftId] = [...mailbox.drafts].find(([, messageId]) => messageId === message.id) ?? [];
  if (draftId !== undefined) mailbox.drafts.delete(draftId);
  mailbox.remove(message);
}
