import type { JsonValue } from '../../../json.ts';

/** A value that is text; anything else reads as empty. */
export function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
