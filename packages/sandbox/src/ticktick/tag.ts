/** A tag of the account's own list, which need not hold the tags that tasks carry. */
export interface Tag {
  /** The label in lower case. */
  readonly name: string;
  readonly label: string;
  readonly sortOrder: number;
  readonly color: string | undefined;
  /** 1 personal, 2 team. */
  readonly type: number;
}
