import type { JsonObject } from '../json.ts';
import type { AccountData } from './account-data.ts';
import { readNumber, readString, required, truncate } from './read-json.ts';
import type { Column, Member, Project } from './records.ts';
import { deleteTask } from './tasks/change-task.ts';

/** What a request says about a project. */
export interface ProjectInput {
  readonly name?: string | undefined;
  readonly color?: string | undefined;
  readonly sortOrder?: number | undefined;
  readonly viewMode?: string | undefined;
  readonly kind?: string | undefined;
}

export function readProjectInput(body: JsonObject): ProjectInput {
  return {
    name: readString(body, 'name'),
    color: readString(body, 'color'),
    sortOrder: readNumber(body, 'sortOrder'),
    viewMode: readString(body, 'viewMode'),
    kind: readString(body, 'kind'),
  };
}

export function createProject(data: AccountData, input: ProjectInput): Project {
  const project: Project = {
    id: data.newId(),
    name: required(input.name),
    color: undefined,
    sortOrder: 0,
    closed: undefined,
    groupId: undefined,
    viewMode: 'list',
    permission: undefined,
    kind: 'TASK',
  };
  applyProjectInput(project, input);
  data.projects.set(project.id, project);
  return project;
}

/** A long name is silently cut. The kind may be in lower case, as in the documentation's own example. */
export function applyProjectInput(project: Project, input: ProjectInput): void {
  project.name = truncate(input.name ?? project.name, 64);
  project.color = input.color ?? project.color;
  project.sortOrder = input.sortOrder ?? project.sortOrder;
  project.viewMode = input.viewMode ?? project.viewMode;
  project.kind = (input.kind ?? project.kind).toUpperCase();
}

export function columnsOf(data: AccountData, projectId: string): Column[] {
  return [...data.columns.values()].filter((column) => column.projectId === projectId);
}

/** The account itself and whoever else is in the project. */
export function membersOf(data: AccountData, projectId: string): Member[] {
  const { username, displayName } = data.account;
  return [{ username, displayName, self: true }, ...(data.teammates.get(projectId) ?? [])];
}

/** Deletes a project and its tasks; succeeds if there is none. */
export function deleteProject(data: AccountData, projectId: string): void {
  if (!data.projects.delete(projectId)) return;
  data.deletedProjects.add(projectId);
  for (const task of data.listedTasks()) if (task.projectId === projectId) deleteTask(data, task);
}
