import type { CallOptions } from '@context-sdk/oauth-core';

/** What an answer holds besides the fields. */
export type Expand = 'none' | 'relations' | 'fields' | 'links' | 'all';

/** Either some fields, or what else is to be read: Azure DevOps takes no request for both. */
export type Selection =
  | { fields?: readonly string[] | undefined; expand?: never }
  | { expand?: Expand | undefined; fields?: never };

/** What reading takes besides the options of every call. */
export type ReadOptions = CallOptions &
  Selection & {
    /** Answers only for items of this project. */
    project?: string | undefined;
    /** How it was then. */
    asOf?: Date | string | undefined;
  };

/** What writing takes besides the options of every call. */
export interface WriteOptions extends CallOptions {
  /** Checks against the rules and changes nothing. */
  validateOnly?: boolean | undefined;
  /** Writes past the process's rules, which needs a permission of its own. */
  bypassRules?: boolean | undefined;
  /** Sends nobody a mail about it. */
  suppressNotifications?: boolean | undefined;
  /** What the answer holds. */
  expand?: Expand | undefined;
}

/** What an update takes besides. */
export interface UpdateOptions extends WriteOptions {
  /** Only if the item is still at this revision; else {@link ConflictError}. */
  ifRev?: number | undefined;
}
