import { type NewWorkItem, RelationType, type RichText } from '@context-sdk/ado-client';
import type { Region } from '@context-sdk/ticktick-client';
import { escapeHtml } from '../utils/text.ts';
import { taskUrl } from '../utils/web-urls.ts';
import { taskHtml, type TaskSummary, titleLine } from './task-summary.ts';
import { MAX_TITLE, shortTitle } from './work-item-title.ts';

/** A description that begins with a title that doesn't fit. */
function withTitle(description: RichText, title: string): RichText {
  if (title.length <= MAX_TITLE) return description;
  if (typeof description === 'object' && 'markdown' in description) {
    return { ...description, markdown: `${title}\n\n${description.markdown}` };
  }
  const html = typeof description === 'string' ? description : description.html;
  return { html: `<div>${escapeHtml(title)}</div>${html}` };
}

/** What a task says about its work item. The hyperlink identifies the task. */
export function workItemInput(
  task: TaskSummary,
  region: Region | undefined,
  description: RichText = taskHtml(task),
): Pick<NewWorkItem, 'title' | 'description' | 'relations'> {
  const title = titleLine(task.title);
  return {
    title: shortTitle(title),
    description: withTitle(description, title),
    relations: [{ rel: RelationType.hyperlink, url: taskUrl(task, region), comment: 'TickTick' }],
  };
}
