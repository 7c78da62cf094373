import type { JsonValue } from '../json.ts';

/** A value as text: objects as JSON, and nothing where there is nothing. */
export function textOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
