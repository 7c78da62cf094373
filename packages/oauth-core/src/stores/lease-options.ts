/** How long a lease lasts, and when it is not needed. */
export interface LeaseOptions<T, R> {
  /** Milliseconds that the work may take; from 10 to 2^31-1. After them others take over. */
  readonly ttlMs: number;
  /** Ends the wait for the lease with its reason; work that has begun goes on. */
  readonly signal?: AbortSignal | undefined;
  /** Asked at every look at the record while there is no lease: a result ends the wait without one. */
  readonly unless?: ((value: T | undefined) => R | undefined) | undefined;
}
