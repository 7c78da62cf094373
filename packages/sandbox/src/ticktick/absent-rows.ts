import { isJsonObject, type JsonValue } from '../json.ts';
import type { AbsentFields } from './records.ts';

/** The fields that rows may lack, by the operation that lists them. Tasks have their own. */
const OPTIONAL: Readonly<Record<string, string>> = {
  'habit.list':
    'color encouragement unit sectionId repeatRule reminders exDates archivedTime targetStartDate',
  'habit.sections': 'etag createdTime modifiedTime',
  'habit.checkins': 'id etag createdTime modifiedTime',
  'countdown.list': 'remark repeatFlag style styleColor createdTime modifiedTime',
  'comment.list': 'replyCommentId replyUserId',
  'group.list': 'viewMode',
  'project.list': 'color closed groupId permission',
  'project.members': 'displayName',
  'tag.list': 'color parent',
  'column.list': 'sortOrder',
};

/**
 * What an operation lists, with `null` for what rows lack, and for a list without rows: as tasks, whose fields several clients
 * met so. For the other resources this is assumed.
 */
export function listedRows(operation: string, value: unknown, absent: AbsentFields): unknown {
  const names = OPTIONAL[operation];
  if (absent === 'omitted' || names === undefined || !Array.isArray(value)) return value;
  if (value.length === 0) return null;
  const nulls = Object.fromEntries(names.split(' ').map((name) => [name, null]));
  return value.map((row: JsonValue) => (isJsonObject(row) ? { ...nulls, ...defined(row) } : row));
}

function defined(row: object): object {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
}
