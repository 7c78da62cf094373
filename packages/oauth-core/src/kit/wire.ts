import type { HttpOperation, HttpRequest, Operation } from './operation.ts';
import { requestUrl } from './request-url.ts';

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
