import type { Organization } from '../organization/organization.ts';
import type { Project } from '../organization/project.ts';
import { type Fields, textField, type WorkItem } from './work-item.ts';

/** Gives items of a project the new paths of their area or iteration, which makes no revision. */
export function reclassify(
  organization: Organization,
  project: Project,
  structure: 'area' | 'iteration',
  pathFor: (path: string) => string,
): void {
  const field = structure === 'area' ? 'System.AreaPath' : 'System.IterationPath';
  for (const item of organization.items.values()) {
    if (organization.projectOf(item) === project) replaceField(item, field, pathFor);
  }
}

function replaceField(item: WorkItem, field: string, valueFor: (value: string) => string): void {
  const replaced = (fields: Fields): Fields => ({ ...fields, [field]: valueFor(textField(fields, field)) });
  for (const [index, revision] of item.revisions.entries()) {
    item.revisions[index] = { ...revision, fields: replaced(revision.fields) };
  }
}
