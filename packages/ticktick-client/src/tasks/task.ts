/** How urgent a task is, in TickTick's numbers; 2 and 4 don't exist. */
export const TaskPriority = { none: 0, low: 1, medium: 3, high: 5 } as const;
/** One of the numbers of {@link TaskPriority}. */
export type TaskPriority = (typeof TaskPriority)[keyof typeof TaskPriority];

/** The state of a task, in TickTick's numbers; 1 doesn't exist, except for finished checklist items. */
export const TaskStatus = { abandoned: -1, open: 0, completed: 2 } as const;
/** One of the numbers of {@link TaskStatus}. */
export type TaskStatus = (typeof TaskStatus)[keyof typeof TaskStatus];

/** How the apps show a task. */
export type TaskKind = 'TEXT' | 'NOTE' | 'CHECKLIST';

/** The known values, which editors complete, or one that TickTick adds later. */
type OrAnother<Known extends string | number> = Known | (Known extends string ? string & {} : number & {});

/** One line of a checklist task. */
export interface ChecklistItem {
  id?: string | undefined;
  title: string;
  /** 0 open, 1 done. */
  status?: number | undefined;
  completedTime?: string | undefined;
  isAllDay?: boolean | undefined;
  sortOrder?: number | undefined;
  startDate?: string | undefined;
  timeZone?: string | undefined;
}

/**
 * A task as TickTick sends it, with dates such as `2026-10-11T09:00:00.000+0000`; fields that are not set are absent. Also
 * has the fields that are not listed here. An all-day task's dates are the instant of midnight in its `timeZone`.
 */
export interface Task {
  id: string;
  /** Empty at a gateway of the guide's dialect that has no projects. */
  projectId: string;
  title: string;
  /** Body of a `TEXT` or `NOTE` task. */
  content?: string;
  /** Body of a `CHECKLIST` task. */
  desc?: string;
  kind?: OrAnother<TaskKind>;
  status?: OrAnother<TaskStatus>;
  priority?: OrAnother<TaskPriority>;
  isAllDay?: boolean;
  startDate?: string;
  dueDate?: string;
  timeZone?: string;
  isFloating?: boolean;
  /** iCalendar triggers such as `TRIGGER:-PT15M`. */
  reminders?: string[];
  /** `RRULE:…` or one of TickTick's own rules; empty or absent if the task doesn't recur. */
  repeatFlag?: string;
  /** `0` from the due date, `1` from completion, `2` by the calendar. */
  repeatFrom?: string;
  /** Only valid while `status` is completed: it stays when the task is reopened. */
  completedTime?: string;
  tags?: string[];
  items?: ChecklistItem[];
  parentId?: string;
  childIds?: string[];
  columnId?: string;
  columnName?: string;
  assigneeUsername?: string;
  assignor?: string;
  sortOrder?: number;
  progress?: number;
  /** Changes with every change of the task. */
  etag?: string;
  etimestamp?: number;
  createdTime?: string;
  modifiedTime?: string;
}

/** A task whose body is a checklist. */
export interface ChecklistTask extends Task {
  kind: 'CHECKLIST';
  items: ChecklistItem[];
}

/** A note. The apps show no status for it. */
export interface NoteTask extends Task {
  kind: 'NOTE';
}

/** Whether a task's body is a checklist. */
export function isChecklistTask(task: Task): task is ChecklistTask {
  return task?.kind === 'CHECKLIST' && Array.isArray(task.items);
}

/** Whether a task is a note. */
export function isNoteTask(task: Task): task is NoteTask {
  return task?.kind === 'NOTE';
}

/** Identifies a task. With the id alone, finding its project may take requests. */
export type TaskRef = string | { id: string; projectId: string };

/** A {@link TaskRef} with the project that the task is in, or was last seen in. */
export interface ResolvedRef {
  id: string;
  projectId: string;
}

/** The members of a task that the client relies on. */
export const TASK_MEMBERS = { id: 'string', projectId: 'string' } as const;
