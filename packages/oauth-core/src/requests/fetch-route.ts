import { InvalidRequestError } from '../errors/index.ts';
import type { CallOptions, Pipeline } from './pipeline.ts';
import type { Effect } from './retry.ts';

const EFFECTS: Record<string, Effect> = {
  GET: 'read',
  HEAD: 'read',
  PUT: 'idempotent',
  DELETE: 'idempotent',
};

/** What a client's `fetch` takes besides the path. */
export interface FetchRouteOptions extends CallOptions {
  /** Taken from the HTTP method unless given. */
  effect?: Effect | undefined;
  /** Units of the service's limits; 1 unless given. */
  cost?: number | undefined;
}

/** A client's `fetch`: any route behind its base URL, through its pipeline. */
export async function fetchRoute(
  { pipeline, baseUrl, service }: { pipeline: Pipeline; baseUrl: string; service: string },
  path: string,
  init: RequestInit = {},
  options: FetchRouteOptions = {},
): Promise<Response> {
  const { effect = EFFECTS[(init.method ?? 'GET').toUpperCase()] ?? 'write', ...call } = options;
  const signal = call.signal ?? init.signal ?? undefined;
  const url = URL.parse(`${baseUrl}/${path.replace(/^\/+/, '')}`);
  if (!url?.href.startsWith(`${baseUrl}/`)) {
    throw new InvalidRequestError('path leads out of the base URL.', { service, field: 'path' });
  }
  return await pipeline.fetchFor({ ...call, signal, operation: 'fetch', effect })(url, init);
}
