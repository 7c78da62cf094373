import { checkFields, checkOneOf, checkSomeChange, checkText } from '../input.ts';
import { ProjectKind, ProjectViewMode } from './project.ts';

/** A project to create. */
export interface ProjectInput {
  /** At most 64 characters, as `length` counts them: TickTick silently cuts off longer names. */
  name: string;
  /** `#F18181` */
  color?: string | undefined;
  sortOrder?: number | undefined;
  viewMode?: ProjectViewMode | undefined;
  kind?: ProjectKind | undefined;
}

/** Changes to a project. Other fields stay as they are. */
export type ProjectChanges = { [Name in keyof ProjectInput]?: ProjectInput[Name] | undefined };

function checkProject(input: ProjectChanges, name: string): void {
  checkFields(input, name, { color: 'string', sortOrder: 'number' });
  if (input.name !== undefined) checkText(input.name, 'name', 64);
  if (input.viewMode !== undefined) checkOneOf(input.viewMode, ProjectViewMode, 'viewMode');
  if (input.kind !== undefined) checkOneOf(input.kind, ProjectKind, 'kind');
}

export function checkNewProject(input: ProjectInput): void {
  checkProject(input, 'project');
  checkText(input.name, 'name');
}

export function checkProjectChanges(changes: ProjectChanges): void {
  checkProject(changes, 'changes');
  checkSomeChange(changes);
}
