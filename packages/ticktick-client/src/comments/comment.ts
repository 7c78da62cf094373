/** A comment on a task. Fields that are not named here are there too. */
export interface Comment {
  id: string;
  userId?: number;
  /** What it says. */
  title: string;
  /** Epoch milliseconds where it was recorded, text (`2026-04-07T09:00:00+0000`) in the documentation. */
  createdTime?: string | number;
  /** As `createdTime`. */
  modifiedTime?: string | number;
  replyCommentId?: string;
  replyUserId?: number;
}

/** A comment to write. */
export interface CommentInput {
  /** What it says. */
  title: string;
}
