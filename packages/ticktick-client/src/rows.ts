import { isObject, type ServiceResponse } from '@context-sdk/oauth-core/client-kit';
import { type FieldNames, withoutMisfits } from './input.ts';

/** The rows of a list that have this text. `null` is an empty list, and one bad row doesn't cost the others. */
export function rowsOf<T extends object>(
  response: ServiceResponse,
  key: keyof T & string,
  names: FieldNames = {},
  text?: string,
): T[] {
  if (response.value === null) return [];
  const rows: unknown = response.value;
  if (!Array.isArray(rows)) return response.list<T>();
  return rows
    .filter((row): row is T => isObject(row) && typeof row[key] === 'string' && row[key] !== '')
    .map((row) => withoutMisfits(row, names, text));
}

/** The row of a response. Throws {@link UnexpectedResponseError} if it lacks the text that identifies it. */
export function rowOf<T extends object>(
  response: ServiceResponse,
  key: keyof T & string,
  names: FieldNames,
  text?: string,
): T {
  return withoutMisfits(
    response.object<Record<string, unknown> & T>({ [key]: 'string' } as object),
    names,
    text,
  );
}
