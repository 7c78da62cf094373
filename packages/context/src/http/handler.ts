/** What a host mounts: every route of the context, as a web-standard function. */
export interface ContextHandler {
  /** Answers a request to one of the routes; 404 to any other. Never rejects. */
  (request: Request): Promise<Response>;
  /** Whether a path, or URL, is one of the handler's, so that the host's own routes can have the rest. */
  handles(url: string): boolean;
  /** Where the world reaches the host: what `toNodeListener` makes of a path. */
  readonly baseUrl: string;
}

/** How the handler fits into the host. */
export interface HandlerOptions {
  /** Who is signed in to the host, by the request's cookies or headers: the host's own session. */
  getUserId: (request: Request) => string | undefined | Promise<string | undefined>;
  /** Told of every failure that the handler answered, for the host's log. */
  onError?: ((error: unknown, request: Request) => void) | undefined;
}
