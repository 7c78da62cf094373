import type { ConflictValue, LinkField, SideKind } from '../options/links-options.ts';

export const LINK_FIELDS: readonly LinkField[] = ['title', 'status', 'due'];

/** A value that was about to be written and may have arrived. */
export interface Intent {
  value: string;
  /** What the write would have left in {@link SideNow.mark}. */
  mark?: number;
}

/** What is known of a field of one side. Values are text: a title, `open`, `done` or `dropped`, a day or an instant. */
export interface FieldState {
  /** The value as the service returned it last. */
  seen: string;
  /** The round of the agreed value that the side has. 0: it has none yet. */
  round: number;
  /** What was about to be written, stored before the write. */
  tried?: Intent[];
  /** Whether the user has made it their own, so that it follows no more. */
  isDetached?: true;
  /** The end of the agreed title that the service had no room for. */
  tail?: string;
  /** The round whose value the service refused. */
  refused?: number;
}

/** One side of a link. */
export interface SideState {
  kind: SideKind;
  id: string;
  /** The account that it belongs to: {@link Grant.owner}. */
  owner: string;
  /** The etag, the revision or the message's id. */
  version?: string;
  fields: Partial<Record<LinkField, FieldState>>;
  /** What was written when the side was made, if that is known. */
  made?: Partial<Record<LinkField, string>>;
  /** The last state of a work item in which there was something to do. */
  openState?: string;
  isGone?: true;
  /** Whether it was removed since its task was deleted. */
  isRemoved?: true;
}

/** The value that all sides are to have. */
export interface AgreedValue {
  value: string;
  /** Counts the changes. */
  round: number;
}

/** A field that was changed on several sides, to different values. */
export interface ConflictState {
  field: LinkField;
  values: ConflictValue[];
  /** Whether `onConflict` has heard of it. */
  isTold?: true;
}

/** A link, without what only its record has. */
export interface LinkState {
  agreed: Partial<Record<LinkField, AgreedValue>>;
  sides: SideState[];
  conflicts: ConflictState[];
}

/** A field as a service has it now. */
export interface FieldNow {
  value: string;
  /** What we wrote there last, if the service can prove it: any other value is an edit of that one. */
  written?: string;
  /** Whether it follows only, and is the user's own once the user has changed it. */
  isFollower?: boolean;
}

/** A side as its service has it now. Fields that it doesn't have, or that are not linked, are left out. */
export interface SideNow {
  kind: SideKind;
  id: string;
  owner: string;
  version?: string;
  fields: Partial<Record<LinkField, FieldNow>>;
  openState?: string;
  /** A number that people don't change: a write changes it together with the value, and so proves that it arrived. */
  mark?: number;
  isGone?: true;
}

/** A value to write. */
export interface LinkWrite {
  kind: SideKind;
  id: string;
  field: LinkField;
  value: string;
  /** What {@link SideNow.mark} is to be then. */
  mark?: number;
  /** Whether it takes the side away, since its task was deleted. */
  isRemoval?: true;
}
