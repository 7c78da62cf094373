import type { ContextSdkError } from '../errors/index.ts';

/** What every event tells of its call. No event holds a token, a query string or a body. */
export interface CallEvent {
  service: string;
  /** The client's method, for example `tasks.create`. */
  operation: string;
}

export interface RequestEvent extends CallEvent {
  method: string;
  /** Without the query. */
  path: string;
  /** 1 for the first request of a call. */
  attempt: number;
}

export interface ResponseEvent extends RequestEvent {
  status: number;
  /** Milliseconds from sending the request to the end of the answer. */
  durationMs: number;
  /** The service's id of the request. */
  requestId?: string;
}

export interface RetryEvent extends CallEvent {
  /** The attempt that failed. */
  attempt: number;
  error: ContextSdkError;
}

export interface RateLimitEvent extends CallEvent {
  /**
   * `waited`: the limiter held the request back; `refused`: the service did; `asked`: the service asked to wait
   * before the next one. After the last two everybody who shares the limits pauses.
   */
  reason: 'waited' | 'refused' | 'asked';
  /** How long, in milliseconds. */
  ms: number;
}

export interface TokenRefreshEvent {
  provider: string;
  outcome: 'refreshed' | 'failed';
  /** Why it failed. */
  error?: ContextSdkError;
}

/** Called as things happen, for logs and metrics. What a hook throws is ignored: it can't change a call. */
export interface Hooks {
  onRequest?(event: RequestEvent): void;
  onResponse?(event: ResponseEvent): void;
  onRetry?(event: RetryEvent): void;
  onRateLimit?(event: RateLimitEvent): void;
  onTokenRefresh?(event: TokenRefreshEvent): void;
}

type HookName = keyof Hooks;
type EventOf<N extends HookName> = Parameters<NonNullable<Hooks[N]>>[0];

export function notify<N extends HookName>(hooks: Hooks | undefined, name: N, event: EventOf<N>): void {
  try {
    (hooks?.[name] as ((event: EventOf<N>) => void) | undefined)?.(event);
  } catch {
    // A hook only watches.
  }
}
