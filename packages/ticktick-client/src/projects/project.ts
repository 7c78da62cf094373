import type { Task } from '../tasks/task.ts';

/** A list of tasks or notes. Fields that are not named here are there too. */
export interface Project {
  id: string;
  name: string;
  color?: string;
  sortOrder?: number;
  /** Absent means false. */
  closed?: boolean;
  groupId?: string;
  viewMode?: 'list' | 'kanban' | 'timeline';
  /** Absent means that the user owns it. */
  permission?: 'read' | 'write' | 'comment';
  kind?: 'TASK' | 'NOTE';
}

/** A column of a kanban project. */
export interface Column {
  id: string;
  projectId: string;
  name: string;
  sortOrder?: number;
}

/** A project with its open tasks. The inbox comes without `project`. */
export interface ProjectData {
  project?: Project;
  tasks: Task[];
  columns: Column[];
}
