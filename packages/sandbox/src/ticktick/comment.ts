/** A comment on a task. */
export interface Comment {
  readonly id: string;
  readonly userId: number;
  readonly title: string;
  /** Milliseconds since the epoch: recorded so, although the documentation shows strings. */
  readonly createdTime: number;
  readonly modifiedTime: number;
}
