import type { Address, Draft, GmailClient, Mail } from '@context-sdk/google-workspace';
import type { CallOptions } from '@context-sdk/oauth-core';
import { checkedCallOptions } from '@context-sdk/oauth-core/client-kit';
import type { Region } from '@context-sdk/ticktick-client';
import { checkTask } from '../utils/input-checks.ts';
import { type TaskSummary, taskText } from './task-summary.ts';

/** Writes the email about a task. */
export type MailTemplate = (task: TaskSummary) => Pick<Mail, 'subject' | 'text' | 'html'>;

/** The recipients and the text of an email about a task. */
export interface DraftEmailOptions extends CallOptions {
  to: Address | readonly Address[];
  cc?: Address | readonly Address[] | undefined;
  /** Default: title, content, checklist, due day and a link to the task. */
  template?: MailTemplate | undefined;
}

/** Saves an email about a task as a draft. */
export async function draftEmail(
  { gmail, region }: { gmail: GmailClient; region: Region | undefined },
  task: TaskSummary,
  { to, cc, template, ...options }: DraftEmailOptions,
): Promise<Draft> {
  const call = checkedCallOptions(options, 'gmail');
  checkTask(task);
  const mail = template?.(task) ?? { subject: subjectOf(task), text: taskText(task, region) };
  return await gmail.drafts.create({ ...mail, to, cc }, call);
}

/** A subject has one line and is not empty. Titles may have several lines, or be empty. */
function subjectOf({ title }: TaskSummary): string {
  return title.replace(/\s+/g, ' ').trim() || 'A task';
}
