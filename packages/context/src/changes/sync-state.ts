/** How a user's changes of one service reach the host: a record, which also holds the lease. */
export interface FeedState {
  mode: 'push' | 'polling' | 'none';
  /** Epoch milliseconds: before then there is nothing to do. */
  dueAt: number;
  /** What the feed keeps of its push. */
  push?: object;
  /** Where polling goes on. */
  position?: object;
  /** Why the service does not deliver, or could not be asked: an error's code. */
  problem?: string;
}
