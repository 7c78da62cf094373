import { isObject } from '@context-sdk/oauth-core/client-kit';
import { isNumber, isText, isTime, listOf, type Shape, shapeOf } from '../../records/shape.ts';

const isFlag: Shape = (value) => typeof value === 'boolean';
const TASK = shapeOf({ id: isText });
const CALENDAR = shapeOf({ calendarId: isText }, { channelId: isText, resourceId: isText });
const WORK_ITEM = { workItemId: isNumber, fields: isObject };
const LIST = listOf(isObject);

/** What the data of each kind of event has. */
const DATA: Readonly<Record<string, Shape>> = {
  'ticktick task.created': TASK,
  'ticktick task.updated': TASK,
  'ticktick task.moved': TASK,
  'ticktick task.completed': TASK,
  'ticktick task.deleted': TASK,
  'google-calendar sync': CALENDAR,
  'google-calendar changed': CALENDAR,
  'google-calendar calendars.changed': shapeOf({ added: listOf(isText), removed: listOf(isText) }),
  'google-calendar block.outdated': shapeOf({
    taskId: isText,
    isDeleted: isFlag,
    blocks: listOf(shapeOf({ calendarId: isText, eventId: isText })),
  }),
  'gmail mailbox.changed': shapeOf({ emailAddress: isText, historyId: isText }, { subscription: isText }),
  'azure-devops workitem.created': shapeOf(WORK_ITEM),
  'azure-devops workitem.updated': shapeOf({
    ...WORK_ITEM,
    changes: isObject,
    relations: shapeOf({ added: LIST, removed: LIST, updated: LIST }),
  }),
  'azure-devops workitem.deleted': shapeOf(WORK_ITEM),
  'azure-devops workitem.restored': shapeOf(WORK_ITEM),
  'azure-devops workitem.commented': shapeOf({ ...WORK_ITEM, comment: isObject }),
  'azure-devops workitem.changed': shapeOf({ id: isNumber, fields: isObject }),
};

const EVENT = shapeOf(
  { source: isText, type: isText, verified: isFlag },
  {
    id: isText,
    at: isTime,
    userId: isText,
    event: isText,
    changed: listOf(isText),
    changes: isObject,
    fromProjectId: isText,
    recurringTaskId: isText,
  },
);

/** Whether a stored event is one that the host can be told. The data of kinds that this version doesn't know may be anything. */
export function isEvent(value: unknown): boolean {
  if (!EVENT(value)) return false;
  const { source, type, data } = value as { source: string; type: string; data: unknown };
  const kind = `${source} ${type}`;
  return !Object.hasOwn(DATA, kind) || (DATA[kind]?.(data) ?? false);
}
