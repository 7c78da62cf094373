import type { CalendarEvent } from '@context-sdk/google-workspace';
import type { Region, Task } from '@context-sdk/ticktick-client';
import { blockedTask, readMark } from '../time-blocks/block-mark.ts';
import { occurrenceOf } from '../time-blocks/task-dates.ts';
import { taskUrl } from '../utils/web-urls.ts';
import type { AgendaEvent, AgendaItem, AgendaTask, AgendaWorkItem } from './agenda.ts';
import type { FoundTasks } from './read-tasks.ts';

interface TimelineInput {
  tasks: FoundTasks | undefined;
  events: readonly AgendaEvent[];
  othersBlocks: ReadonlySet<CalendarEvent>;
  workItems: readonly AgendaWorkItem[];
  region: Region | undefined;
}

/** All items in order. An event that blocks time for a task is that task, at the event's time. */
export function timeline({ tasks, events, othersBlocks, workItems, region }: TimelineInput): AgendaItem[] {
  const own = events.filter(({ event }) => !othersBlocks.has(event));
  const blocks = own.flatMap((item) => blockItem(item, tasks, region) ?? []);
  const blocked = new Set(blocks.map(nameOf));
  const blockEvents = new Set(blocks.map(({ block }) => block));
  const items: AgendaItem[] = [
    ...(tasks?.inWindow ?? []).filter((item) => !blocked.has(nameOf(item))),
    ...blocks,
    ...events.filter(({ event }) => !blockEvents.has(event)),
    ...workItems,
  ];
  return items.toSorted(compareItems);
}

/** A task, or a later occurrence of one. */
function nameOf({ task: { id }, occurrence }: AgendaTask): string {
  return occurrence === undefined ? id : `${id}@${occurrence}`;
}

function blockItem(
  item: AgendaEvent,
  tasks: FoundTasks | undefined,
  region: Region | undefined,
): AgendaTask | undefined {
  const { event, kind: _, calendarId: __, ...time } = item;
  const mark = readMark(event);
  if (mark === undefined) return undefined;
  const task: Task = tasks?.all.get(mark.taskId) ?? blockedTask(event, mark);
  const { occurrence } = mark;
  const isCurrent = occurrence === undefined || occurrence === occurrenceOf(task);
  const common = { kind: 'task', title: task.title, task, block: event, url: taskUrl(task, region) } as const;
  return { ...time, ...common, ...(!isCurrent && { occurrence }) };
}

export function compareItems(one: AgendaItem, other: AgendaItem): number {
  if (one.day !== other.day) return one.day < other.day ? -1 : 1;
  if (one.allDay !== other.allDay) return one.allDay ? -1 : 1;
  const difference = (one.start?.getTime() ?? 0) - (other.start?.getTime() ?? 0);
  return difference || one.title.localeCompare(other.title);
}
