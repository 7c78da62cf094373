import type { RichText, NewWorkItem } from '@context-sdk/ado-client';
import type { Address, Mail } from '@context-sdk/google-workspace';
import type { CallOptions } from '@context-sdk/oauth-core';
import type { Task } from '@context-sdk/ticktick-client';

/** A task to hand over: one that a `TickTickClient` gave. */
export type HandedTask = Pick<Task, 'id' | 'projectId' | 'title'> & Partial<Task>;

/** What a mail about a task says. */
export type MailTemplate = (task: HandedTask) => Pick<Mail, 'subject' | 'text' | 'html'>;

/** Who the mail goes to, and what it says. */
export interface DraftEmailOptions extends CallOptions {
  to: Address | readonly Address[];
  cc?: Address | readonly Address[] | undefined;
  /** Title, content, checklist, due day and a link to the task unless given. */
  template?: MailTemplate | undefined;
}

/** What the work item is like, besides what the task says. */
export interface WorkItemOptions
  extends CallOptions, Pick<NewWorkItem, 'areaPath' | 'iterationPath' | 'assignedTo' | 'parent' | 'fields'> {
  /** The context's own project unless given. */
  project?: string | undefined;
  /** `Task` unless given. */
  type?: string | undefined;
  /** The task's content and checklist unless given. */
  description?: RichText | undefined;
  /** Besides the one by which the task is found again. */
  tags?: readonly string[] | undefined;
}
