import type { HttpRequest, ServiceResponse } from '@context-sdk/oauth-core/client-kit';
import { readFields, readRow, type RowShape, unread } from './input.ts';
import type { OperationName, TickTickCall, TickTickService } from './operations.ts';
import { LIST_OPTIONS, type ListOptions, onSkip, skip } from './skipped.ts';

export { readRow, type RowShape };

/**
 * The rows of a list. `null` is an empty list. A row without its key is reported, and doesn't cost the others.
 */
export function rowsOf<T extends object>(
  response: ServiceResponse,
  shape: RowShape<T>,
  call: TickTickCall,
): T[] {
  if (response.value === null) return [];
  const rows: unknown = response.value;
  if (!Array.isArray(rows)) return response.list<T>();
  return rows.flatMap((each: unknown, index) => {
    const report = (row: unknown): void => skip(call, { reason: 'unreadable', row });
    const row = readRow(each, shape, report);
    if (row !== undefined) {
      for (const place of unread.get(row) ?? []) response.skip(`[${index}].${place}`);
      return [row];
    }
    response.skip(index);
    report(each);
    return [];
  });
}

/** The row of a response. Throws {@link UnexpectedResponseError} if it lacks the text that identifies it. */
export function rowOf<T extends object>(response: ServiceResponse, shape: RowShape<T>): T {
  const row = readFields(response.object({ [shape.key ?? 'id']: 'string' }), shape);
  for (const place of unread.get(row) ?? []) response.skip(place);
  return row;
}

/** A request whose response is a list. */
export async function listRows<T extends object>(
  service: TickTickService,
  name: OperationName,
  request: HttpRequest,
  shape: RowShape<T>,
  options: ListOptions | undefined,
): Promise<T[]> {
  const call = onSkip(service.call(options, LIST_OPTIONS), options?.onSkipped);
  return rowsOf(await call.send(name, request), shape, call);
}
