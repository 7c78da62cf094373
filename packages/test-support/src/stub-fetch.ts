import type { RateLimiter } from '@context-sdk/oauth-core';

/** A request as it went out. */
export interface SentRequest {
  method: string;
  url: URL;
  path: string;
  /** Query parameters; a repeated one is joined with commas. */
  query: Record<string, string>;
  headers: Headers;
  /** The body as JSON where it is JSON, otherwise as text; undefined without a body. */
  json: unknown;
}

/** A `Response`, the JSON of a 200, or a function that makes either. */
export type Reply = object | ((request: SentRequest, index: number) => unknown);

export interface StubbedFetch {
  fetch: typeof fetch;
  readonly requests: SentRequest[];
}

/** A `fetch` that gives these replies in order, the last one for all further requests, and records what was sent. */
export function answering(...replies: readonly Reply[]): StubbedFetch {
  const requests: SentRequest[] = [];
  return {
    requests,
    async fetch(input, init) {
      const request = await recorded(new Request(input, init));
      const index = requests.push(request) - 1;
      const reply = replies[Math.min(index, replies.length - 1)];
      const response: unknown = typeof reply === 'function' ? await reply(request, index) : reply;
      return response instanceof Response ? response.clone() : Response.json(response);
    },
  };
}

async function recorded(request: Request): Promise<SentRequest> {
  const url = new URL(request.url);
  const names = [...new Set(url.searchParams.keys())];
  return {
    method: request.method,
    url,
    path: url.pathname,
    query: Object.fromEntries(names.map((name) => [name, url.searchParams.getAll(name).join(',')])),
    headers: request.headers,
    json: read(await request.text()),
  };
}

function read(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}
/** Retries without a pause. */
export const IMPATIENT: { minDelayMs: number; maxDelayMs: number } = { minDelayMs: 0, maxDelayMs: 0 };

/** For tests that are not about limits. */
export const UNLIMITED: RateLimiter = { run: (_, dispatch) => dispatch(), pause: async () => undefined };
