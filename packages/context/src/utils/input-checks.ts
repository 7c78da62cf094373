import { InvalidRequestError } from '@context-sdk/oauth-core';
import { checkedTimeRange, type TimeRange } from '@context-sdk/oauth-core/client-kit';

/** User ids become part of record keys, and stores limit a key to 512 bytes. */
const MAX_USER_ID_LENGTH = 256;

/** A time range that was checked. `to` is exclusive. */
export interface CheckedRange {
  from: Date;
  to: Date;
}

/** The error for a bad argument. Created before anything is sent. */
export function invalidInput(field: string, problem: string): InvalidRequestError {
  return new InvalidRequestError(`${field} ${problem}.`, { field });
}

/** Throws {@link InvalidRequestError} if this is not a task with an id. */
export function checkTask(task: { id: string }, field = 'task'): void {
  if (typeof task !== 'object' || task === null) throw invalidInput(field, 'is not a task');
  checkTaskId(task.id, `${field}.id`);
}

const MAX_TASK_ID_LENGTH = 256;

/** Throws {@link InvalidRequestError} for what can't be the id of a task. */
export function checkTaskId(id: unknown, field: string): void {
  if (typeof id !== 'string' || id === '') throw invalidInput(field, 'must be a non-empty string');
  if (!id.isWellFormed() || id.length > MAX_TASK_ID_LENGTH)
    throw invalidInput(field, 'is not the id of a task');
}

/** Throws {@link InvalidRequestError} for an empty, too long or malformed user id. */
export function checkUserId(userId: unknown): string {
  if (typeof userId !== 'string' || userId === '') {
    throw invalidInput('userId', 'is empty or not a string');
  }
  if (!userId.isWellFormed()) throw invalidInput('userId', 'contains half of a surrogate pair');
  if (encodeURIComponent(userId).length > MAX_USER_ID_LENGTH) {
    throw invalidInput('userId', `is too long: at most ${MAX_USER_ID_LENGTH} characters after URL encoding`);
  }
  return userId;
}

/** Throws {@link InvalidRequestError} that names the invalid end: `within.to` with the prefix `within.`. */
export function checkedRange(range: TimeRange, prefix = ''): CheckedRange {
  const { from, to } = checkedTimeRange(range, invalidInput, prefix);
  return { from: new Date(from), to: new Date(to) };
}

/** Options without those that are `null`, which is read as absent. */
export function withoutNulls<T extends object>(options: T): T {
  const present = Object.entries(options).filter(([, value]) => value !== null);
  return Object.fromEntries(present) as T;
}
