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
  fields: readonly (readonly [name: string, fits: Fits, fitsItem: Fits | undefined])[];
  texts: readonly string[];
  lists: readonly (readonly [name: string, shape: RowShape])[];
}

type Fits = (value: unknown) => boolean;

const readings = new WeakMap<object, Reading>();

function readingBy<T extends object>(shape: RowShape<T>): Reading {
  const { fields = {}, text = '', lists = {} } = shape;
  const typed = Object.entries(fields).flatMap(([type, names]) => {
    const fits = FITS.get(type) ?? (() => false);
    const fitsItem = type.endsWith('[]') ? FITS.get(type.slice(0, -2)) : undefined;
    return names.split(' ').map((name) => [name, fits, fitsItem] as const);
  });
  const texts = text.split(' ').filter((name) => name !== '');
  const reading = { fields: typed, texts, lists: Object.entries(lists) };
  readings.set(shape, reading);
  return reading;
}

/** The places of what a row lacks since it could not be read: `dueDate`, `tags[1]`, `items[3].status`. */
export const unread: WeakMap<object, readonly string[]> = new WeakMap();

/** Lists of rows, and of tasks, as TickTick sent them, if something of them could not be read. */
export const asSent: WeakMap<object, readonly unknown[]> = new WeakMap();

/** What TickTick wrote for numbers beyond 2^53, by the object that has them and their names: what is sent back has them so. */
export const exactNumbers: WeakMap<object, Record<string, string>> = new WeakMap();

/**
 * A row that TickTick sent, without the fields that hold something else than their type: they count as absent, and
 * {@link unread} has them. Undefined if it is no row of this shape. `onUnreadable` gets rows within it that are none.
 */
export function readRow<T extends object>(
  row: unknown,
  shape: RowShape<T>,
  onUnreadable?: (row: unknown) => void,
): T | undefined {
  const { key = 'id' } = shape;
  const { keyType = key === 'id' ? 'name' : 'date' } = shape;
  if (!isObject(row) || (key !== '' && !FITS.get(keyType)?.(row[key]))) return undefined;
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
  const numbers = exactNumbers.get(row);
  if (numbers !== undefined) exactNumbers.set(read, numbers);
  const places: string[] = [];
  for (const [name, fits, fitsItem] of fields) {
    const value = read[name];
    if (value === undefined || fits(value)) continue;
    if (fitsItem !== undefined && Array.isArray(value)) {
      read[name] = value.filter((item, index) => fitsItem(item) || !places.push(`${name}[${index}]`));
    } else {
      delete read[name];
      // TickTick also writes these for a field that is not set.
      if (value !== null && value !== '') places.push(name);
    }
  }
  for (const name of texts) {
    const value = read[name];
    if (typeof value === 'string') continue;
    read[name] = '';
    if (value !== undefined && value !== null) places.push(name);
  }
  for (const [name, inner] of lists) {
    const rows = read[name];
    if (Array.isArray(rows)) read[name] = readList(name, rows, inner, places, onUnreadable);
    else {
      delete read[name];
      if (rows !== undefined && rows !== null) places.push(name);
    }
  }
  if (places.length > 0) unread.set(read, places);
  return read as object as T;
}

function readList(
  name: string,
  rows: readonly unknown[],
  shape: RowShape,
  places: string[],
  onUnreadable?: (row: unknown) => void,
): object[] {
  const before = places.length;
  const list = rows.flatMap((each, index) => {
    const row = readRow(each, shape, onUnreadable);
    if (row !== undefined) {
      for (const place of unread.get(row) ?? []) places.push(`${name}[${index}].${place}`);
      return [row];
    }
    onUnreadable?.(each);
    places.push(`${name}[${index}]`);
    return [];
  });
  if (places.length > before) asSent.set(list, rows);
  return list;
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
