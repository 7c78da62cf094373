import { isObject } from '@context-sdk/oauth-core/client-kit';
import { errors } from './errors.ts';

type FieldType = 'string' | 'number' | 'boolean' | 'string[]' | 'number[]' | 'object[]' | 'date';

/** The id, checked. TickTick's are 24 hexadecimal digits, `inbox`, or `inbox` and a number. */
export function checkedId(id: unknown, field: string): string {
  if (typeof id === 'string' && /^[\w-]{1,128}$/.test(id)) return id;
  throw errors.invalid(field, 'is not an id of TickTick: letters, digits, "_" and "-" only');
}

export function checkedIds(ids: readonly string[] | undefined, field: string): string[] | undefined {
  if (ids !== undefined && !Array.isArray(ids)) throw errors.invalid(field, 'is not a list');
  return ids?.map((id, index) => checkedId(id, `${field}[${index}]`));
}

/** Throws if the input is not an object, or has a field of a type that TickTick would not read. */
export function checkFields(
  input: unknown,
  name: string,
  types: Readonly<Record<string, FieldType>> = {},
): void {
  if (!isObject(input)) throw errors.invalid(name, 'is not an object');
  for (const [field, type] of Object.entries(types)) {
    const value = input[field];
    if (value !== undefined && !FITS.get(type)?.(value)) throw errors.invalid(field, `is not a ${type}`);
  }
}

function listOf(type: string): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.every((item) => FITS.get(type)?.(item));
}

const FITS: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['string', (value: unknown) => typeof value === 'string'],
  ['number', Number.isFinite],
  ['boolean', (value: unknown) => typeof value === 'boolean'],
  ['object', isObject],
  ['date', (value: unknown) => typeof value === 'string' && value !== ''],
  ['string[]', listOf('string')],
  ['number[]', listOf('number')],
  ['object[]', listOf('object')],
]);

/** Names of fields by their type: `{ string: 'label color', number: 'sortOrder' }`. */
export type FieldNames = Readonly<Partial<Record<FieldType, string>>>;

/**
 * A row that TickTick sent, without the fields that hold something else than their type: they count as absent. `text` are
 * texts that are never absent, `items` the fields of the rows in `items`.
 */
export function withoutMisfits<T extends object>(
  row: T,
  names: FieldNames,
  text = '',
  items?: FieldNames,
): T {
  const fields = Object.fromEntries<unknown>(Object.entries(row));
  for (const [type, list] of Object.entries(names)) {
    for (const name of list.split(' ')) if (!FITS.get(type)?.(fields[name])) delete fields[name];
  }
  for (const name of text.split(' ')) if (name && typeof fields[name] !== 'string') fields[name] = '';
  const rows = fields['items'];
  if (items && Array.isArray(rows))
    fields['items'] = rows.map((item: object) => withoutMisfits(item, items, 'title'));
  return fields as unknown as T;
}

/** Throws if the value is given, and not a whole number of `min` or more. */
export function checkWholeNumber(value: number | undefined, field: string, min: number = 0): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= min)) return;
  throw errors.invalid(field, `must be a whole number, ${min} or more`);
}

/** Throws if the changes would change nothing. */
export function checkSomeChange(changes: object, field = 'changes'): void {
  if (Object.values(changes).every((value) => value === undefined)) throw errors.invalid(field, 'is empty');
}

/** Throws if the text is blank, or longer than TickTick stores: it silently cuts off the rest. */
export function checkText(value: unknown, field: string, maxLength: number = Number.POSITIVE_INFINITY): void {
  if (typeof value !== 'string' || value.trim() === '') throw errors.invalid(field, 'is missing or empty');
  if (value.length > maxLength) throw errors.invalid(field, `is longer than ${maxLength} characters`);
}

export function checkOneOf(
  value: unknown,
  allowed: Readonly<Record<string, string | number>>,
  field: string,
): void {
  const values: unknown[] = Object.values(allowed);
  if (!values.includes(value)) throw errors.invalid(field, `must be one of ${values.join(', ')}`);
}
