/** A request as it went out. */
export interface SentRequest {
  method: string;
  url: URL;
  path: string;
  /** Query parameters; those that came more than once joined by commas. */
  query: Record<string, string>;
  headers: Headers;
  /** The JSON of the body; undefined without one. */
  json: unknown;
}

/** A `Response`, the JSON of a 200, or what makes either. */
type Reply = object | ((request: SentRequest) => object | Promise<object>);

export interface StubbedFetch {
  fetch: typeof fetch;
  readonly requests: SentRequest[];
}

async function recorded(request: Request): Promise<SentRequest> {
  const url = new URL(request.url);
  const text = await request.text();
  const names = [...new Set(url.searchParams.keys())];
  return {
    method: request.method,
    url,
    path: url.pathname,
    query: Object.fromEntries(names.map((name) => [name, url.searchParams.getAll(name).join(',')])),
    headers: request.headers,
    json: text === '' ? undefined : JSON.parse(text),
  };
}

/** A `fetch` that gives these replies in order, the last one for ever, and keeps what was sent. */
export function answering(...replies: Reply[]): StubbedFetch {
  const requests: SentRequest[] = [];
  return {
    requests,
    async fetch(input, init) {
      const request = await recorded(new Request(input, init));
      const reply = replies[Math.min(requests.length, replies.length - 1)];
      requests.push(request);
      const answer = typeof reply === 'function' ? await reply(request) : reply;
      return answer instanceof Response ? answer.clone() : Response.json(answer);
    },
  };
}

/** A failure in Google's envelope. */
export function googleFailure(status: number, reason: string, message: string = reason): Response {
  const error = { code: status, message, errors: [{ domain: 'global', reason, message }] };
  return Response.json({ error }, { status });
}
