import type { JsonValue } from '../../json.ts';
import type { AbsentFields } from '../records.ts';
import type { SandboxTask } from './task-to-wire.ts';

const TEXTS = ['content', 'desc', 'repeatFlag', 'repeatFrom', 'parentId', 'columnId', 'assigneeUsername'];
const DATES = ['startDate', 'dueDate', 'completedTime'];
const LISTS = ['reminders', 'items', 'tags', 'childIds'];

function filled(task: object, absent: readonly [names: readonly string[], value: JsonValue][]): object {
  const fields = absent.flatMap(([names, value]) => names.map((name) => [name, value] as const));
  return { ...Object.fromEntries(fields), ...task };
}

/** A task in a list. */
export function listedTask(task: SandboxTask, absent: AbsentFields): object {
  return absent === 'omitted' ? task : filled(task, [[[...TEXTS, ...DATES, ...LISTS], null]]);
}

/** A task in the data of its project, which such a row need not name. */
export function projectTask({ projectId, ...rest }: SandboxTask, absent: AbsentFields): object {
  if (absent === 'omitted') return { ...rest, projectId };
  const fields: [readonly string[], JsonValue][] = [
    [[...TEXTS, ...DATES], ''],
    [LISTS, null],
  ];
  return filled(rest, fields);
}
