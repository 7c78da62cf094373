import { invalid } from './invalid.ts';

/** An id that may stand in a path. TickTick's are 24 hexadecimal digits, `inbox`, or `inbox` and a number. */
export function checkedId(id: unknown, field: string): string {
  if (typeof id === 'string' && /^[\w-]{1,128}$/.test(id)) return id;
  throw invalid(field, 'is not an id of TickTick: letters, digits, "_" and "-" only');
}

export function checkedIds(ids: readonly string[] | undefined, field: string): string[] | undefined {
  return ids?.map((id, index) => checkedId(id, `${field}[${index}]`));
}
