import { typeNotFound } from '../failures.ts';
import type { IdentityRef } from '../organization/person.ts';
import { findType, type Project } from '../organization/project.ts';
import { wireDate } from './wire.ts';
import {
  current,
  type Fields,
  type FieldValue,
  type Relation,
  textField,
  type WorkItem,
} from './work-item.ts';

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
  /** Fields that were set. */
  readonly touched: Set<string>;
}

/** A draft of an item as it is. A revision's history text is not carried over. */
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

const COMMON_PREFIX = 'Microsoft.VSTS.Common';

/** Sets what goes with a change of state: the reason, and who did it when. */
export function noteStateChange(
  draft: Draft,
  before: Fields | undefined,
  project: Project,
  by: IdentityRef,
  at: number,
): void {
  const { fields, touched } = draft;
  const state = textField(fields, 'System.State');
  if (before && textField(before, 'System.State') === state) return;
  const date = wireDate(at);
  fields[`${COMMON_PREFIX}.StateChangeDate`] = date;
  if (before && !touched.has('System.Reason')) fields['System.Reason'] = `Moved to state ${state}`;
  const type = findType(project, textField(fields, 'System.WorkItemType'));
  const category = type?.states.find(({ name }) => name === state)?.category;
  if (category === 'InProgress') {
    fields[`${COMMON_PREFIX}.ActivatedDate`] = date;
    fields[`${COMMON_PREFIX}.ActivatedBy`] = by;
  }
  if (category === 'Completed') {
    fields[`${COMMON_PREFIX}.ClosedDate`] = date;
    fields[`${COMMON_PREFIX}.ClosedBy`] = by;
  } else {
    delete fields[`${COMMON_PREFIX}.ClosedDate`];
    delete fields[`${COMMON_PREFIX}.ClosedBy`];
  }
}
