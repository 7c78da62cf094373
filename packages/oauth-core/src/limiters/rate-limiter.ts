/** Never more than `limit` units in any window of `intervalMs` milliseconds. */
export interface WindowLimit {
  limit: number;
  intervalMs: number;
}

/** Never more calls at once than this, from their dispatch to the end of what they dispatch. */
export interface ConcurrencyLimit {
  concurrency: number;
}

/** What a service allows one account. */
export type RateLimit = WindowLimit | ConcurrencyLimit;

/** What one call asks of a limiter. */
export interface RateLimiterRunOptions {
  /** The limits that hold for this key. Default: those that the limiter was made with. */
  limits?: readonly RateLimit[] | undefined;
  /** Units that this call uses. Default: 1. */
  cost?: number | undefined;
  /** Takes the call out of the queue; the permit stays free. */
  signal?: AbortSignal | undefined;
  /** Milliseconds to wait at most; after that, {@link RateLimitError}. 0 never waits. */
  maxWaitMs?: number | undefined;
}

/** Spends a service's limits on behalf of all calls that share a key. */
export interface RateLimiter {
  /**
   * Runs `dispatch` when a permit is free; first come, first served per key. The permit is taken at the moment
   * of dispatch and is not given back.
   */
  run<T>(key: string, dispatch: () => Promise<T>, options?: RateLimiterRunOptions): Promise<T>;

  /**
   * Holds back every call of this key, queued ones too, for this many milliseconds from now. Where the calls are limited by
   * concurrency, they start one by one afterwards: one, then with the end of each one more at once.
   */
  pause(key: string, forMs: number): Promise<void>;
}

/** What one call asks of its limiter, checked. */
export interface CallTerms {
  readonly limits: readonly WindowLimit[];
  readonly cost: number;
  /** 0 never waits; Infinity waits as long as it takes. */
  readonly maxWaitMs: number;
  readonly signal: AbortSignal | undefined;
}
