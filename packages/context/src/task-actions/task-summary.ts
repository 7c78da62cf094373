import { cleanLine, cleanText, isObject } from '@context-sdk/oauth-core/client-kit';
import { type Region, type Task, taskDueDay } from '@context-sdk/ticktick-client';
import { checkTask, invalidInput } from '../utils/input-checks.ts';
import { escapeHtml } from '../utils/text.ts';
import { taskUrl } from '../utils/web-urls.ts';

/** The parts of a task that emails and work items are made from. Tasks from a `TickTickClient` have them. */
export type TaskSummary = Pick<Task, 'id' | 'projectId' | 'title'> & {
  [Name in keyof Task]?: Task[Name] | undefined;
};

/** Throws {@link InvalidRequestError} naming what can't be a task's. */
export function checkSummary(task: TaskSummary): void {
  checkTask(task);
  const { projectId, title, content, desc, items } = task;
  if (typeof projectId !== 'string' || !projectId.isWellFormed())
    throw invalidInput('task.projectId', 'is not an id');
  for (const [name, text] of Object.entries({
    title: title ?? 0,
    content: content ?? '',
    desc: desc ?? '',
  })) {
    if (typeof text !== 'string') throw invalidInput(`task.${name}`, 'must be a string');
  }
  if ((items ?? undefined) !== undefined && !(Array.isArray(items) && items.every(isObject)))
    throw invalidInput('task.items', 'is not a list of items');
}

/** A task's title where it needs to be one line that is not empty: a subject, or the title of a work item. */
export function titleLine(title: string): string {
  return cleanLine(title).replace(/\s+/g, ' ').trim() || 'A task';
}

/** A task as plain text: content, checklist, due day and link. */
export function taskText(task: TaskSummary, region: Region | undefined): string {
  const due = taskDueDay(task);
  const parts = [linesOf(task).join('\n'), due === undefined ? '' : `Due: ${due}`, taskUrl(task, region)];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

/** A task's content and checklist as HTML, with all text escaped. */
export function taskHtml(task: TaskSummary): string {
  return linesOf(task)
    .flatMap((text) => cleanText(text).split('\n'))
    .map((line) => `<div>${escapeHtml(line) || '<br>'}</div>`)
    .join('');
}

function linesOf({ content, desc, items }: TaskSummary): string[] {
  const body = [content, desc].filter((text): text is string => typeof text === 'string' && text !== '');
  return [...body, ...(items ?? []).map(({ title, status }) => `${status ? '☑' : '☐'} ${title}`)];
}
