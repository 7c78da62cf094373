import { findType } from '../organization/project.ts';
import type { Project } from '../organization/project.ts';
import type { IdentityRef } from '../organization/person.ts';
import { wireDate } from '../wire-date.ts';
import type { Draft } from './draft.ts';
import { type Fields, textField } from './work-item.ts';

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
