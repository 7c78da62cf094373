import type { Safety } from '../http/exchange.ts';

/** One row of a client's table of operations: what has to be known before a request is sent. */
export interface Operation {
  readonly safety: Safety;
  /** The grant needs one of these; the first is the one to ask for. Default: the service does not say. */
  readonly scopes?: readonly string[];
  /** Units of the service's limits. Default: 1. */
  readonly cost?: number;
  /** A part of the service that it pauses apart: a {@link RateLimitError} with this `lane` holds only such operations. */
  readonly lane?: string;
}

/** An operation whose request the kit builds. */
export interface HttpOperation extends Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Follows the base URL; `{name}` stands for a parameter, as in `/tasks/{id}`. */
  readonly path: string;
  /** Names of the query parameters that a request may have. Default: none. */
  readonly query?: readonly string[];
}

/** What may fill a place in a path. */
export type PathValue = string | number;

/** What fills an {@link HttpOperation}. */
export interface HttpRequest {
  params?: Readonly<Record<string, PathValue | undefined>> | undefined;
  /** Parameters that are undefined are left out. */
  query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  /** Sent as JSON. */
  json?: unknown;
  headers?: Readonly<Record<string, string>> | undefined;
}

/**
 * A client's operations by name: the client's own method, such as `tasks.get`. A dialect of the service may lack some of
 * them.
 */
export type Operations<Name extends string, Op extends Operation = Operation> = Readonly<
  Partial<Record<Name, Op>>
>;
