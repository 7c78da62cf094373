const EMPTY_BY_DEFINITION = new Set([204, 205, 304]);

/** A request that can be sent more than once. */
export interface PreparedRequest {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer> | ReadableStream | null;
}

/** A service's response once it has arrived whole, as a client's `classify` sees it. */
export interface CompleteResponse {
  readonly operation: string;
  readonly status: number;
  readonly headers: Headers;
  /** The body, without the access token in case the service repeats it. */
  text(): string;
}

/** The same with the body as it came, for the client. */
export interface ReceivedResponse extends CompleteResponse {
  readonly bytes: ArrayBuffer;
}

/** Reads the body to bytes, except for a stream: it can be sent only once. */
export async function prepareRequest(
  input: string | URL | Request,
  init: RequestInit = {},
): Promise<PreparedRequest> {
  const { body, ...rest } = init;
  const stream = body instanceof ReadableStream ? body : undefined;
  const isComplete = input instanceof Request && Object.keys(init).length === 0;
  const request = isComplete ? input : new Request(input, stream ? rest : init);
  return {
    url: new URL(request.url),
    method: request.method,
    headers: Object.fromEntries(request.headers),
    body: stream ?? (request.body && new Uint8Array(await request.arrayBuffer())),
  };
}

/** Whether the request can be sent again: a stream is gone once it was sent. */
export function isRepeatable({ body }: PreparedRequest): boolean {
  return !(body instanceof ReadableStream);
}

/**
 * A Response over bytes that have all arrived. A native one copies them into a stream and reads them back, in every call.
 * This one reads text and JSON directly, and makes a native one for anything else.
 */
export function bufferedResponse({ status, headers, bytes }: ReceivedResponse): Response {
  const init = { status, headers };
  const response = new Response(null, init);
  if (EMPTY_BY_DEFINITION.has(status)) return response;
  let made: Response | undefined;
  const native = (): Response => (made ??= new Response(bytes, init));
  Object.defineProperties(response, {
    body: { get: () => native().body },
    bodyUsed: { get: () => made?.bodyUsed ?? false },
  });
  return Object.assign(response, {
    text: async () => new TextDecoder().decode(bytes),
    json: async (): Promise<unknown> => JSON.parse(new TextDecoder().decode(bytes)),
    arrayBuffer: () => native().arrayBuffer(),
    blob: () => native().blob(),
    bytes: async () => new Uint8Array(await native().arrayBuffer()),
    formData: () => native().formData(),
    clone: () => native().clone(),
  });
}
