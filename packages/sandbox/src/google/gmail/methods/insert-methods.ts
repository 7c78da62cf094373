import { queryChoice } from '../../api/read-call.ts';
import { invalidArgument } from '../failures.ts';
import { addMissing } from '../mail/complete-mail.ts';
import { headerOf } from '../mail/headers.ts';
import { readLabelIds } from '../mailbox/change-labels.ts';
import { describeSource } from '../mailbox/message.ts';
import { threadOfArrivingMail, threadOfNewMail } from '../mailbox/threading.ts';
import { readMail } from '../upload/read-mail.ts';
import { messageHead } from '../wire/message-to-wire.ts';
import { type GmailCall, type GmailHandler, RAW_REQUIRED } from './gmail-call.ts';

/** Mails that are put into the mailbox without being sent. */
export const INSERT_METHODS: Readonly<Record<`messages.${'import' | 'insert'}`, GmailHandler>> = {
  'messages.import': (call) => insert(call, 'dateHeader'),
  'messages.insert': (call) => insert(call, 'receivedTime'),
};

/** It has no label but those of the request: what Gmail's classification would add is not emulated. */
function insert(call: GmailCall, defaultDate: 'receivedTime' | 'dateHeader'): object {
  const { mailbox } = call;
  const { resource, mail } = readMail(call, undefined, 'as-it-is');
  if (!mail) throw invalidArgument(RAW_REQUIRED);
  const labelIds = readLabelIds(mailbox, resource['labelIds'] ?? []);
  const dateSource = queryChoice(call, 'internalDateSource', ['receivedTime', 'dateHeader']) ?? defaultDate;
  const now = mailbox.now();
  // Gmail mends line ends: Google's own Node sample sends LF alone.
  const mended = mail.source.replace(/\r\n|\r|\n/g, '\r\n');
  const source = addMissing(mended, { messageId: mailbox.newRfcMessageId(), now });
  const described = describeSource(source);
  const written = Date.parse(headerOf(described.headers, 'date') ?? '');
  const at = dateSource === 'dateHeader' && !Number.isNaN(written) ? written : now;
  const threadId =
    mail.threadId === undefined
      ? threadOfArrivingMail(mailbox, described.thread)
      : threadOfNewMail(mailbox, described.thread, mail.threadId);
  return messageHead(mailbox.add({ source, labelIds, threadId, at }));
}
