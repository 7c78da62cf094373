/** Something that goes wrong on the way, or in the service. */
export type Fault =
  /** The answer takes this much longer. Adds to any other fault. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** The connection breaks: `before` the service saw the request, or `after` it did its work (the answer is lost). */
  | { readonly kind: 'reset'; readonly when: 'before' | 'after' }
  /** The headers arrive, the body ends in the middle and its stream fails. An empty body cannot be cut. */
  | { readonly kind: 'cut-body' }
  /** The service answers this status, e.g. 429 or 503: without doing its work, or `after` it did. */
  | {
      readonly kind: 'status';
      readonly status: number;
      /** Default: `before`. */
      readonly when?: 'before' | 'after';
      /** The Retry-After header: seconds, or an HTTP date. */
      readonly retryAfter?: number | string;
      /** Answered as JSON; without it the body is empty. */
      readonly body?: unknown;
    }
  /** A page of HTML in place of the answer, as during maintenance; `after`: the service did its work. */
  | { readonly kind: 'page'; readonly status: number; readonly when?: 'before' | 'after' };

/** Which requests a fault strikes. All conditions must hold; without any, every request matches. */
export interface FaultScope {
  readonly host?: string;
  readonly method?: string;
  /** The whole path, or a pattern for it. */
  readonly path?: string | RegExp;
  /** The operation's name as in `RecordedRequest.operation`, or several. */
  readonly operation?: string | readonly string[];
  /** At most this many matching requests. Default: 1, or no bound when `rate` is given. */
  readonly times?: number;
  /** The probability for each matching request, from the sandbox's seeded random numbers. */
  readonly rate?: number;
}

/** A fault with its scope, as `createSandbox({ faults })` takes it. */
export interface FaultRule {
  readonly fault: Fault;
  readonly scope?: FaultScope;
}

/** A fault that was injected. */
export interface InjectedFault {
  /** How many requests it struck so far. */
  readonly hits: number;
  /** It strikes no more. */
  remove(): void;
}
