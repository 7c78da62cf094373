import { type Region, taskDueDay } from '@context-sdk/ticktick-client';
import { escapeHtml } from '../utils/escape-html.ts';
import type { HandedTask } from './task-summary.ts';
import { taskUrl } from '../utils/task-url.ts';

function linesOf({ content, desc, items = [] }: HandedTask): string[] {
  const body = [content, desc].filter((text): text is string => text !== undefined && text !== '');
  return [...body, ...items.map(({ title, status }) => `${status ? '☑' : '☐'} ${title}`)];
}

/** A task in plain words, with the day it is due and where it is. */
export function taskText(task: HandedTask, region: Region | undefined): string {
  const due = taskDueDay(task);
  const parts = [linesOf(task).join('\n'), due === undefined ? '' : `Due: ${due}`, taskUrl(task, region)];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

/** The same as HTML; what people wrote stays text. */
export function taskHtml(task: HandedTask): string {
  return linesOf(task)
    .flatMap((text) => text.split(/\r?\n/))
    .map((line) => `<div>${escapeHtml(line) || '<br>'}</div>`)
    .join('');
}
