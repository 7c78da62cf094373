import type { JsonValue } from '../../json.ts';
import { fieldNotFound, workItemNotFound } from '../failures.ts';
import { findField } from '../fields/fields.ts';
import type { Organization } from '../organization/organization.ts';
import { findPerson, type IdentityRef } from '../organization/person.ts';
import type { Project } from '../organization/project.ts';
import { type Draft, draftOf, newDraft } from './draft.ts';
import { PARENT_REL } from './relation-types.ts';
import { save } from './save.ts';
import { setField } from './set-field.ts';
import { workItemUrl } from './wire.ts';
import type { WorkItem } from './work-item.ts';

/** Creates a work item; no tokens, limits or rules apply. */
export function createPlainItem(
  organization: Organization,
  project: Project,
  input: { type: string; fields: Readonly<Record<string, JsonValue>>; parent?: number; by?: string },
): WorkItem {
  const draft = newDraft(project, input.type);
  setFields(organization, draft, input.fields);
  if (input.parent !== undefined) addParent(organization, draft, input.parent);
  return save(organization, draft, { by: personOf(organization, input.by), notify: true });
}

/** Changes fields; no tokens, limits or rules apply. Null clears a field, tags are replaced. */
export function changePlainItem(
  organization: Organization,
  item: WorkItem,
  fields: Readonly<Record<string, JsonValue>>,
  by?: string,
): void {
  const draft = draftOf(item, organization.projectOf(item));
  setFields(organization, draft, fields);
  save(organization, draft, { by: personOf(organization, by), notify: true });
}

/** Someone by sign-in or display name; by default the first. */
export function personOf(organization: Organization, name?: string): IdentityRef {
  const [first] = organization.people;
  const person = name === undefined ? first : findPerson(organization.people, name);
  if (!person) throw new RangeError(`Not one of the organization's people: ${name}`);
  return organization.identityOf(person);
}

function setFields(
  organization: Organization,
  draft: Draft,
  fields: Readonly<Record<string, JsonValue>>,
): void {
  for (const [name, value] of Object.entries(fields)) {
    const field = findField(name);
    if (!field) throw fieldNotFound(name);
    setField(organization, draft, field, value, 'replace');
  }
}

function addParent(organization: Organization, draft: Draft, parent: number): void {
  if (!organization.find(parent)) throw workItemNotFound(parent);
  const url = workItemUrl(organization, parent);
  draft.relations.push({ rel: PARENT_REL, url, attributes: { isLocked: false }, target: parent });
}
