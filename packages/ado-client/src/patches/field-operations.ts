import { isObject } from '@context-sdk/oauth-core/client-kit';
import type { InvalidRequestError } from '@context-sdk/oauth-core/errors';
import { invalid } from '../errors.ts';
import { checkObject, checkText } from '../input.ts';
import { readIdentity } from '../model/identity.ts';
import { isRichText, type RichText, wireText } from '../model/rich-text.ts';
import type { IdentityInput, WorkItemInput } from './work-item-input.ts';

/** One step of a JSON Patch as Azure DevOps reads it (RFC 6902, with paths of its own). */
export type PatchOperation =
  { op: 'add' | 'replace' | 'test'; path: string; value: unknown } | { op: 'remove'; path: string };

const ASSIGNED_TO = 'system.assignedto';

/** The known fields that hold formatted text; the fields of the process that are not listed here are plain. */
const LONG_TEXTS: ReadonlySet<string> = new Set([
  'System.Description',
  'System.History',
  'Microsoft.VSTS.TCM.ReproSteps',
  'Microsoft.VSTS.TCM.SystemInfo',
  'Microsoft.VSTS.Common.AcceptanceCriteria',
  'Microsoft.VSTS.Common.DescriptionHtml',
  'Microsoft.VSTS.Common.Resolution',
]);

/** Whether a field of Azure DevOps' own is not a formatted text; of an organization's own fields that isn't known. */
function isPlainField(name: string): boolean {
  return /^(System|Microsoft\.VSTS\.(Common|Scheduling|Build))\.\w+$/.test(name) && !LONG_TEXTS.has(name);
}

/** The fields that get a formatted text, and may be plain for all that is known here. */
export function formattedFields({ fields = {} }: Pick<WorkItemInput, 'fields'>): string[] {
  return Object.keys(fields).filter(
    (name) => isRichText(fields[name]) && !isPlainField(name) && !LONG_TEXTS.has(name),
  );
}

/** The error for a formatted text in a plain field. */
export function plainFieldError(field: string): InvalidRequestError {
  return invalid(field, 'is a plain field, which has no format: give it a string');
}

function checkReferenceName(name: string, field: string): void {
  if (!/^[\w-]+(\.[\w -]+)+$/.test(name))
    throw invalid(field, 'is not the reference name of a field, like System.Title');
}

function richTextOperations(name: string, value: unknown, field: string): PatchOperation[] | undefined {
  if (!isRichText(value)) return undefined;
  if (isPlainField(name)) throw plainFieldError(field);
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
  return isObject(value) && (readIdentity(value) !== undefined || typeof value['descriptor'] === 'string');
}

/** How a field gets a value: `undefined` leaves it as it is, `null` removes it. */
function fieldOperations(name: string, value: unknown, field: string): PatchOperation[] {
  if (value === undefined) return [];
  checkReferenceName(name, field);
  const path = `/fields/${name}`;
  // An empty string unassigns (docs/facts/azure-devops.md#work-items).
  if (value === null)
    return [name.toLowerCase() === ASSIGNED_TO ? { op: 'add', path, value: '' } : { op: 'remove', path }];
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw invalid(field, 'is an invalid Date');
    return [{ op: 'add', path, value: value.toISOString() }];
  }
  const richText = typeof value === 'object' ? richTextOperations(name, value, field) : undefined;
  if (richText !== undefined) return richText;
  if (!isWritable(value)) throw invalid(field, 'is not a value that a field can have');
  return [{ op: 'add', path, value }];
}

/** Names of this client for fields, in the order in which they are sent. */
const NAMES = {
  title: 'System.Title',
  description: 'System.Description',
  reproSteps: 'Microsoft.VSTS.TCM.ReproSteps',
  assignedTo: 'System.AssignedTo',
  state: 'System.State',
  reason: 'System.Reason',
  areaPath: 'System.AreaPath',
  iterationPath: 'System.IterationPath',
  priority: 'Microsoft.VSTS.Common.Priority',
} as const;

/** All members that are fields. */
const MEMBERS = {
  ...NAMES,
  tags: 'System.Tags',
  parent: 'System.Parent',
  history: 'System.History',
} as const;

type Input = WorkItemInput & {
  tags?: unknown;
  parent?: unknown;
  description?: RichText | null | undefined;
  reproSteps?: RichText | null | undefined;
  assignedTo?: IdentityInput | null | undefined;
  priority?: number | null | undefined;
};

/** Throws {@link InvalidRequestError} unless this can be the area or iteration of an item. */
export function checkFieldPath(path: string, field: string): void {
  checkText(path, field);
  if (path.startsWith('\\')) throw invalid(field, 'begins with a backslash: it begins with the project');
}

function checkInput(input: Input, at: string): void {
  for (const name of ['title', 'state', 'reason'] as const) {
    if (input[name] !== undefined) checkText(input[name], `${at}${name}`);
  }
  for (const name of ['areaPath', 'iterationPath'] as const) {
    if (input[name] !== undefined) checkFieldPath(input[name], `${at}${name}`);
  }
  if (input.priority !== undefined && input.priority !== null && !Number.isInteger(input.priority)) {
    throw invalid(`${at}priority`, 'is not a whole number');
  }
  for (const name of ['description', 'reproSteps', 'history'] as const) {
    const text = input[name];
    if (text !== undefined && text !== null) wireText(text, `${at}${name}`);
  }
  if (input.fields !== undefined) checkObject(input.fields, `${at}fields`);
}

/** The fields of an input; `at` stands before their names in errors. */
export function inputOperations(input: Input, at: string): PatchOperation[] {
  checkInput(input, at);
  const operations = Object.entries(NAMES).flatMap(([name, referenceName]) =>
    fieldOperations(referenceName, input[name as keyof typeof NAMES], `${at}${name}`),
  );
  const given = new Set<string>();
  for (const [name, referenceName] of Object.entries(MEMBERS))
    if (input[name as keyof typeof MEMBERS] !== undefined) given.add(referenceName.toLowerCase());
  const others = Object.entries(input.fields ?? {}).flatMap(([name, value]) => {
    if (given.has(name.toLowerCase())) throw invalid(`${at}fields.${name}`, 'is given twice');
    if (value !== undefined) given.add(name.toLowerCase());
    return fieldOperations(name, value, `${at}fields.${name}`);
  });
  return [...operations, ...others, ...fieldOperations('System.History', input.history, `${at}history`)];
}
