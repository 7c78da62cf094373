import { invalid } from './invalid.ts';

/** The number of a work item, comment or revision. */
export function checkedId(id: unknown, field: string): number {
  if (typeof id === 'number' && Number.isSafeInteger(id) && id > 0) return id;
  throw invalid(field, 'is not a whole number from 1');
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isGuid(value: unknown): value is string {
  return typeof value === 'string' && GUID.test(value);
}

export function checkedGuid(id: unknown, field: string): string {
  if (isGuid(id)) return id;
  throw invalid(field, 'is not a GUID');
}
