import type { CallOptions, ContextSdkError } from '@context-sdk/oauth-core';
import type {
  CompleteRules,
  LinkConflict,
  LinkField,
  LinkRules,
  SideKind,
} from '../options/links-options.ts';
import type { SideState } from './link-state.ts';

/** A task that is linked. */
export type LinkableTask = { id: string; projectId?: string | undefined };

/** A side that is added to a link, with what was written when it was made. */
export type NewSide = Pick<SideState, 'kind' | 'id' | 'made'>;

/** One side of a link, as its service had it last. */
export interface LinkedSide {
  side: SideKind;
  /** The id of the task, the work item or the draft; of a block, its calendar's id, URL-encoded, a slash and its event's id. */
  id: string;
  /** The etag, the revision or the message's id. */
  version?: string;
  values: Partial<Record<LinkField, string>>;
  /** Whether it was deleted in its service. */
  isGone?: true;
}

/** A value that a service refused, such as a state that its rules don't allow. It is not tried again until another value is agreed. */
export interface RefusedValue {
  field: LinkField;
  side: SideKind;
  id: string;
}

/** What is kept the same: a task, its blocks, its work item and its mail drafts. */
export interface Link {
  taskId: string;
  /** Epoch milliseconds. */
  createdAt: number;
  rules: CompleteRules;
  /** What all sides have, or are to have. */
  values: Partial<Record<LinkField, string>>;
  sides: LinkedSide[];
  conflicts: LinkConflict[];
  refused: RefusedValue[];
}

/** What a link is made of, beside its task and the blocks that the task has. */
export interface LinkOptions extends CallOptions {
  workItemId?: number | undefined;
  draftId?: string | undefined;
  /** Default: the context's `links.rules`. */
  rules?: LinkRules | undefined;
}

/** How what the SDK has just made is linked. */
export interface ExtendOptions extends CallOptions {
  /** Whether the call said `link: true`. If not, a task that TickTick doesn't have is left without a link. */
  isAskedFor: boolean;
}

/** What one synchronization of a link did. */
export interface SyncedLink {
  link: Link;
  /** How many values were written to services. */
  writes: number;
  /** Sides that could not be read or written. They are tried again with the next synchronization. */
  failures: { side: SideKind; id: string; error: ContextSdkError }[];
}

/** What came of one link of many. */
export type LinkOutcome = ({ taskId: string } & SyncedLink) | { taskId: string; error: ContextSdkError };
