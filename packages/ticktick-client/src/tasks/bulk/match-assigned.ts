import { readWireDate } from '../../dates/task-dates.ts';
import { isInbox } from '../project-tasks.ts';
import type { WireTask } from '../task-input.ts';
import type { Task } from '../task.ts';

type Fields = Record<string, unknown>;

function instant(date: unknown): number | null {
  return (typeof date === 'string' ? readWireDate(date) : undefined) ?? null;
}

/** TickTick trims texts and turns CRLF into LF. */
function normalized(text: unknown): string {
  return typeof text === 'string' ? text.replace(/\r\n?/g, '\n').trim() : '';
}

function projectOf({ projectId }: Fields): string {
  return typeof projectId !== 'string' || projectId === '' || isInbox(projectId) ? 'inbox' : projectId;
}

/** What distinguishes two new tasks, the same for a sent and for a stored task: at first everything, then what lasts. */
const FINGERPRINTS: readonly ((task: Fields) => unknown[])[] = [
  (task) => [
    projectOf(task),
    normalized(task['title']),
    normalized(task['content'] || task['desc']),
    task['priority'] ?? 0,
    instant(task['startDate'] ?? task['dueDate']),
    instant(task['dueDate']),
  ],
  (task) => [projectOf(task), normalized(task['title']), instant(task['dueDate'])],
  (task) => [projectOf(task), normalized(task['title'])],
  (task) => [normalized(task['title']).toLowerCase()],
];

/**
 * The stored task for each sent one, if the server assigned ids of its own and changed texts and dates in its own way. Tasks
 * that are equal in everything are interchangeable; one that is left on each side is a match; a sent task without a match gets
 * `undefined`.
 */
export function matchAssigned(sent: readonly WireTask[], stored: readonly Task[]): (Task | undefined)[] {
  const matches: (Task | undefined)[] = sent.map(() => undefined);
  let left: readonly Task[] = stored;
  for (const fingerprint of [...FINGERPRINTS, () => []]) {
    const isLast = fingerprint({}).length === 0;
    const missing = matches.filter((match) => match === undefined).length;
    if (isLast && (missing !== 1 || left.length !== 1)) break;
    const byKey = Map.groupBy(left, (task) => JSON.stringify(fingerprint({ ...task })));
    sent.forEach((task, index) => {
      matches[index] ??= byKey.get(JSON.stringify(fingerprint(task)))?.shift();
    });
    left = [...byKey.values()].flat();
  }
  return matches;
}
