import { isObject } from '@context-sdk/oauth-core/client-kit';
import { errors } from './errors.ts';

type FieldType = 'string' | 'number' | 'boolean' | 'string[]' | 'number[]';

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
    if (value !== undefined && !isOfType(type, value)) throw errors.invalid(field, `is not a ${type}`);
  }
}

function isOfType(type: string, value: unknown): boolean {
  if (!type.endsWith('[]')) return type === 'number' ? Number.isFinite(value) : typeof value === type;
  return Array.isArray(value) && value.every((item) => isOfType(type.slice(0, -2), item));
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
