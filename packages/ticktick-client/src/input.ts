import { isObject } from '@context-sdk/oauth-core/client-kit';
import { errors } from './errors.ts';

/** A type that fields of TickTick's rows have. */
export type FieldType =
  'string' | 'number' | 'boolean' | 'string[]' | 'number[]' | 'object[]' | 'date' | 'time';

const ID = /^[\w-]{1,128}$/;

/** Whether an item can be requested from TickTick by it. */
export function isId(id: unknown): id is string {
  return typeof id === 'string' && ID.test(id);
}

/** Whether it can identify a row and be the key of a record. */
export function isName(id: unknown): id is string {
  return FITS.get('name')?.(id) === true;
}

/** The id, checked. TickTick's are 24 hexadecimal digits, `inbox`, or `inbox` and a number. */
export function checkedId(id: unknown, field: string): string {
  if (typeof id === 'string' && ID.test(id)) return id;
  throw errors.invalid(field, 'is not an id of TickTick: letters, digits, "_" and "-" only');
}

/** An empty list is one that was left out. */
export function checkedIds(ids: readonly string[] | undefined, field: string): string[] | undefined {
  if (ids !== undefined && !Array.isArray(ids)) throw errors.invalid(field, 'is not a list');
  if (!ids?.length) return undefined;
  return ids.map((id, index) => checkedId(id, `${field}[${index}]`));
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
  // At most as long as an id of TickTick, and not the name of a member that every object has.
  [
    'name',
    (value: unknown) =>
      typeof value === 'string' &&
      value !== '' &&
      value.length <= 128 &&
      value.isWellFormed() &&
      !(value in {}),
  ],
  // Text, or epoch milliseconds.
  ['time', (value: unknown) => Number.isFinite(value) || (typeof value === 'string' && value !== '')],
  ['string[]', listOf('string')],
  ['number[]', listOf('number')],
  ['object[]', listOf('object')],
]);

/** What the rows of a resource hold. Names are separated by spaces: `label color parent`. */
export interface RowShape<T extends object = Record<string, unknown>> {
  /** The field without which a row can't be told from others. Default: `id`. Empty: rows need none. */
  key?: (keyof T & string) | '';
  /** Default: a text that isn't empty, and of an `id` one that rows can be kept under. */
  keyType?: FieldType | 'name';
  /** Texts that are never absent. */
  text?: string;
  /** Names of fields by their type. */
  fields?: Readonly<Partial<Record<FieldType, string>>>;
  /** Fields that are lists of rows. */
  lists?: Readonly<Record<string, RowShape>>;
}

/** A shape as each of thousands of rows is read by it. */
interface Reading {
  fields: readonly (readonly [name: string, fits: (value: unknown) => boolean])[];
  texts: readonly string[];
  lists: readonly (readonly [name: string, shape: RowShape])[];
}

const readings = new WeakMap<object, Reading>();

function readingBy<T extends object>(shape: RowShape<T>): Reading {
  const { fields = {}, text = '', lists = {} } = shape;
  const typed = Object.entries(fields).flatMap(([type, names]) => {
    const fits = FITS.get(type) ?? (() => false);
    return names.split(' ').map((name) => [name, fits] as const);
  });
  const texts = text.split(' ').filter((name) => name !== '');
  const reading = { fields: typed, texts, lists: Object.entries(lists) };
  readings.set(shape, reading);
  return reading;
}

/**
 * A row that TickTick sent, without the fields that hold something else than their type: they count as absent. Undefined if it
 * is no row of this shape.
 */
export function readRow<T extends object>(
  row: unknown,
  shape: RowShape<T>,
  onUnreadable?: (row: unknown) => void,
): T | undefined {
  const { key = 'id' } = shape;
  const { keyType = key === 'id' ? 'name' : 'date' } = shape;
  if (!isObject(row) || (key !== '' && !FITS.get(keyType)?.(row[key]))) {
    onUnreadable?.(row);
    return undefined;
  }
  return readFields(row, shape, onUnreadable);
}

/** The same for a row that is known to be one. */
export function readFields<T extends object>(
  row: Record<string, unknown>,
  shape: RowShape<T>,
  onUnreadable?: (row: unknown) => void,
): T {
  const { fields, texts, lists } = readings.get(shape) ?? readingBy(shape);
  const read = { ...row };
  for (const [name, fits] of fields) if (read[name] !== undefined && !fits(read[name])) delete read[name];
  for (const name of texts) if (typeof read[name] !== 'string') read[name] = '';
  for (const [name, inner] of lists) {
    const rows = read[name];
    if (Array.isArray(rows)) read[name] = rows.flatMap((each) => readRow(each, inner, onUnreadable) ?? []);
    else delete read[name];
  }
  return read as object as T;
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
