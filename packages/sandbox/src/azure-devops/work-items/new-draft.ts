import { typeNotFound } from '../failures.ts';
import { findType, type Project } from '../organization/project.ts';
import type { Draft } from './draft.ts';

/** A draft of a new item: the type's first state and defaults, at the root of the project. */
export function newDraft(project: Project, typeName: string): Draft {
  const type = findType(project, typeName);
  if (!type) throw typeNotFound(project.name, typeName);
  return {
    id: 0,
    item: undefined,
    project,
    fields: {
      'System.AreaPath': project.name,
      'System.TeamProject': project.name,
      'System.IterationPath': project.name,
      'System.WorkItemType': type.name,
      'System.State': type.states[0]?.name ?? 'New',
      'System.Reason': type.firstReason,
      ...type.defaults,
    },
    markdown: new Set(),
    relations: [],
    touched: new Set(),
  };
}
