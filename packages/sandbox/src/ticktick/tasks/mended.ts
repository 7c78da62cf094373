import { isJsonObject, type JsonObject, type JsonValue, stringOf } from '../../json.ts';
import type { TaskInput } from './task-input.ts';

const FIELDS: Readonly<Record<keyof TaskInput | 'id', true>> = {
  id: true,
  projectId: true,
  title: true,
  content: true,
  desc: true,
  isAllDay: true,
  isFloating: true,
  startDate: true,
  dueDate: true,
  timeZone: true,
  reminders: true,
  tags: true,
  repeatFlag: true,
  repeatFrom: true,
  priority: true,
  sortOrder: true,
  status: true,
  completedTime: true,
  kind: true,
  parentId: true,
  columnId: true,
  items: true,
};

/** What TickTick ignores or changes in tasks that an app writes, in words. */
export function mendedInTasks(operation: string, body: JsonValue | undefined): string[] {
  if (!isJsonObject(body)) return [];
  if (operation === 'task.create' || operation === 'task.update') return mendedInTask(body, 'task');
  if (operation !== 'task.batch') return [];
  return ['add', 'update'].flatMap((list) => {
    const tasks = body[list];
    const all = Array.isArray(tasks) ? tasks : [];
    return all.flatMap((task, index) => (isJsonObject(task) ? mendedInTask(task, `${list}[${index}]`) : []));
  });
}

function mendedInTask(task: JsonObject, place: string): string[] {
  const unknown = Object.keys(task).filter((name) => !Object.hasOwn(FIELDS, name));
  const { title, tags } = task;
  const isTrimmed = typeof title === 'string' && title !== title.trim();
  const names = Array.isArray(tags) ? tags : [];
  const isLowered = names.some((tag) => typeof tag === 'string' && tag !== tag.toLowerCase());
  const hasReturns = ['title', 'content', 'desc'].filter((name) => stringOf(task[name]).includes('\r\n'));
  return [
    ...unknown.map((name) => `${place}.${name} is not known and is ignored`),
    ...(isTrimmed ? [`${place}.title is stored without the spaces around it`] : []),
    ...(isLowered ? [`${place}.tags are stored in lower case`] : []),
    ...hasReturns.map((name) => `${place}.${name} is stored with LF in place of CRLF`),
  ];
}
