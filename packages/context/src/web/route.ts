/** Answers a request by the path parts behind its own prefix. */
export type Route = (request: Request, segments: readonly string[]) => Promise<Response>;
