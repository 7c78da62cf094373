import type { JsonObject } from '../../json.ts';
import type { AccountData } from '../account-data.ts';
import type { Project } from '../project.ts';
import { readNumber, readString, required } from '../read-json.ts';
import { truncate } from '../truncate.ts';

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

/** A long name is cut without a word; the kind may come in small letters, as in the documentation's own example. */
export function applyProjectInput(project: Project, input: ProjectInput): void {
  project.name = truncate(input.name ?? project.name, 64);
  project.color = input.color ?? project.color;
  project.sortOrder = input.sortOrder ?? project.sortOrder;
  project.viewMode = input.viewMode ?? project.viewMode;
  project.kind = (input.kind ?? project.kind).toUpperCase();
}
