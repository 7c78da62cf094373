import { type HttpRequest, isObject, type ServiceResponse } from '@context-sdk/oauth-core/client-kit';
import { type FieldType, fits } from './input.ts';
import type { OperationName, TickTickCall, TickTickService } from './operations.ts';
import { LIST_OPTIONS, type ListOptions, onSkip, skip } from './skipped.ts';

/** What the rows of a resource hold. Names are separated by spaces: `label color parent`. */
export interface RowShape<T extends object = Record<string, unknown>> {
  /** The field without which a row can't be told from others. Default: `id`. Empty: rows need none. */
  key?: (keyof T & string) | '';
  /** Default: a text that isn't empty. */
  keyType?: FieldType;
  /** Texts that are never absent. */
  text?: string;
  /** Names of fields by their type. */
  fields?: Readonly<Partial<Record<FieldType, string>>>;
  /** Fields that are lists of rows. */
  lists?: Readonly<Record<string, RowShape>>;
}

/**
 * A row that TickTick sent, without the fields that hold something else than their type: they count as absent. Undefined if it
 * is no row of this shape.
 */
export function readRow<T extends object>(
  row: unknown,
  shape: RowShape<T>,
  onUnreadable?: (row: unknown) => void,
): T | undefined {
  const { key = 'id', keyType = 'date', fields = {}, text = '', lists = {} } = shape;
  if (!isObject(row) || (key && !fits(keyType, row[key]))) {
    onUnreadable?.(row);
    return undefined;
  }
  const read = { ...row };
  for (const [type, names] of Object.entries(fields)) {
    for (const name of names.split(' ')) if (!fits(type as FieldType, read[name])) delete read[name];
  }
  for (const name of text.split(' ')) if (name && typeof read[name] !== 'string') read[name] = '';
  for (const [name, inner] of Object.entries(lists)) {
    const rows = read[name];
    if (Array.isArray(rows)) read[name] = rows.flatMap((each) => readRow(each, inner, onUnreadable) ?? []);
    else delete read[name];
  }
  return read as object as T;
}

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
  const report = (row: unknown): void => skip(call, { reason: 'unreadable', row });
  return rows.flatMap((row) => readRow(row, shape, report) ?? []);
}

/** The row of a response. Throws {@link UnexpectedResponseError} if it lacks the text that identifies it. */
export function rowOf<T extends object>(response: ServiceResponse, shape: RowShape<T>): T {
  const row = response.object<T>({ [shape.key ?? 'id']: 'string' } as object);
  return readRow(row, { ...shape, key: '' }) ?? row;
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
