import type { Region } from '@context-sdk/ticktick-client';
import { blockedTaskId } from '../time-blocks/block-mark.ts';
import { taskUrl } from '../utils/web-urls.ts';
import type { AgendaEvent, AgendaItem, AgendaTask, AgendaWorkItem } from './agenda.ts';
import type { FoundTasks } from './read-tasks.ts';

interface TimelineInput {
  tasks: FoundTasks | undefined;
  events: readonly AgendaEvent[];
  workItems: readonly AgendaWorkItem[];
  region: Region | undefined;
}

/** All items in order. An event that blocks time for an open task becomes that task, at the event's time. */
export function timeline({ tasks, events, workItems, region }: TimelineInput): AgendaItem[] {
  const blocks = events.flatMap((item) => blockedTask(item, tasks, region) ?? []);
  const blockedTaskIds = new Set(blocks.map(({ task }) => task.id));
  const blockEvents = new Set(blocks.map(({ block }) => block));
  const items: AgendaItem[] = [
    ...(tasks?.inWindow ?? []).filter(({ task }) => !blockedTaskIds.has(task.id)),
    ...blocks,
    ...events.filter(({ event }) => !blockEvents.has(event)),
    ...workItems,
  ];
  return items.toSorted(compareItems);
}

function blockedTask(
  item: AgendaEvent,
  tasks: FoundTasks | undefined,
  region: Region | undefined,
): AgendaTask | undefined {
  const { event, kind: _, calendarId: __, ...time } = item;
  const task = tasks?.all.get(blockedTaskId(event) ?? '');
  return task && { ...time, kind: 'task', title: task.title, task, block: event, url: taskUrl(task, region) };
}

function compareItems(one: AgendaItem, other: AgendaItem): number {
  if (one.day !== other.day) return one.day < other.day ? -1 : 1;
  if (one.allDay !== other.allDay) return one.allDay ? -1 : 1;
  const difference = (one.start?.getTime() ?? 0) - (other.start?.getTime() ?? 0);
  return difference || one.title.localeCompare(other.title);
}
