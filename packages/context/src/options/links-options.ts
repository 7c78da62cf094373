/** What can be linked: a task, its blocks, its work item and its mail drafts. */
export type SideKind = 'task' | 'work-item' | 'block' | 'draft';

/** What is kept the same on all sides. */
export type LinkField = 'title' | 'status' | 'due';

/**
 * What a link does with a field. `merge`: the side that has changed wins, and changes of several sides that differ are a
 * conflict. `task`: the others follow the task. `off`: nothing.
 */
export type LinkRule = 'merge' | 'task' | 'off';

/** What a link does. */
export interface LinkRules {
  /** Default: `merge`. */
  title?: LinkRule | undefined;
  /** Whether the task and the work item are open, done or dropped. Default: `merge`. */
  status?: LinkRule | undefined;
  /** The due date of the task and of the work item. Default: `off`. */
  due?: LinkRule | undefined;
  /**
   * What a deleted task means for its work item and its drafts. `keep`: nothing. `remove`: the item gets a state of the category
   * Removed if its type has one, and the drafts are deleted. Default: `keep`.
   */
  deleted?: 'keep' | 'remove' | undefined;
}

/** Rules with their defaults. */
export type CompleteRules = { [Name in keyof LinkRules]-?: Exclude<LinkRules[Name], undefined> };

/** One side of a conflict. */
export interface ConflictValue {
  /** `decision`: an earlier conflict was decided so, and no side has it yet. */
  side: SideKind | 'decision';
  /** Empty for a decision. */
  id: string;
  value: string;
}

/** A field that was changed on several sides, to different values. Nothing is written to it until somebody decides. */
export interface LinkConflict {
  field: LinkField;
  values: ConflictValue[];
}

/** How a conflict ends: with the value of a side, or with another. */
export type LinkDecision = { side: SideKind } | { value: string };

/**
 * Hears of a conflict once, and may decide it. Without a decision it stands until `user.links.resolve` is called, or the sides
 * are the same again. If it throws, or takes over 8 s, it is asked again at the next synchronization.
 */
export type OnConflict = (
  conflict: LinkConflict & { userId: string; taskId: string },
) => LinkDecision | undefined | Promise<LinkDecision | undefined>;

/** What a context does with links. */
export interface LinksOptions {
  /**
   * When tasks are linked. `always`: by `blockTime`, `createWorkItem` and `draftEmail`. `on-request`: by calls with
   * `link: true`, and by `user.links.create`. Default: `on-request`.
   */
  create?: 'always' | 'on-request' | undefined;
  rules?: LinkRules | undefined;
  onConflict?: OnConflict | undefined;
}
