import type { Draft, GmailClient } from '@context-sdk/google-workspace';
import type { Region } from '@context-sdk/ticktick-client';
import { checkedTask } from '../utils/checked-task.ts';
import type { DraftEmailOptions, HandedTask } from './task-summary.ts';
import { taskText } from './task-text.ts';

/** A mail has one line of subject; titles may have several, and none. */
function subjectOf({ title }: HandedTask): string {
  return title.replace(/\s+/g, ' ').trim() || 'A task';
}

export async function draftEmail(
  { gmail, region }: { gmail: GmailClient; region: Region | undefined },
  task: HandedTask,
  { to, cc, template, ...call }: DraftEmailOptions,
): Promise<Draft> {
  checkedTask(task);
  const mail = template?.(task) ?? { subject: subjectOf(task), text: taskText(task, region) };
  return await gmail.drafts.create({ ...mail, to, cc }, call);
}
