import type { IncomingMessage, ServerResponse } from 'node:http';
import { ConfigurationError } from '@context-sdk/oauth-core';
import type { ContextHandler } from './handler.ts';
import { ownUrl } from './own-url.ts';
import { markParsed } from './request-body.ts';
import { methodNotAllowed } from './route.ts';

/** More than any route reads. */
const MAX_BYTES = 17 * 1_048_576;

/** Methods that a `Request` cannot have. https://fetch.spec.whatwg.org/#forbidden-method */
const UNSUPPORTED_METHODS: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK']);

/** A listener for `node:http`, or for Express, which passes `next`. */
export type NodeListener = (
  request: IncomingMessage,
  response: ServerResponse,
  next?: (error?: unknown) => void,
) => void;

/**
 * Mounts a handler in Express (`app.use(toNodeListener(handler))`) or `node:http`. Other paths go to `next`, or get a 404.
 * URLs are built from `baseUrl` and the path, never from the Host header. If a body parser ran before, its result is used.
 * Throws {@link ConfigurationError} for anything but a handler.
 */
export function toNodeListener(handler: ContextHandler): NodeListener {
  if (typeof handler !== 'function' || typeof handler.handles !== 'function')
    throw new ConfigurationError('handler must be what context.createHandler(…) returns.');
  return (request, response, next) => {
    const path = pathOf(request);
    if (next !== undefined && !handler.handles(path)) return next();
    // The handler never rejects. Reading fails if the client disconnects.
    respond(handler, ownUrl(path, handler.baseUrl), request, response).catch(() => response.destroy());
  };
}

/** Express removes the mount point from `url`, and keeps the full path in `originalUrl`. */
function pathOf(request: IncomingMessage & { originalUrl?: string }): string {
  const path = request.originalUrl ?? request.url ?? '/';
  // Anything else, such as `http://…`, is for proxies.
  return path.startsWith('/') ? path.replace(/^\/+/, '/') : '/';
}

async function respond(
  handler: ContextHandler,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const disconnected = new AbortController();
  response.once('close', () => disconnected.abort());
  const result = await callHandler(handler, url, request, disconnected.signal);
  response.statusCode = result.status;
  for (const [name, value] of result.headers) {
    if (name !== 'set-cookie') response.setHeader(name, value);
  }
  const cookies = result.headers.getSetCookie();
  if (cookies.length > 0) response.appendHeader('set-cookie', cookies);
  // Nobody who was refused sends the rest. A sender that was not has to get its answer.
  const isEndless = Number(request.headers['content-length']) > MAX_BYTES;
  if (isEndless && !result.ok) response.setHeader('connection', 'close');
  response.end(new Uint8Array(await result.arrayBuffer()));
}

async function callHandler(
  handler: ContextHandler,
  url: URL,
  request: IncomingMessage,
  signal: AbortSignal,
): Promise<Response> {
  const method = request.method ?? 'GET';
  if (UNSUPPORTED_METHODS.has(method)) return methodNotAllowed('GET, POST');
  const init = { method, headers: headersOf(request), signal };
  if (method === 'GET' || method === 'HEAD') return await handler(new Request(url, init));
  const body = bodyOf(request);
  const passed = new Request(url, { ...init, ...(body !== undefined && { body, duplex: 'half' }) });
  return await handler(typeof body === 'string' ? markParsed(passed) : passed);
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (!name.startsWith(':')) headers.append(name, rawHeaders[index + 1] ?? '');
  }
  return headers;
}

/** What frameworks add to a request. */
type FrameworkRequest = IncomingMessage & { body?: unknown; rawBody?: unknown };

/**
 * The request's body as a stream, or the result of an earlier body parser. `undefined` if the body was read and nothing is
 * left of it: routes that need one refuse the request.
 */
function bodyOf(
  request: FrameworkRequest,
): ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> | string | undefined {
  const { body, rawBody, headers } = request;
  if (!request.readableDidRead) return streamOf(request);
  if (rawBody instanceof Uint8Array) return new Uint8Array(rawBody);
  if (typeof rawBody === 'string') return rawBody;
  return body === undefined ? undefined : serializedAgain(body, headers);
}

/** Reads the request only as far as the stream is read, so that headers can be checked first. */
function streamOf(request: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks = request.iterator({ destroyOnReturn: false });
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
    },
    { highWaterMark: 0 },
  );
}

/** Body parsers produce bytes, text, or the object that was sent as JSON or as a form. */
function serializedAgain(
  body: unknown,
  headers: IncomingMessage['headers'],
): Uint8Array<ArrayBuffer> | string | undefined {
  if (body instanceof Uint8Array) return new Uint8Array(body);
  if (typeof body === 'string') return body;
  const isForm = headers['content-type']?.includes('application/x-www-form-urlencoded');
  if (isForm) return new URLSearchParams(body as Record<string, string>).toString();
  const text = jsonOf(body);
  // Parsers leave an empty object behind for content that they do not read.
  return text === '{}' && Number(headers['content-length']) > text.length ? undefined : text;
}

/** `undefined` for what is no JSON, such as a circle. */
function jsonOf(body: unknown): string | undefined {
  try {
    return JSON.stringify(body);
  } catch {
    return undefined;
  }
}
