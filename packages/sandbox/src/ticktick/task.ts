/** A task as the service holds it; dates are milliseconds since the epoch. */
export interface Task {
  readonly id: string;
  readonly createdTime: number;
  projectId: string;
  sortOrder: number;
  title: string;
  content: string | undefined;
  desc: string | undefined;
  startDate: number | undefined;
  dueDate: number | undefined;
  timeZone: string;
  isAllDay: boolean;
  isFloating: boolean;
  priority: number;
  reminders: string[] | undefined;
  repeatFlag: string | undefined;
  repeatFrom: string | undefined;
  completedTime: number | undefined;
  /** -1 abandoned, 0 open, 2 completed. */
  status: number;
  items: ChecklistItem[];
  tags: string[] | undefined;
  parentId: string | undefined;
  columnId: string | undefined;
  assigneeUsername: string | undefined;
  kind: TaskKind;
  etag: string;
  etimestamp: number;
  modifiedTime: number;
  /** Gone from every list, though still readable by its id. */
  deleted: boolean;
}

export type TaskKind = 'TEXT' | 'NOTE' | 'CHECKLIST';

/** One line of a checklist. */
export interface ChecklistItem {
  readonly id: string;
  readonly title: string;
  /** 0 open, 1 done: not the task's 2. */
  readonly status: number;
  readonly sortOrder: number;
  readonly isAllDay: boolean;
  readonly timeZone: string;
  readonly startDate: number | undefined;
  readonly completedTime: number | undefined;
}
