import { errors } from '../errors.ts';
import { checkFields, unread } from '../input.ts';
import type { Task } from './task.ts';

/**
 * The places of what a task lacks since it came in a form that can't be read: `dueDate`, `tags[1]`, `items[3].status`. That they
 * are absent says nothing. Empty for a task that is whole, and for a copy of one. Pure.
 */
export function unreadFields(task: Task): readonly string[] {
  return unread.get(task) ?? [];
}

/**
 * Marks a copy of a task as what it was made of: without this, what is absent of one that was stored as JSON seems to be unset.
 * `places` are those of {@link unreadFields}. Returns the copy. Throws {@link InvalidRequestError}.
 */
export function withUnreadFields(copy: Task, places: readonly string[]): Task {
  checkFields(copy, 'copy');
  checkFields({ places }, 'places', { places: 'string[]' });
  if (places === undefined) throw errors.invalid('places', 'is missing');
  if (places.length > 0) unread.set(copy, places);
  return copy;
}
