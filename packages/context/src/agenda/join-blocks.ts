import type { Region } from '@context-sdk/ticktick-client';
import { taskOfBlock } from '../time-blocks/block-mark.ts';
import type { AgendaEvent, AgendaItem, AgendaTask } from './agenda.ts';
import type { FoundTasks } from './tasks-in.ts';
import { taskUrl } from '../utils/task-url.ts';

/** Tasks and events; an event that blocks time for an open task is told as that task, at the event's time. */
export function joinBlocks(
  tasks: FoundTasks | undefined,
  events: readonly AgendaEvent[],
  region: Region | undefined,
): AgendaItem[] {
  const blocks = events.flatMap((item) => blockOf(item, tasks, region) ?? []);
  const blocked = new Set(blocks.map(({ task }) => task.id));
  const joined = new Set(blocks.map(({ block }) => block));
  return [
    ...(tasks?.inWindow ?? []).filter(({ task }) => !blocked.has(task.id)),
    ...blocks,
    ...events.filter(({ event }) => !joined.has(event)),
  ];
}

function blockOf(
  item: AgendaEvent,
  tasks: FoundTasks | undefined,
  region: Region | undefined,
): AgendaTask | undefined {
  const { event, kind: _, calendarId: __, ...time } = item;
  const task = tasks?.all.get(taskOfBlock(event) ?? '');
  return task && { ...time, kind: 'task', title: task.title, task, block: event, url: taskUrl(task, region) };
}
