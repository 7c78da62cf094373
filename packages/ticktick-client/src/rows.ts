import { isObject, type ServiceResponse } from '@context-sdk/oauth-core/client-kit';

/** The rows of a list that have this text. `null` is an empty list, and one bad row doesn't cost the others. */
export function rowsOf<T extends object>(response: ServiceResponse, key: keyof T & string): T[] {
  if (response.value === null) return [];
  const rows: unknown = response.value;
  if (!Array.isArray(rows)) return response.list<T>();
  return rows.filter((row): row is T => isObject(row) && typeof row[key] === 'string' && row[key] !== '');
}
