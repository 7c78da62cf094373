/** A task as the API answers it. What is not set is absent. */
export interface SandboxTask {
  id: string;
  projectId: string;
  sortOrder: number;
  title: string;
  content?: string;
  desc?: string;
  startDate?: string;
  dueDate?: string;
  timeZone: string;
  isAllDay: boolean;
  priority: number;
  isFloating: boolean;
  reminders?: string[];
  repeatFlag?: string;
  repeatFrom?: string;
  completedTime?: string;
  status: number;
  items?: SandboxChecklistItem[];
  tags?: string[];
  parentId?: string;
  childIds?: string[];
  columnId?: string;
  columnName?: string;
  assigneeUsername?: string;
  etag: string;
  etimestamp: number;
  kind: string;
  modifiedTime: string;
  createdTime: string;
}

/** A checklist's line as the API answers it. */
export interface SandboxChecklistItem {
  id: string;
  status: number;
  title: string;
  sortOrder: number;
  startDate?: string;
  /** Absent in the answer that creates the task, present afterwards. */
  isAllDay?: boolean;
  completedTime?: string;
  timeZone: string;
}
