/** The labels that every mailbox has. */
export const SYSTEM_LABELS: readonly string[] = (
  'CHAT SENT INBOX IMPORTANT TRASH DRAFT SPAM CATEGORY_FORUMS CATEGORY_UPDATES CATEGORY_PERSONAL ' +
  'CATEGORY_PROMOTIONS CATEGORY_SOCIAL STARRED UNREAD'
).split(' ');

/** A label as `users.labels.list` answers it. */
export interface WireLabel {
  readonly id: string;
  readonly name: string;
  readonly type: 'system';
  readonly messageListVisibility?: 'hide';
  readonly labelListVisibility?: 'labelHide';
}

export function labelToWire(id: string): WireLabel {
  const hidden = { messageListVisibility: 'hide', labelListVisibility: 'labelHide' } as const;
  return { id, name: id, type: 'system', ...(id.startsWith('CATEGORY_') && hidden) };
}
