import { queryParam, queryParams } from '../../api/read-call.ts';
import { entityNotFound, invalidArgument } from '../failures.ts';
import type { HistoryRecord, HistoryType } from '../mailbox/history.ts';
import { type GmailCall, type GmailHandler, pageOf } from './gmail-call.ts';

/** The mailbox as a whole. */
export const MAILBOX_METHODS: Readonly<Record<'getProfile', GmailHandler>> = { getProfile };

function getProfile({ account, mailbox }: GmailCall): object {
  const messages = [...mailbox.messages.values()];
  return {
    emailAddress: account.email,
    messagesTotal: messages.length,
    threadsTotal: new Set(messages.map(({ threadId }) => threadId)).size,
    historyId: String(mailbox.history.current),
  };
}

const HISTORY_TYPES: ReadonlySet<string> = new Set([
  'messageAdded',
  'messageDeleted',
  'labelAdded',
  'labelRemoved',
]);

/** What changed since a state of the mailbox. */
export const HISTORY_METHODS: Readonly<Record<'history.list', GmailHandler>> = { 'history.list': list };

/** A startHistoryId that is too old, or that never was, is 404: the app has to look at everything anew. */
function list(call: GmailCall): object {
  const { history } = call.mailbox;
  const records = history.since(readStart(call));
  if (!records) throw entityNotFound();
  const found = records.filter(isWanted(call));
  const { items, next } = pageOf(call, found);
  return {
    ...(items.length > 0 && { history: items.map(historyToWire) }),
    ...next,
    historyId: String(history.current),
  };
}

function readStart(call: GmailCall): number {
  const text = queryParam(call, 'startHistoryId');
  if (text === undefined || text === '') throw invalidArgument('Missing startHistoryId');
  if (!/^\d{1,20}$/.test(text))
    throw invalidArgument(`Invalid value at 'start_history_id' (TYPE_UINT64), "${text}"`);
  return Number(text);
}

function isWanted(call: GmailCall): (record: HistoryRecord) => boolean {
  const wantedTypes = queryParams(call, 'historyTypes');
  const unknown = wantedTypes.find((type) => !HISTORY_TYPES.has(type));
  if (unknown !== undefined) throw invalidArgument(`Invalid value at 'history_types', "${unknown}"`);
  const labelId = queryParam(call, 'labelId');
  return ({ type, labelIds, changedLabelIds }) =>
    (wantedTypes.length === 0 || wantedTypes.includes(type)) &&
    (labelId === undefined || labelIds.includes(labelId) || changedLabelIds.includes(labelId));
}

const FIELD_OF_TYPE: Readonly<Record<HistoryType, string>> = {
  messageAdded: 'messagesAdded',
  messageDeleted: 'messagesDeleted',
  labelAdded: 'labelsAdded',
  labelRemoved: 'labelsRemoved',
};

/** A history record as Gmail answers it: the id is a uint64 as a string. */
function historyToWire(record: HistoryRecord): Record<string, unknown> {
  const { id, type, message, labelIds, changedLabelIds } = record;
  const change = {
    message: { ...message, labelIds },
    ...(changedLabelIds.length > 0 && { labelIds: changedLabelIds }),
  };
  return { id: String(id), messages: [message], [FIELD_OF_TYPE[type]]: [change] };
}
