import type { Project } from '../organization/project.ts';
import { current, type FieldValue, type Relation, type WorkItem } from './work-item.ts';

/** A work item while it is being changed: nothing of it counts until it is saved. */
export interface Draft {
  /** The id that messages name; 0 for a new one. */
  readonly id: number;
  /** The item that is changed; undefined for a new one. */
  readonly item: WorkItem | undefined;
  readonly project: Project;
  readonly fields: Record<string, FieldValue>;
  readonly markdown: Set<string>;
  readonly relations: Relation[];
  /** Fields that somebody set. */
  readonly touched: Set<string>;
}

/** A draft of an item as it is. What a revision said in its history is not carried on. */
export function draftOf(item: WorkItem, project: Project): Draft {
  const { fields, markdown } = current(item);
  const { 'System.History': _said, ...carriedOn } = fields;
  return {
    id: item.id,
    item,
    project,
    fields: { ...carriedOn },
    markdown: new Set(markdown),
    relations: [...item.relations],
    touched: new Set(),
  };
}
