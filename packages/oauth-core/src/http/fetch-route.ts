import { InvalidRequestError } from '../errors/index.ts';
import type { CallOptions, Safety } from './exchange.ts';
import type { Pipeline } from './pipeline.ts';

const SAFETY_OF_METHOD: Record<string, Safety> = {
  GET: 'safe',
  HEAD: 'safe',
  PUT: 'idempotent',
  DELETE: 'idempotent',
};

/** What a client's `fetch` takes besides the path. */
export interface FetchRouteOptions extends CallOptions {
  /** Default: that of the HTTP method. */
  safety?: Safety | undefined;
  /** Units of the service's limits. Default: 1. */
  cost?: number | undefined;
}

/** The URL of a route behind a base URL. Throws {@link InvalidRequestError} if the path leads out of it. */
export function routeUrl(baseUrl: string, path: string, service: string): URL {
  if (typeof path === 'string' && /^https?:\/\//i.test(path)) {
    throw new InvalidRequestError('path is a URL: give what follows the base URL.', {
      service,
      field: 'path',
    });
  }
  const url = typeof path === 'string' ? URL.parse(`${baseUrl}/${path.replace(/^\/+/, '')}`) : null;
  if (url?.href.startsWith(`${baseUrl}/`)) return url;
  throw new InvalidRequestError('path leads out of the base URL.', { service, field: 'path' });
}

/** A client's `fetch`: any route behind its base URL, through its pipeline. */
export async function fetchRoute(
  { pipeline, baseUrl, service }: { pipeline: Pipeline; baseUrl: string; service: string },
  path: string,
  init: RequestInit = {},
  options?: FetchRouteOptions,
): Promise<Response> {
  const { safety = SAFETY_OF_METHOD[(init.method ?? 'GET').toUpperCase()] ?? 'unsafe', ...call } =
    options ?? {};
  const signal = call.signal ?? init.signal ?? undefined;
  const url = routeUrl(baseUrl, path, service);
  return await pipeline.fetchFor({ ...call, signal, operation: 'fetch', safety })(url, init);
}
