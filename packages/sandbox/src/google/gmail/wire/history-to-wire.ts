import type { HistoryRecord, HistoryType } from '../mailbox/history.ts';

const FIELD_OF_TYPE: Readonly<Record<HistoryType, string>> = {
  messageAdded: 'messagesAdded',
  messageDeleted: 'messagesDeleted',
  labelAdded: 'labelsAdded',
  labelRemoved: 'labelsRemoved',
};

/** A history record as Gmail answers it: the id is a uint64 as a string. */
export function historyToWire(record: HistoryRecord): Record<string, unknown> {
  const { id, type, message, labelIds, changedLabelIds } = record;
  const change = {
    message: { ...message, labelIds },
    ...(changedLabelIds.length > 0 && { labelIds: changedLabelIds }),
  };
  return { id: String(id), messages: [message], [FIELD_OF_TYPE[type]]: [change] };
}
