import { entityNotFound } from '../failures.ts';
import { addMissing, setSender } from '../mail/complete-mail.ts';
import type { Octets } from '../mail/octets.ts';
import type { Mailbox } from './mailbox.ts';
import { describeSource, type Message } from './message.ts';
import { threadOfNewMail } from './threading.ts';

/** A mail as an app hands it in. */
export interface Outgoing {
  readonly source: Octets;
  readonly threadId: string | undefined;
}

/** A draft and its present message. */
export interface Draft {
  readonly id: string;
  readonly message: Message;
}

export function createDraft(mailbox: Mailbox, outgoing: Outgoing): Draft {
  const message = addDraftMessage(mailbox, outgoing);
  const id = mailbox.newDraftId();
  mailbox.drafts.set(id, message.id);
  return { id, message };
}

/** The draft keeps its id and gets a new message: nothing of the old one stays, its thread neither. */
export function replaceDraft(mailbox: Mailbox, id: string, outgoing: Outgoing): Draft {
  const { message: old } = findDraft(mailbox, id);
  const message = addDraftMessage(mailbox, outgoing);
  mailbox.remove(old);
  mailbox.drafts.set(id, message.id);
  return { id, message };
}

/** Deletes it at once, past the bin. */
export function deleteDraft(mailbox: Mailbox, id: string): void {
  const { message } = findDraft(mailbox, id);
  mailbox.drafts.delete(id);
  mailbox.remove(message);
}

/** 404 if there is no such draft: it never existed, or was deleted or sent. */
export function findDraft(mailbox: Mailbox, id: string): Draft {
  const message = mailbox.messages.get(mailbox.drafts.get(id) ?? '');
  if (!message) throw entityNotFound();
  return { id, message };
}

export function allDrafts(mailbox: Mailbox): Draft[] {
  return [...mailbox.drafts.keys()].map((id) => findDraft(mailbox, id));
}

function addDraftMessage(mailbox: Mailbox, { source, threadId }: Outgoing): Message {
  const thread = threadOfNewMail(mailbox, describeSource(source).thread, threadId);
  return mailbox.add({ source: completed(mailbox, source), labelIds: ['DRAFT'], threadId: thread });
}

/** With From, Date and Message-ID. */
export function completed(mailbox: Mailbox, source: Octets): Octets {
  const messageId = mailbox.newRfcMessageId();
  return addMissing(setSender(source, mailbox.settings.sendAs), { messageId, now: mailbox.now() });
}
