/** A request, read to its end. */
export interface ServiceRequest {
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** What a service answers, and for whose account. */
export interface Answer {
  readonly response: Response;
  readonly account?: string | undefined;
}

/** A request that arrived and is not answered yet. */
export interface PendingRequest {
  /** The service's operation that the request is for; undefined for an unknown route. */
  readonly operation: string | undefined;
  answer(): Promise<Answer>;
  /** Called when the exchange is over, however it ended. */
  finished?(): void;
}

/** One emulated service, with the host names that it answers for. */
export interface EmulatedService {
  readonly hosts: readonly string[];
  receive(request: ServiceRequest): PendingRequest;
}

export async function readRequest(request: Request): Promise<ServiceRequest> {
  const url = new URL(request.url);
  return {
    host: url.host,
    method: request.method,
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: new Uint8Array(await request.arrayBuffer()),
  };
}

export function bodyText(request: ServiceRequest): string {
  return new TextDecoder().decode(request.body);
}
