import {
  TaskPriority as PRIORITY,
  type Task,
  type TaskPriority,
  taskSchedule,
} from '@context-sdk/ticktick-client';
import { knownZone } from '../../time-blocks/task-dates.ts';
import type { TaskState } from './undo-step.ts';

/** The fields of a task that tools write, as the task has them. */
export function taskState(task: Task): Required<TaskState> {
  const { title, content = '', priority = 0, tags = [], repeatFlag = '' } = task;
  return {
    title,
    content,
    priority,
    tags: tags.toSorted(),
    schedule: taskSchedule(task),
    timeZone: knownZone(task.timeZone),
    repeatFlag,
  };
}

/** Those of some names. */
export function pick<T extends object, Name extends keyof T>(from: T, names: readonly Name[]): Pick<T, Name> {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Pick<T, Name>;
}

/** The names of fields that differ. */
export function differing(a: object, b: object): string[] {
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return [...left.keys()].filter(
    (name) => JSON.stringify(left.get(name)) !== JSON.stringify(right.get(name)),
  );
}

/** A priority as TickTick numbers it. */
export function priorityOf(value: number | undefined): TaskPriority | undefined {
  return Object.values(PRIORITY).find((priority) => priority === value);
}
