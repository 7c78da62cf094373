import type { Column } from '../columns/columns.ts';
import type { Task } from '../tasks/task.ts';

/** How a project is shown. */
export const ProjectViewMode = { list: 'list', kanban: 'kanban', timeline: 'timeline' } as const;
export type ProjectViewMode = (typeof ProjectViewMode)[keyof typeof ProjectViewMode];

/** What a project contains. */
export const ProjectKind = { task: 'TASK', note: 'NOTE' } as const;
export type ProjectKind = (typeof ProjectKind)[keyof typeof ProjectKind];

/** What the user may do in another user's project. */
export const ProjectPermission = { read: 'read', write: 'write', comment: 'comment' } as const;
export type ProjectPermission = (typeof ProjectPermission)[keyof typeof ProjectPermission];

/** A list of tasks or notes. Also has the fields that are not listed here, and values that are not known yet. */
export interface Project {
  id: string;
  name: string;
  color?: string;
  sortOrder?: number;
  /** Absent means false. */
  closed?: boolean;
  groupId?: string;
  viewMode?: ProjectViewMode | (string & {});
  /** Absent means that the user owns it. */
  permission?: ProjectPermission | (string & {});
  kind?: ProjectKind | (string & {});
}

/** A project with its open tasks. The inbox has no `project`. */
export interface ProjectData {
  project?: Project;
  tasks: Task[];
  columns: Column[];
}

/** A user who works in a project. */
export interface ProjectMember {
  /** The account's e-mail address. */
  username: string;
  displayName?: string;
  /** Whether this is the user of the token. */
  self?: boolean;
}
