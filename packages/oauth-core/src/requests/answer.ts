/** One complete answer of a service, as a client's `classify` sees it. */
export interface Answer {
  readonly operation: string;
  readonly status: number;
  readonly headers: Headers;
  /** The body, with the access token taken out should the service repeat it. */
  text(): string;
}

/**
 * What an answer means: `undefined` for a success, `unauthorized` where another token may help, else the error.
 * A {@link RateLimitError} pauses everybody who shares the limits.
 */
export type Classify = (answer: Answer) => Error | 'unauthorized' | undefined;
