import { instantOfWireDate } from '../../dates/task-dates.ts';
import type { Task } from '../task.ts';
import type { WireTask } from '../task-input.ts';

type Fields = Record<string, unknown>;

function instant(date: unknown): number | undefined {
  return typeof date === 'string' ? instantOfWireDate(date) : undefined;
}

/** What tells two new tasks apart, in a form in which what was sent and what was stored agree. */
function fingerprint(task: Fields): string {
  const due = instant(task['dueDate']);
  const start = instant(task['startDate']) ?? due;
  return JSON.stringify([
    task['title'],
    task['content'] || task['desc'] || '',
    task['priority'] ?? 0,
    start ?? null,
    due ?? null,
  ]);
}

/**
 * Finds out which stored task came from which sent one, where the server gave ids of its own. Tasks that are
 * alike in everything are interchangeable; a sent one without its like gets `undefined`.
 */
export function matchAssigned(sent: readonly WireTask[], stored: readonly Task[]): (Task | undefined)[] {
  const left = new Map<string, Task[]>();
  for (const task of stored) {
    const key = fingerprint({ ...task });
    left.set(key, [...(left.get(key) ?? []), task]);
  }
  return sent.map((task) => left.get(fingerprint(task))?.shift());
}
