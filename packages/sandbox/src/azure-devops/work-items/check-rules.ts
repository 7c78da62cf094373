import { textOf } from '../../json.ts';
import { invalidTreeName, projectNotFound, typeNotFound } from '../failures.ts';
import { findField } from '../fields/fields.ts';
import type { Organization } from '../organization/organization.ts';
import { findType, type Project, type WorkItemType } from '../organization/project.ts';
import type { Draft } from './draft.ts';
import { type BrokenRule, ruleError } from './rule-error.ts';
import { textField } from './work-item.ts';

const MAX_TITLE = 255;

/** Whether a draft may be saved, by its type's rules; refuses with every broken one. */
export function checkRules(organization: Organization, draft: Draft): void {
  const projectName = textField(draft.fields, 'System.TeamProject');
  const project = organization.findProject(projectName);
  if (!project) throw projectNotFound(projectName);
  draft.fields['System.TeamProject'] = project.name;
  const typeName = textField(draft.fields, 'System.WorkItemType');
  const type = findType(project, typeName);
  if (!type) throw typeNotFound(project.name, typeName);
  draft.fields['System.WorkItemType'] = type.name;
  setTreePath(draft, 'System.AreaPath', project, project.areas.paths);
  setTreePath(draft, 'System.IterationPath', project, project.iterations.paths);
  const broken = [...requiredRules(draft), ...stateRules(draft, type), ...valueRules(draft, type)];
  if (broken.length > 0) throw ruleError(broken);
}

/** Paths are matched without regard to case, and kept as the project spells them. */
function setTreePath(
  draft: Draft,
  field: 'System.AreaPath' | 'System.IterationPath',
  project: Project,
  paths: readonly string[],
): void {
  const wanted = textField(draft.fields, field) || project.name;
  const path = paths.find((candidate) => candidate.toLowerCase() === wanted.toLowerCase());
  if (path === undefined) throw invalidTreeName(draft.id, field);
  draft.fields[field] = path;
}

function* requiredRules({ fields }: Draft): Generator<BrokenRule> {
  const field = findField('System.Title');
  if (field && textField(fields, 'System.Title').trim() === '') {
    yield { field, flags: 'required, invalidEmpty' };
  }
  if (field && textField(fields, 'System.Title').length > MAX_TITLE) yield { field, flags: 'invalidTooLong' };
}

function* stateRules({ fields }: Draft, type: WorkItemType): Generator<BrokenRule> {
  const field = findField('System.State');
  const wanted = textField(fields, 'System.State').toLowerCase();
  const state = type.states.find(({ name }) => name.toLowerCase() === wanted);
  if (state) fields['System.State'] = state.name;
  else if (field) yield { field, flags: 'required, hasValues, limitedToValues, invalidNotInList' };
}

function* valueRules({ fields, touched }: Draft, { allowedValues }: WorkItemType): Generator<BrokenRule> {
  for (const [name, allowed] of Object.entries(allowedValues)) {
    const field = findField(name);
    const value = fields[name];
    if (!field || value === undefined || !touched.has(name)) continue;
    const match = allowed.find((item) => String(item).toLowerCase() === textOf(value).toLowerCase());
    if (match === undefined)
      yield { field, flags: 'hasValues, limitedToValues, allowsOldValue, invalidNotInList' };
    else fields[name] = match;
  }
}
