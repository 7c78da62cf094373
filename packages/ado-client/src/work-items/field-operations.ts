import { isObject } from '../input/checked-object.ts';
import { invalid } from '../input/invalid.ts';
import { identityOf } from './identity.ts';
import { isLongText, wireText } from './long-text.ts';
import type { PatchOperation } from './patch-operation.ts';

const ASSIGNED_TO = 'System.AssignedTo';

function checkReferenceName(name: string, field: string): void {
  if (!/^[\w-]+(\.[\w -]+)+$/.test(name))
    throw invalid(field, 'is not the reference name of a field, like System.Title');
}

function longTextOperations(name: string, value: unknown, field: string): PatchOperation[] | undefined {
  if (!isLongText(value)) return undefined;
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
    if (Number.isNaN(value.getTime())) throw invalid(field, 'is no valid date');
    return [{ op: 'add', path, value: value.toISOString() }];
  }
  const longText = longTextOperations(name, value, field);
  if (longText !== undefined) return longText;
  if (!isWritable(value)) throw invalid(field, 'is no value of a field');
  return [{ op: 'add', path, value }];
}
