/** Labels that the API may put on messages, and take off. https://developers.google.com/workspace/gmail/api/guides/labels */
const APPLICABLE_LABELS =
  'INBOX IMPORTANT TRASH SPAM CATEGORY_FORUMS CATEGORY_UPDATES CATEGORY_PERSONAL CATEGORY_PROMOTIONS ' +
  'CATEGORY_SOCIAL STARRED UNREAD';
const APPLICABLE: ReadonlySet<string> = new Set(APPLICABLE_LABELS.split(' '));

/** The labels that every mailbox has. */
export const SYSTEM_LABELS: readonly string[] = ['CHAT', 'SENT', 'DRAFT', ...APPLICABLE];

/** A label of the user's. */
export interface UserLabel {
  readonly id: string;
  readonly name: string;
  readonly messageListVisibility: string;
  readonly labelListVisibility: string;
  readonly color: { readonly textColor: string; readonly backgroundColor: string } | undefined;
}

/** The user's labels of one mailbox. */
export class Labels {
  readonly user: Map<string, UserLabel> = new Map();
  #last = 0;

  /** Such as `Label_3`. An id is not used again. */
  newId(): string {
    this.#last += 1;
    return `Label_${this.#last}`;
  }

  /** Whether the API may put the label on messages. */
  isApplicable(id: string): boolean {
    return APPLICABLE.has(id) || this.user.has(id);
  }

  /** The label with this name, in any case: Gmail's, or the user's. Spaces, `-` and `/` count as the same in a search. */
  findByName(name: string): string | undefined {
    const wanted = searchName(name);
    return (
      SYSTEM_LABELS.find((id) => searchName(id) === wanted) ??
      [...this.user.values()].find((label) => searchName(label.name) === wanted)?.id
    );
  }
}

function searchName(name: string): string {
  return name.toLowerCase().replace(/[\s/]+/g, '-');
}

/** A label as `users.labels.list` answers it. */
export interface WireLabel {
  readonly id: string;
  readonly name: string;
  readonly type: 'system' | 'user';
  readonly messageListVisibility?: string;
  readonly labelListVisibility?: string;
  readonly color?: UserLabel['color'];
}

export function systemLabelToWire(id: string): WireLabel {
  const hidden = { messageListVisibility: 'hide', labelListVisibility: 'labelHide' } as const;
  return { id, name: id, type: 'system', ...(id.startsWith('CATEGORY_') && hidden) };
}

export function userLabelToWire({ color, ...label }: UserLabel): WireLabel {
  return { ...label, type: 'user', ...(color && { color }) };
}
