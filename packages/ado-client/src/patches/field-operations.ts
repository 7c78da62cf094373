import { isObject } from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';
import { identityOf } from '../model/identity.ts';
import { isRichText, wireText } from '../model/rich-text.ts';

/** One step of a JSON Patch as Azure DevOps reads it (RFC 6902, with paths of its own). */
export type PatchOperation =
  { op: 'add' | 'replace' | 'test'; path: string; value: unknown } | { op: 'remove'; path: string };

const ASSIGNED_TO = 'System.AssignedTo';

function checkReferenceName(name: string, field: string): void {
  if (!/^[\w-]+(\.[\w -]+)+$/.test(name))
    throw invalid(field, 'is not the reference name of a field, like System.Title');
}

function richTextOperations(name: string, value: unknown, field: string): PatchOperation[] | undefined {
  if (!isRichText(value)) return undefined;
  const { text, isMarkdown } = wireText(value, field);
  const path = `/fields/${name}`;
  if (!isMarkdown) return [{ op: 'add', path, value: text }];
  // A remark says its format in itself; a field's format has to come with a value (VS403319).
  if (name === 'System.History') return [{ op: 'add', path, value: { format: 'Markdown', text } }];
  return [
    { op: 'add', path, value: text },
    { op: 'add', path: `/multilineFieldsFormat/${name}`, value: 'Markdown' },
  ];
}

function isWritable(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'string' || typeof value === 'boolean') return true;
  // Of objects only people are written.
  return isObject(value) && (identityOf(value) !== undefined || typeof value['descriptor'] === 'string');
}

/** How a field gets a value: `undefined` leaves it as it is, `null` removes it. */
export function fieldOperations(name: string, value: unknown, field: string): PatchOperation[] {
  if (value === undefined) return [];
  checkReferenceName(name, field);
  const path = `/fields/${name}`;
  // An empty string unassigns (docs/facts/azure-devops.md#work-items).
  if (value === null) return [name === ASSIGNED_TO ? { op: 'add', path, value: '' } : { op: 'remove', path }];
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw invalid(field, 'is an invalid Date');
    return [{ op: 'add', path, value: value.toISOString() }];
  }
  const richText = richTextOperations(name, value, field);
  if (richText !== undefined) return richText;
  if (!isWritable(value)) throw invalid(field, 'is not a value that a field can have');
  return [{ op: 'add', path, value }];
}
