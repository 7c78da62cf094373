import type { ProjectViewMode } from '../projects/project.ts';

/** A folder of projects; a project names it in `groupId`. Fields that are not named here are there too. */
export interface ProjectGroup {
  id: string;
  name: string;
  sortOrder?: number;
  /** Whether the app offers the tasks of all its projects as one list. */
  showAll?: boolean;
  viewMode?: ProjectViewMode | (string & {});
}

/** What can be said about a group: its name, at most 64 characters, as `length` counts them. */
export interface ProjectGroupInput {
  name: string;
}
