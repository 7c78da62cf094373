import { omitUndefined } from './input/omit-undefined.ts';
import type { HttpOperation, Operation } from './operation.ts';
import { fillPath, type PathValue } from './path.ts';

/** One operation on its way: its row of the table, and what the caller put in. */
export interface Outgoing<Op extends Operation, Request> {
  name: string;
  operation: Op;
  request: Request;
  baseUrl: string;
}

/**
 * Builds the request of an operation, sends it once with the `fetch` that it is given, and reads the response: through
 * the service's own library, or {@link jsonWire}. Whatever it throws after a response is an unreadable response.
 */
export type Wire<Op extends Operation, Request> = (
  outgoing: Outgoing<Op, Request>,
  fetch: typeof globalThis.fetch,
) => Promise<unknown>;

/** What fills an {@link HttpOperation}. */
export interface HttpRequest {
  params?: Readonly<Record<string, PathValue | undefined>> | undefined;
  /** Parameters that are undefined are left out. */
  query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  /** Sent as JSON. */
  json?: unknown;
  headers?: Readonly<Record<string, string>> | undefined;
}

/** The address of an operation, its parameters escaped. */
export function requestUrl(baseUrl: string, { path }: HttpOperation, { params, query }: HttpRequest): URL {
  const url = new URL(`${baseUrl}${fillPath(path, params)}`);
  for (const [name, value] of Object.entries(omitUndefined(query ?? {}))) {
    url.searchParams.set(name, String(value));
  }
  return url;
}

/** The JSON of a response, with or without a byte order mark; undefined where it has no content. */
export async function readJson(response: Response): Promise<unknown> {
  const text = (await response.text()).replace(/^\uFEFF/, '');
  return text === '' ? undefined : JSON.parse(text);
}

/** JSON over plain fetch, for services that need no library. */
export async function jsonWire(
  { operation, request, baseUrl }: Outgoing<HttpOperation, HttpRequest>,
  fetch: typeof globalThis.fetch,
): Promise<unknown> {
  const { json, headers } = request;
  const response = await fetch(requestUrl(baseUrl, operation, request), {
    method: operation.method,
    headers: {
      accept: 'application/json',
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: json === undefined ? null : JSON.stringify(json),
  });
  return await readJson(response);
}
