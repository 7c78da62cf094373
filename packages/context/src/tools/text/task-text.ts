import { dayOf } from '@context-sdk/oauth-core/client-kit';
import { type Task, taskDays, taskTimes } from '@context-sdk/ticktick-client';
import { foreignText } from './foreign-text.ts';
import { line } from './line.ts';
import { clockTime, type View } from './view.ts';

/** Characters of notes that a detailed line shows. */
const NOTES = 300;

const PRIORITIES: Readonly<Record<number, string>> = { 1: '!low', 3: '!medium', 5: '!high' };

/** `t3 2026-11-30 14:00 !high Call the bank` */
export function taskLine(task: Task, view: View): string {
  const handle = view.handleOf({ kind: 'task', id: task.id, within: task.projectId });
  return line`${handle} ${dueText(task, view.timeZone)} ${taskFlags(task)} ${task.title}`;
}

/** What a task is besides its title and its time. */
export function taskFlags(task: Task): string {
  const { status = 0, priority, repeatFlag } = task;
  const state = status > 0 ? 'done' : status === -1 ? 'abandoned' : '';
  return line`${state} ${PRIORITIES[priority ?? 0]} ${repeatFlag ? 'repeats' : ''}`;
}

/** Tags, checklist and notes, indented below the task's line. */
export function taskDetails({ tags = [], items = [], content, desc }: Task): string[] {
  const done = items.filter(({ status }) => status !== undefined && status !== 0).length;
  return [
    tags.length > 0 ? line`tags: ${tags.join(', ')}` : '',
    items.length > 0 ? line`checklist: ${done} of ${items.length} done` : '',
    line`${foreignText(content || desc, NOTES)}`,
  ]
    .filter((text) => text !== '')
    .map((text) => `  ${text}`);
}

function dueText(task: Task, timeZone: string): string {
  if (task.isAllDay) return taskDays(task)?.last ?? '';
  const { start, due = start } = taskTimes(task, timeZone);
  return due === undefined ? '' : `${dayOf(due.getTime(), timeZone)} ${clockTime(due, timeZone)}`;
}
