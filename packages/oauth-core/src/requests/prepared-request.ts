/** A request in a form that can be sent more than once. */
export interface PreparedRequest {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer> | ReadableStream | null;
}

async function fromRequest(request: Request): Promise<PreparedRequest> {
  return {
    url: new URL(request.url),
    method: request.method,
    headers: Object.fromEntries(request.headers),
    body: request.body === null ? null : new Uint8Array(await request.arrayBuffer()),
  };
}

/** Reads the body to bytes, unless the caller gave a stream: that is sent once and never again. */
export async function prepareRequest(
  input: string | URL | Request,
  init: RequestInit = {},
): Promise<PreparedRequest> {
  if (init.body instanceof ReadableStream) {
    const { body, ...rest } = init;
    return { ...(await fromRequest(new Request(input, rest))), body };
  }
  return fromRequest(
    input instanceof Request && Object.keys(init).length === 0 ? input : new Request(input, init),
  );
}

/** A stream is gone once it was sent. */
export function isRepeatable({ body }: PreparedRequest): boolean {
  return !(body instanceof ReadableStream);
}
