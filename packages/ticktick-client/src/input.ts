import { isObject } from '@context-sdk/oauth-core/client-kit';
import { errors } from './errors.ts';

/** A type that fields of TickTick's rows have. */
export type FieldType =
  'string' | 'number' | 'boolean' | 'string[]' | 'number[]' | 'object[]' | 'date' | 'time';

/** The id, checked. TickTick's are 24 hexadecimal digits, `inbox`, or `inbox` and a number. */
export function checkedId(id: unknown, field: string): string {
  if (typeof id === 'string' && /^[\w-]{1,128}$/.test(id)) return id;
  throw errors.invalid(field, 'is not an id of TickTick: letters, digits, "_" and "-" only');
}

export function checkedIds(ids: readonly string[] | undefined, field: string): string[] | undefined {
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
    if (value !== undefined && !fits(type, value)) throw errors.invalid(field, `is not a ${type}`);
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
  // Text, or epoch milliseconds.
  ['time', (value: unknown) => Number.isFinite(value) || (typeof value === 'string' && value !== '')],
  ['string[]', listOf('string')],
  ['number[]', listOf('number')],
  ['object[]', listOf('object')],
]);

/** Whether a value is of a field's type. */
export function fits(type: FieldType, value: unknown): boolean {
  return FITS.get(type)?.(value) ?? false;
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
