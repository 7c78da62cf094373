/** Answers a request by the path parts behind its own prefix; tells `report` of failures that it answers itself. */
export type Route = (
  request: Request,
  segments: readonly string[],
  report: (error: unknown) => void,
) => Promise<Response>;
