import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ContextHandler } from '../handler.ts';
import { bodyOf, BodyTooLarge } from './body-of.ts';

/** What `node:http` calls, and Express with `next`. */
export type NodeListener = (
  request: IncomingMessage,
  response: ServerResponse,
  next?: (error?: unknown) => void,
) => void;

/**
 * Mounts a handler in Express (`app.use(toNodeListener(handler))`) or `node:http`. Paths that are not the handler's go to
 * `next`, or are answered 404. URLs are made of `baseUrl` and the path, never of the Host header. A body parser may have
 * run before: what it made of the body is used.
 */
export function toNodeListener(handler: ContextHandler): NodeListener {
  return (request, response, next) => {
    const path = pathOf(request);
    if (next !== undefined && !handler.handles(path)) return next();
    // The handler itself never rejects: this is a sender who went away in the middle.
    respond(handler, new URL(path, handler.baseUrl), request, response).catch(() => response.destroy());
  };
}

/** Express cuts the mount point off `url` and keeps the whole in `originalUrl`. */
function pathOf(request: IncomingMessage & { originalUrl?: string }): string {
  const path = request.originalUrl ?? request.url ?? '/';
  // What does not begin like a path (`//evil`, `http://…`) would choose a host of its own.
  return path.startsWith('/') ? path.replace(/^\/+/, '/') : '/';
}

async function respond(
  handler: ContextHandler,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const answer = await answerTo(handler, url, request, gone.signal);
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) {
    if (name !== 'set-cookie') response.setHeader(name, value);
  }
  const cookies = answer.headers.getSetCookie();
  if (cookies.length > 0) response.appendHeader('set-cookie', cookies);
  response.end(new Uint8Array(await answer.arrayBuffer()));
}

async function answerTo(
  handler: ContextHandler,
  url: URL,
  request: IncomingMessage,
  signal: AbortSignal,
): Promise<Response> {
  const method = request.method ?? 'GET';
  const init = { method, headers: headersOf(request), signal };
  if (method === 'GET' || method === 'HEAD') return await handler(new Request(url, init));
  try {
    return await handler(new Request(url, { ...init, body: await bodyOf(request) }));
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error;
    return new Response(null, { status: 413, headers: { connection: 'close' } });
  }
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (!name.startsWith(':')) headers.append(name, rawHeaders[index + 1] ?? '');
  }
  return headers;
}
