import { invalid } from './invalid.ts';

type FieldType = 'string' | 'number' | 'boolean' | 'string[]' | 'number[]';

function isOf(type: string, value: unknown): boolean {
  if (!type.endsWith('[]')) return type === 'number' ? Number.isFinite(value) : typeof value === type;
  return Array.isArray(value) && value.every((item) => isOf(type.slice(0, -2), item));
}

/** Throws for an input that is no object, or has a field of a type that TickTick would not read. */
export function checkFields(
  input: unknown,
  name: string,
  types: Readonly<Record<string, FieldType>> = {},
): void {
  if (typeof input !== 'object' || input === null) throw invalid(name, 'is not an object');
  const fields = new Map<string, unknown>(Object.entries(input));
  for (const [field, type] of Object.entries(types)) {
    const value = fields.get(field);
    if (value !== undefined && !isOf(type, value)) throw invalid(field, `is not a ${type}`);
  }
}

export function checkSomeChange(changes: object, field = 'changes'): void {
  if (Object.values(changes).every((value) => value === undefined)) throw invalid(field, 'is empty');
}

/** Throws for a text with nothing to read in it, or longer than TickTick keeps: it cuts the rest off without a word. */
export function checkText(value: unknown, field: string, most?: number): void {
  if (typeof value !== 'string' || value.trim() === '') throw invalid(field, 'is missing or empty');
  if (most !== undefined && value.length > most) throw invalid(field, `is longer than ${most} characters`);
}

export function checkOneOf(
  value: unknown,
  allowed: Readonly<Record<string, string | number>>,
  field: string,
): void {
  const values: unknown[] = Object.values(allowed);
  if (!values.includes(value)) throw invalid(field, `must be one of ${values.join(', ')}`);
}
