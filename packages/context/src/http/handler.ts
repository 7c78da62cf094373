import { ConfigurationError } from '@context-sdk/oauth-core';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { ownUrl } from './own-url.ts';
import { newReference, problemResponse } from './problem-response.ts';
import { missingBody } from './request-body.ts';
import { noSuchRoute, type Report, type Route } from './route.ts';

/** The context's routes as one function, for a host to mount. */
export interface ContextHandler {
  /** Responds to a request, with 404 if it is not for one of the routes. Rejects only what is no web `Request`. */
  (request: Request): Promise<Response>;
  /** Whether a path or URL belongs to the handler. Everything else is for the host's own routes. */
  handles(url: string): boolean;
  /** The host's public URL. `toNodeListener` completes paths with it. */
  readonly baseUrl: string;
}

/** What the handler tells about a failure. */
export interface FailureDetails {
  /** The response shows it too, so that a user's report finds the failure in the log. */
  reference: string;
}

/** How the handler fits into the host. */
export interface HandlerOptions {
  /** The id of the user who is signed in to the host, from the request's cookies. Its URL is at `baseUrl`. */
  getUserId: (request: Request) => string | undefined | Promise<string | undefined>;
  /**
   * Receives every failure that the handler responds to, for the host's log. Its own failures are ignored. The request's URL and
   * headers can have secrets: codes of sign-ins, keys of webhooks, passwords.
   */
  onError?: ((error: unknown, request: Request, details: FailureDetails) => unknown) | undefined;
}

/** Builds the handler from routes by their first path segment. */
export function createHandler(
  { baseUrl, basePath }: ResolvedOptions,
  routes: Readonly<Record<string, Route>>,
  onError: HandlerOptions['onError'],
): ContextHandler {
  const { origin } = new URL(baseUrl);
  // A proxy in front of the host cuts the path of the base URL off, or leaves it.
  const roots = [basePath, baseUrl.slice(origin.length) + basePath];
  const segmentsOf = (path: string): string[] | undefined => {
    for (const root of roots) {
      const segments = path.startsWith(`${root}/`) ? path.slice(root.length + 1).split('/') : [];
      if (Object.hasOwn(routes, segments[0] ?? '') && segments.length > 1) return segments;
    }
    return undefined;
  };

  const handler = async (received: Request): Promise<Response> => {
    if (!isRequest(received)) throw notARequest();
    let request = received;
    const report: Report = (error) => {
      const reference = newReference();
      logFailure(() => onError?.(error, request, { reference }));
      return reference;
    };
    try {
      request = atBaseUrl(received, baseUrl, origin);
      const [path = ''] = request.url.slice(origin.length).split(/[?#]/, 1);
      const [name, ...segments] = segmentsOf(path) ?? [];
      const route = name === undefined ? undefined : routes[name];
      if (route === undefined) throw noSuchRoute();
      return await route(request, segments, report);
    } catch (error) {
      return problemResponse(error, request, report(error));
    }
  };
  return Object.assign(handler, {
    handles: (url: string) =>
      typeof url === 'string' && segmentsOf(ownUrl(url, baseUrl).pathname) !== undefined,
    baseUrl,
  });
}

/** As far as it has to be one of the web's: Node's have no `headers.get`. */
function isRequest(received: Request | null | undefined): boolean {
  return typeof received?.url === 'string' && typeof received.headers?.get === 'function';
}

/** Express would wait for a response that the handler has returned, and browsers with it. */
function notARequest(): ConfigurationError {
  return new ConfigurationError(
    'The handler takes a Request of the web. In Express and node:http, mount toNodeListener(handler).',
  );
}

/** Calls the host's log. If it fails itself, synchronously or not, the request is answered all the same. */
function logFailure(log: () => unknown): void {
  (async () => log())().catch(() => undefined);
}

/** The request at the host's public URL, whatever its request line or `Host` header said. */
function atBaseUrl(request: Request, baseUrl: string, origin: string): Request {
  // Most are: a URL is not parsed again to find that out.
  if (request.url.startsWith(`${origin}/`) && !request.url.includes('#')) return request;
  const { href } = ownUrl(request.url, baseUrl);
  if (request.url === href) return request;
  if (!request.bodyUsed && request.body?.locked !== true) return new Request(href, request);
  const { method, headers, signal } = request;
  const init = { method, headers, signal, body: missingBody(), duplex: 'half' } as const;
  return new Request(href, init);
}
