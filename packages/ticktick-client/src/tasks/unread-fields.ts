import { unread } from '../input.ts';
import type { Task } from './task.ts';

/**
 * The places of what a task lacks since it came in a form that can't be read: `dueDate`, `tags[1]`, `items[3].status`. That they
 * are absent says nothing. Empty for a task that is whole, and for a copy of one. Pure.
 */
export function unreadFields(task: Task): readonly string[] {
  return unread.get(task) ?? [];
}
