/** What a state stands for; names are custom and localised, categories are not. */
export type StateCategory = 'Proposed' | 'InProgress' | 'Resolved' | 'Completed' | 'Removed';

export interface WorkItemState {
  readonly name: string;
  readonly color: string;
  readonly category: StateCategory;
}

/** A kind of work item. */
export interface WorkItemType {
  readonly name: string;
  readonly referenceName: string;
  readonly description: string;
  readonly color: string;
  readonly icon: string;
  /** In the order of the board; a new item has the first. */
  readonly states: readonly WorkItemState[];
  /** Why a new item is in its first state. */
  readonly firstReason: string;
  /** Fields with a value from the start. */
  readonly defaults: Readonly<Record<string, string | number>>;
  /** Fields that take only these values. */
  readonly allowedValues: Readonly<Record<string, readonly (string | number)[]>>;
}
