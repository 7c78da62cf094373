import type { JsonValue } from '../json.ts';
import type { AccountData } from './account-data.ts';
import { notFound } from './api-failure.ts';

/** One authenticated request to the API. */
export interface ApiCall {
  readonly data: AccountData;
  readonly query: URLSearchParams;
  /** The body as JSON; undefined where there is none, it is not labelled so, or it does not parse. */
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
