import { readWireDate } from '../../dates/task-dates.ts';
import type { WireTask } from '../task-input.ts';
import type { Task } from '../task.ts';

type Fields = Record<string, unknown>;

function instant(date: unknown): number | undefined {
  return typeof date === 'string' ? readWireDate(date) : undefined;
}

/** TickTick trims titles and turns CRLF into LF. */
function normalized(text: unknown): string {
  return typeof text === 'string' ? text.replaceAll('\r\n', '\n').trim() : '';
}

/** What distinguishes two new tasks, in a form that is the same for a sent and for a stored task. */
function fingerprint(task: Fields): string {
  const due = instant(task['dueDate']);
  const start = instant(task['startDate']) ?? due;
  return JSON.stringify([
    normalized(task['title']),
    normalized(task['content'] || task['desc']),
    task['priority'] ?? 0,
    start ?? null,
    due ?? null,
  ]);
}

/**
 * The stored task for each sent one, if the server assigned ids of its own. Tasks that are equal in everything are
 * interchangeable; a sent task without a match gets `undefined`.
 */
export function matchAssigned(sent: readonly WireTask[], stored: readonly Task[]): (Task | undefined)[] {
  const left = new Map<string, Task[]>();
  for (const task of stored) {
    const key = fingerprint({ ...task });
    left.set(key, [...(left.get(key) ?? []), task]);
  }
  const matches = sent.map((task) => left.get(fingerprint(task))?.shift());
  const [last, ...others] = [...left.values()].flat();
  const isLastPair = others.length === 0 && matches.filter((match) => match === undefined).length === 1;
  return isLastPair ? matches.map((match) => match ?? last) : matches;
}
