import { PROCESSES, type ProcessName } from './processes.ts';
import type { WorkItemType } from './work-item-type.ts';

/** A team project, as tests see it. */
export interface AzureDevOpsProject {
  readonly id: string;
  readonly name: string;
  readonly process: ProcessName;
}

/** A team project with its areas and iterations: backslash paths that start with the project's name. */
export interface Project extends AzureDevOpsProject {
  readonly description: string;
  readonly areas: readonly string[];
  readonly iterations: readonly string[];
}

export function typesOf({ process }: AzureDevOpsProject): readonly WorkItemType[] {
  return PROCESSES[process];
}

export function findType(project: AzureDevOpsProject, name: string): WorkItemType | undefined {
  return typesOf(project).find((type) => type.name.toLowerCase() === name.toLowerCase());
}
