import type { BatchPart } from './batch-part.ts';

/** Where a service takes batches, from its base URL, and what its paths begin with there. */
export interface BatchRoute {
  /** The end of a base URL that `path` takes the place of: `/calendar/v3`. */
  prefix: string;
  /** `/batch/calendar/v3`. */
  path: string;
}

/** A request of type multipart/mixed. */
export interface BatchRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/**
 * One request with several inside, each of which counts toward the quota.
 * https://developers.google.com/workspace/calendar/api/guides/batch
 */
export function batchRequest(parts: readonly BatchPart[], baseUrl: string, route: BatchRoute): BatchRequest {
  const boundary = `batch_${crypto.randomUUID()}`;
  const { prefix, path } = route;
  const root = baseUrl.endsWith(prefix) ? baseUrl.slice(0, baseUrl.length - prefix.length) : baseUrl;
  const lines = parts.flatMap((part, index) => [
    `--${boundary}`,
    'Content-Type: application/http',
    `Content-ID: <${index}>`,
    '',
    ...partLines(part, prefix),
  ]);
  return {
    url: `${root}${path}`,
    headers: { 'content-type': `multipart/mixed; boundary=${boundary}` },
    body: [...lines, `--${boundary}--`, ''].join('\r\n'),
  };
}

function partLines({ method, path, params, json, headers }: BatchPart, prefix: string): string[] {
  const query = queryOf(params);
  const jsonHeaders = json === undefined ? {} : { 'Content-Type': 'application/json' };
  const all = Object.entries({ Accept: 'application/json', ...jsonHeaders, ...headers });
  return [
    `${method} ${prefix}${path}${query && `?${query}`}`,
    ...all.map(([name, value]) => `${name}: ${value}`),
    '',
    json === undefined ? '' : JSON.stringify(json),
  ];
}

function queryOf(params: BatchPart['params'] = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined) continue;
    const values = typeof value === 'object' ? value : [String(value)];
    for (const one of values) query.append(name, one);
  }
  return query.toString();
}
