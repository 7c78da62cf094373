import type { JsonValue } from '../json.ts';
import type { AccountData } from './account-data.ts';

/** One authenticated request to the API. */
export interface ApiCall {
  readonly data: AccountData;
  readonly query: URLSearchParams;
  /** The body as JSON; undefined if there is none, its content type is not JSON, or it does not parse. */
  readonly body: JsonValue | undefined;
  readonly params: ReadonlyMap<string, string>;
}

/** A route of the API; the handler's value is answered as JSON, undefined as an empty 200. */
export interface ApiRoute {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly scope: Scope;
  readonly handle: (call: ApiCall) => unknown;
}

export type Scope = 'tasks:read' | 'tasks:write';

/** A parameter of the route's path. */
export function pathParam(call: ApiCall, name: string): string {
  const value = call.params.get(name);
  if (value === undefined) throw notFound();
  return value;
}

/** A route that only reads, whatever its method; `route` is `METHOD /path` below `/open/v1`. */
export function reading(operation: string, route: string, handle: ApiRoute['handle']): ApiRoute {
  return { operation, ...methodAndPath(route), scope: 'tasks:read', handle };
}

/** A route that changes something; `route` as above. */
export function writing(operation: string, route: string, handle: ApiRoute['handle']): ApiRoute {
  return { operation, ...methodAndPath(route), scope: 'tasks:write', handle };
}

function methodAndPath(route: string): { method: string; path: string } {
  const [method = '', path = ''] = route.split(' ');
  return { method, path: `/open/v1${path}` };
}

/** A refusal: the status and, where there is a body, TickTick's error code. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly status: number;
  readonly errorCode: string | undefined;

  constructor(status: number, errorCode?: string) {
    super(errorCode ?? String(status));
    this.status = status;
    this.errorCode = errorCode;
  }
}

/**
 * TickTick's answer to what it does not expect, recorded for a task whose project was deleted. By inference the same
 * answer stands for a body that does not parse, a required field that is missing and a value of the wrong type.
 */
export function unknownException(): ApiFailure {
  return new ApiFailure(500, 'unknown_exception');
}

export function taskNotFound(): ApiFailure {
  return new ApiFailure(500, 'task_not_found');
}

/** The documented 404, which has no body. */
export function notFound(): ApiFailure {
  return new ApiFailure(404);
}
