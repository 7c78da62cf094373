import { isDay, readTime } from '@context-sdk/oauth-core/client-kit';
import { fieldPathOf, type Structure } from '../classification/node.ts';
import { nearest, readNodes } from '../classification/suggestion.ts';
import type { FieldProblem } from '../errors.ts';
import { checkedName } from '../input.ts';
import { creationPatch } from '../patches/creation-patch.ts';
import type { NewWorkItem } from '../patches/work-item-input.ts';
import { type AdoCall, sendByLibrary } from '../wire.ts';
import type { FieldDefinition } from './field-definitions.ts';
import { typeFields, type WorkItemTypeField } from './type-fields.ts';

/** The most characters of a title and of any other single line (docs/facts/azure-devops.md#work-items). */
const MAX_LINE = 255;

/** By the field's name in lower case, as case does not tell names apart. */
const TREES: Readonly<Record<string, Structure>> = {
  'system.areapath': 'areas',
  'system.iterationpath': 'iterations',
};

/** An item that names none has those of its project, though a type says that they are required (docs/facts/azure-devops.md#work-items). */
const OF_THE_PROJECT: ReadonlySet<string> = new Set([
  ...Object.keys(TREES),
  'system.areaid',
  'system.iterationid',
]);

function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

/** The values that an input gives, by reference name. */
function valuesOf(input: NewWorkItem, organizationUrl: string): Map<string, unknown> {
  const operations = creationPatch(input, organizationUrl).filter(({ path }) => path.startsWith('/fields/'));
  return new Map(
    operations.map((operation) => [
      operation.path.slice('/fields/'.length),
      'value' in operation ? operation.value : '',
    ]),
  );
}

function isOfType(value: unknown, type: string): boolean {
  const text = shown(value).trim();
  if (text === '') return true;
  if (type === 'integer') return Number.isInteger(Number(text));
  if (type === 'double') return Number.isFinite(Number(text));
  if (type === 'dateTime') return isDay(text) || readTime(text) !== undefined;
  if (type === 'boolean') return /^(true|false|0|1)$/i.test(text);
  return type !== 'string' || text.length <= MAX_LINE;
}

function problemOf(
  value: unknown,
  ofType: WorkItemTypeField | undefined,
  definition: FieldDefinition | undefined,
): string | undefined {
  if (ofType === undefined) return definition ? 'is no field of this type' : 'does not exist';
  if (definition?.readOnly === true) return 'is read-only';
  const allowedValues: readonly unknown[] = Array.isArray(ofType.allowedValues) ? ofType.allowedValues : [];
  const isFree =
    allowedValues.length === 0 ||
    definition?.isIdentity === true ||
    definition?.isPicklistSuggested === true ||
    shown(value) === '';
  if (!isFree && !allowedValues.some((one) => shown(one).toLowerCase() === shown(value).toLowerCase())) {
    return `must be one of ${allowedValues.map(shown).join(', ')}`;
  }
  if (definition !== undefined && !isOfType(value, definition.type)) {
    const isTooLong = definition.type === 'string';
    return isTooLong ? `is longer than ${MAX_LINE} characters` : `is not of the type ${definition.type}`;
  }
  return undefined;
}

async function treeProblem(
  call: AdoCall,
  project: string,
  structure: Structure,
  path: string,
): Promise<string | undefined> {
  const paths = (await readNodes(call, structure, project)).map(fieldPathOf);
  if (paths.some((one) => one.toLowerCase() === path.toLowerCase())) return undefined;
  const suggestion = nearest(paths, path);
  return `is not one of the project's ${structure}${suggestion ? `; did you mean ${suggestion}?` : ''}`;
}

/** Every field of a new item that the service would refuse. */
export async function checkNewItem(
  call: AdoCall,
  organizationUrl: string,
  project: string,
  input: NewWorkItem,
): Promise<FieldProblem[]> {
  const values = valuesOf(input, organizationUrl);
  const type = checkedName(input.type, 'type');
  const [ofType, all] = await Promise.all([
    typeFields(call, project, type),
    sendByLibrary(call, 'fields.list', [project]),
  ]);
  const definitions = all.member('value').list<FieldDefinition>({ referenceName: 'string', type: 'string' });
  const byName = <T extends { referenceName: string }>(list: readonly T[], name: string): T | undefined =>
    list.find(({ referenceName }) => referenceName.toLowerCase() === name.toLowerCase());
  const problems: FieldProblem[] = [];
  for (const [field, value] of values) {
    const structure = TREES[field.toLowerCase()];
    const message = structure
      ? await treeProblem(call, project, structure, shown(value))
      : problemOf(value, byName(ofType, field), byName(definitions, field));
    if (message !== undefined) problems.push({ field, message });
  }
  const given = new Set(
    [...values].flatMap(([field, value]) => (shown(value).trim() === '' ? [] : [field.toLowerCase()])),
  );
  const isMissing = ({ alwaysRequired, defaultValue, referenceName }: WorkItemTypeField): boolean =>
    alwaysRequired === true &&
    shown(defaultValue) === '' &&
    !given.has(referenceName.toLowerCase()) &&
    !OF_THE_PROJECT.has(referenceName.toLowerCase());
  const missing = ofType
    .filter(isMissing)
    .map(({ referenceName }) => ({ field: referenceName, message: 'is required' }));
  return [...problems, ...missing];
}
