import { InvalidRequestError, UnexpectedResponseError } from '../errors/index.ts';
import { runWithTimeout } from '../timing/timeouts.ts';
import type { Exchange, PreparedRequest, ReceivedResponse } from './exchange.ts';

const EMPTY_BY_DEFINITION = new Set([204, 205, 304]);

const DEFAULT_TIMEOUT_MS = 30_000;

/** Reads the body to bytes, except for a stream: it can be sent only once. */
export async function prepareRequest(
  service: string,
  input: string | URL | Request,
  init: RequestInit = {},
): Promise<PreparedRequest> {
  const { body, ...rest } = init;
  const stream = body instanceof ReadableStream ? body : undefined;
  const isComplete = input instanceof Request && Object.keys(init).length === 0;
  let request: Request;
  try {
    request = isComplete ? input : new Request(input, stream ? rest : init);
  } catch {
    // What it throws quotes the URL or the header that it does not take.
    const message = 'The request can not be sent: its URL, its method or one of its headers is not allowed.';
    throw new InvalidRequestError(message, { service });
  }
  return {
    url: new URL(request.url),
    method: request.method,
    headers: Object.fromEntries(request.headers),
    body: stream ?? (request.body && new Uint8Array(await request.arrayBuffer())),
  };
}

/**
 * The body. A larger one is given up while it arrives: its length may not be told, or be that of its compressed form.
 */
async function readBody(response: Response, maxBytes: number, tooLarge: () => Error): Promise<ArrayBuffer> {
  const length = Number(response.headers.get('content-length') ?? Number.NaN);
  if (length > maxBytes && response.body !== null) {
    response.body.cancel().catch(() => undefined);
    throw tooLarge();
  }
  const isTold = length >= 0 && !response.headers.has('content-encoding');
  if (isTold || !(response.body instanceof ReadableStream)) return await response.arrayBuffer();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  // A Blob of the chunks would copy them twice.
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.byteLength;
  }
  return body.buffer;
}

/** Whether the request can be sent again: a stream is gone once it was sent. */
export function isRepeatable({ body }: PreparedRequest): boolean {
  return !(body instanceof ReadableStream);
}

/**
 * One request on the wire. The body is read here, too, so that a response that stalls or breaks off fails where it can be
 * tried again. Redirects are not followed, since a token must not go to another host.
 */
export async function send({
  pipeline,
  call,
  request,
  signal,
  progress,
}: Exchange): Promise<ReceivedResponse> {
  const { service } = pipeline;
  const { operation } = call;
  const { method, headers, body, url } = request;
  const { token = '', scheme = 'Bearer' } = progress.credential ?? {};
  headers['authorization'] = `${scheme} ${token}`;
  const timeoutMs = call.timeoutMs ?? pipeline.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  return await runWithTimeout(operation, { service, timeoutMs, signal }, async (timed) => {
    try {
      const init: RequestInit = { method, headers, body, signal: timed, redirect: 'manual' };
      // Streams are sent while they are read, which fetch must be told.
      if (body instanceof ReadableStream) Object.assign(init, { duplex: 'half' });
      const response = await pipeline.send(url.href, init);
      const { status } = response;
      const maxBytes = call.maxResponseBytes ?? pipeline.maxResponseBytes;
      const bytes = await readBody(response, maxBytes, () => {
        const problem = `answered ${operation} with more than maxResponseBytes (${maxBytes})`;
        return new UnexpectedResponseError(`${service} ${problem}.`, { service, status });
      });
      const text = (): string => new TextDecoder().decode(bytes);
      return { operation, status, headers: response.headers, bytes, text, request };
    } catch (error) {
      if (error instanceof UnexpectedResponseError) throw error;
      const { networkErrorFrom } = await import('../errors/network-failure.ts');
      throw networkErrorFrom(error, service);
    }
  });
}

type Received = Pick<ReceivedResponse, 'status' | 'headers' | 'bytes'>;

/** Without what is overridden: Node's types have it as properties, which a class can't override with methods. */
type Base = new (
  body: null,
  init: ResponseInit,
) => Pick<Response, 'headers' | 'ok' | 'redirected' | 'status' | 'statusText' | 'type' | 'url'>;

/** Over the global Response, which a server library may put its own in place of. */
function bufferedOver(Native: typeof Response) {
  return class extends (Native as Base) {
    readonly #received: Received;
    #made: Response | undefined;

    constructor(received: Received) {
      super(null, received);
      this.#received = received;
    }

    get #native(): Response {
      return (this.#made ??= new Native(this.#received.bytes, this.#received));
    }

    async text(): Promise<string> {
      return new TextDecoder().decode(this.#received.bytes);
    }

    async json(): Promise<unknown> {
      return JSON.parse(await this.text());
    }

    async arrayBuffer(): Promise<ArrayBuffer> {
      return await this.#native.arrayBuffer();
    }

    async blob(): Promise<Blob> {
      return await this.#native.blob();
    }

    async bytes(): Promise<Uint8Array<ArrayBuffer>> {
      return new Uint8Array(await this.arrayBuffer());
    }

    async formData(): Promise<FormData> {
      return await this.#native.formData();
    }

    clone(): Response {
      return this.#native.clone();
    }

    get body(): Response['body'] {
      return this.#native.body;
    }

    get bodyUsed(): boolean {
      return this.#made?.bodyUsed ?? false;
    }
  };
}

let over: typeof Response | undefined;
let Buffered: ReturnType<typeof bufferedOver>;

/**
 * A Response over bytes that have all arrived. A native one copies them into a stream and reads them back, in every call.
 * This one reads text and JSON directly, and makes a native one for anything else.
 */
export function bufferedResponse(received: Received): Response {
  if (EMPTY_BY_DEFINITION.has(received.status)) return new Response(null, received);
  if (over !== Response) [over, Buffered] = [Response, bufferedOver(Response)];
  return new Buffered(received);
}
