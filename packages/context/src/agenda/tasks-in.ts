import {
  type Task,
  taskDueDate,
  taskDueDay,
  taskStartDate,
  taskStartDay,
  type TickTickClient,
} from '@context-sdk/ticktick-client';
import { taskUrl } from '../utils/task-url.ts';
import { dayAfter, dayIn } from '../utils/zoned-day.ts';
import type { AgendaTask } from './agenda.ts';
import { holdsDays, holdsTime, type Window } from './window.ts';

/** Tasks of the window, and all others: an event may block time for one that has no date. */
export interface FoundTasks {
  inWindow: AgendaTask[];
  all: ReadonlyMap<string, Task>;
}

/** The open tasks, as `tasks.listOpen` reads them. */
export async function tasksIn(client: TickTickClient, window: Window): Promise<FoundTasks> {
  const tasks = await client.tasks.listOpen(window.call).toArray();
  return {
    inWindow: tasks.flatMap((task) => agendaTask(task, window) ?? []),
    all: new Map(tasks.map((task) => [task.id, task])),
  };
}

function agendaTask(task: Task, window: Window): AgendaTask | undefined {
  const common = { kind: 'task', title: task.title, task, url: taskUrl(task, window.region) } as const;
  if (task.isAllDay) {
    const day = taskStartDay(task) ?? taskDueDay(task);
    if (day === undefined) return undefined;
    const endDay = dayAfter(taskDueDay(task) ?? day);
    return holdsDays(window, day, endDay) ? { ...common, day, endDay, allDay: true } : undefined;
  }
  const due = taskDueDate(task);
  const start = taskStartDate(task) ?? due;
  if (start === undefined || !holdsTime(window, start, due)) return undefined;
  const day = dayIn(start, window.timeZone);
  return { ...common, day, start, allDay: false, ...(due !== undefined && due > start && { end: due }) };
}
