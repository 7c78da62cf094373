import { NotFoundError } from '@context-sdk/oauth-core';

/** Passes a failure to the host's log. Returns the reference that the response shows. */
export type Report = (error: unknown) => string;

/**
 * Responds to a request. `segments` is the path behind the route's own prefix. `report` receives failures that the route
 * turns into a response by itself.
 */
export type Route = (request: Request, segments: readonly string[], report: Report) => Promise<Response>;

/** The error for a path without a route. */
export function noSuchRoute(): NotFoundError {
  return new NotFoundError('There is no such route.', { status: 404 });
}

/** The response to a method other than the one that a route has. */
export function methodNotAllowed(allowed: string): Response {
  return new Response(null, { status: 405, headers: { allow: allowed } });
}
