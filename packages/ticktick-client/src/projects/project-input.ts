import { checkFields, checkOneOf, checkSomeChange, checkText } from '../input/checked-fields.ts';
import { invalid } from '../input/invalid.ts';
import { ProjectKind, ProjectViewMode } from './project.ts';

/** A project to create. */
export interface ProjectInput {
  /** At most 64 characters, as `length` counts them: TickTick cuts off what is longer without a word. */
  name: string;
  /** `#F18181` */
  color?: string;
  sortOrder?: number;
  viewMode?: ProjectViewMode;
  kind?: ProjectKind;
}

/** Changes to a project. What is left out stays. */
export type ProjectChanges = Partial<ProjectInput>;

/** Part of the user's projects, in TickTick's order. */
export interface ProjectPage {
  /** Projects to leave out at the beginning; 0 where only `limit` is given. */
  offset?: number | undefined;
  /** Projects to give at most; 200 where only `offset` is given. */
  limit?: number | undefined;
}

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

/** The page as query, or undefined for the whole list. */
export function pageQuery({ offset, limit }: ProjectPage): Record<string, number> | undefined {
  const query: Record<string, number> = {};
  for (const [name, value, least] of [
    ['offset', offset, 0],
    ['limit', limit, 1],
  ] as const) {
    if (value === undefined) continue;
    if (!Number.isSafeInteger(value) || value < least)
      throw invalid(name, `is not a whole number from ${least}`);
    query[name] = value;
  }
  return Object.keys(query).length === 0 ? undefined : query;
}
