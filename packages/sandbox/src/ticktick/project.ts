import type { Defined } from '../omit-undefined.ts';

/** A project ("list" in the app); the inbox is none. */
export interface Project {
  readonly id: string;
  name: string;
  color: string | undefined;
  sortOrder: number;
  closed: boolean | undefined;
  groupId: string | undefined;
  viewMode: string;
  permission: string | undefined;
  kind: string;
}

/** A project as the API answers it. What is not set is absent. */
export type SandboxProject = Defined<Project>;

/** A kanban column. */
export interface Column {
  readonly id: string;
  readonly projectId: string;
  name: string;
  sortOrder: number;
}

/** A folder of projects. */
export interface ProjectGroup {
  readonly id: string;
  name: string;
  sortOrder: number;
  showAll: boolean;
}

/** Somebody who works in a project. */
export interface Member {
  readonly username: string;
  readonly displayName: string;
  readonly self: boolean;
}
