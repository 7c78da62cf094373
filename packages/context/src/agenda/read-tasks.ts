import { addDays, dayOf } from '@context-sdk/oauth-core/client-kit';
import { type Task, taskDays, taskTimes, type TickTickClient } from '@context-sdk/ticktick-client';
import { taskUrl } from '../utils/web-urls.ts';
import { type AgendaWindow, overlapsDays, overlapsTime } from './agenda-window.ts';
import type { AgendaTask } from './agenda.ts';

/** The open tasks. */
export interface FoundTasks {
  inWindow: AgendaTask[];
  /** All of them by id, since an event can block time for a task without a date. */
  all: ReadonlyMap<string, Task>;
}

/** Reads the open tasks with `tasks.listOpen`. */
export async function readTasks(client: TickTickClient, window: AgendaWindow): Promise<FoundTasks> {
  const tasks = await client.tasks.listOpen(window.call).toArray();
  return {
    inWindow: tasks.flatMap((task) => agendaTask(task, window) ?? []),
    all: new Map(tasks.map((task) => [task.id, task])),
  };
}

function agendaTask(task: Task, window: AgendaWindow): AgendaTask | undefined {
  const common = { kind: 'task', title: task.title, task, url: taskUrl(task, window.region) } as const;
  if (task.isAllDay) {
    const days = taskDays(task);
    if (days === undefined) return undefined;
    const day = days.first;
    const endDay = addDays(days.last, 1);
    return overlapsDays(window, day, endDay) ? { ...common, day, endDay, allDay: true } : undefined;
  }
  const { due, start = due } = taskTimes(task, window.timeZone);
  if (start === undefined || !overlapsTime(window, start, due)) return undefined;
  const day = dayOf(start.getTime(), window.timeZone);
  return { ...common, day, start, allDay: false, ...(due !== undefined && due > start && { end: due }) };
}
