import { isJsonObject, type JsonValue, textOf } from '../../json.ts';
import { ApiFailure } from '../api-failure.ts';
import { permissionDenied } from '../failures.ts';
import type { Field } from '../fields/fields.ts';
import type { Organization } from '../organization/organization.ts';
import { findPerson } from '../organization/person.ts';
import type { Draft } from './draft.ts';
import { readFieldValue } from './field-value.ts';
import { ruleError, unknownIdentity } from './rule-error.ts';
import { formatTags, parseTags } from './tags.ts';
import { textField } from './work-item.ts';

/** How a value meets the one that is there: only tags tell the two apart. */
export type SetMode = 'add' | 'replace';

/** Sets one field of a draft; `null` and the empty text clear it. */
export function setField(
  organization: Organization,
  draft: Draft,
  field: Field,
  value: JsonValue,
  mode: SetMode,
): void {
  const name = field.referenceName;
  if (field.readOnly) throw ruleError([{ field, flags: 'readOnly' }]);
  draft.touched.add(name);
  if (name === 'System.Tags') {
    setTags(organization, draft, field, value, mode);
    return;
  }
  if (value === null || value === '') {
    delete draft.fields[name];
    draft.markdown.delete(name);
    return;
  }
  draft.fields[name] = field.isIdentity
    ? readIdentity(organization, field, value)
    : readFieldValue(field, name === 'System.History' ? readHistory(draft, value) : value);
}

/** Tags are added to those that are there by `add`, and take their place by `replace`. */
function setTags(
  organization: Organization,
  draft: Draft,
  field: Field,
  value: JsonValue,
  mode: SetMode,
): void {
  if (value !== null && typeof value !== 'string') throw ruleError([{ field, flags: 'invalidType' }]);
  const there = mode === 'add' ? parseTags(textField(draft.fields, 'System.Tags')) : [];
  const given = parseTags(value ?? '');
  if (!organization.allowsNewTags) checkKnown(organization, draft, given);
  const tags = formatTags([...there, ...given]);
  if (tags === '') delete draft.fields['System.Tags'];
  else draft.fields['System.Tags'] = tags;
}

/** Creating a tag takes a permission of its own; using one that there is does not. */
function checkKnown({ tags }: Organization, { project }: Draft, names: readonly string[]): void {
  if (names.every((name) => tags.find(project, name) !== undefined)) return;
  throw permissionDenied('TF401289: The current user does not have permissions to create tags.');
}

function readIdentity(
  organization: Organization,
  field: Field,
  value: JsonValue,
): ReturnType<Organization['identityOf']> {
  const person = findPerson(organization.people, value);
  if (!person) throw unknownIdentity(field, value);
  return organization.identityOf(person);
}

/** A comment may come as `{ format: 'Markdown', text }`. */
function readHistory(draft: Draft, value: JsonValue): JsonValue {
  if (!isJsonObject(value)) return value;
  const { format, text } = value;
  if (typeof text !== 'string') {
    throw new ApiFailure(400, 'IdentityRefNotAcceptedException', 'The field System.History takes a text.');
  }
  if (textOf(format).toLowerCase() === 'markdown') draft.markdown.add('System.History');
  return text;
}
