import type { ContextSdkError } from '../errors/index.ts';
import type { OptionTypes } from '../options/option-types.ts';

/** What every event says about its call. No event holds a token, a query string or a body. */
export interface CallEvent {
  service: string;
  /** The client's method, for example `tasks.create`. */
  operation: string;
  /** The same in all events of one request of a client's method, with all its attempts. Unique in this process. */
  callId: number;
}

/** A request with all its waits and attempts is over. */
export interface CallEndEvent extends CallEvent {
  outcome: 'ok' | 'failed';
  /** Milliseconds from the beginning, waits included. */
  durationMs: number;
  /** Why it failed; absent if the caller ended it. */
  error?: ContextSdkError;
}

/** A request is about to be sent. */
export interface RequestEvent extends CallEvent {
  method: string;
  host: string;
  /** Without the query. */
  path: string;
  /** 1 for the first request of a call. */
  attempt: number;
}

/** A response has arrived whole. */
export interface ResponseEvent extends RequestEvent {
  status: number;
  /** Milliseconds from sending the request to the end of the response. */
  durationMs: number;
  /** The service's id of the request. */
  requestId?: string;
}

/** An attempt failed, and another follows. */
export interface RetryEvent extends CallEvent {
  /** The attempt that failed. */
  attempt: number;
  error: ContextSdkError;
}

/** A request had to wait, or all have to. */
export interface RateLimitEvent extends CallEvent {
  /**
   * `waited`: the limiter held the request back, for 10 ms or more; `refused`: the service did; `asked`: the service
   * asked to wait before the next one. After the last two, everything that shares the limits pauses.
   */
  reason: 'waited' | 'refused' | 'asked';
  /** How long, in milliseconds. */
  ms: number;
}

/** A refresh was tried. */
export interface TokenRefreshEvent {
  provider: string;
  outcome: 'refreshed' | 'failed';
  /** Milliseconds that the request for tokens took. */
  durationMs: number;
  /** Why it failed. */
  error?: ContextSdkError;
}

/** The clocks of two machines differ by over a minute. What one of them says of a time is then not believed. */
export interface ClockSkewEvent {
  /** Whose time it was: that of another process, in a record of the store, or that of a service or provider. */
  witness: 'store' | 'service';
  /** The provider of the record, or the host that responded. */
  name: string;
  /** By how many milliseconds this machine's clock is behind the other, at least. Negative if it is ahead. */
  behindMs: number;
}

/** What a response left out since it can't be read: a row without an id, or a part of another type. The rest is there. */
export interface SkippedEvent {
  service: string;
  /** The client's method, for example `comments.list`. */
  operation: string;
  /** Its place in the response, for example `value[3]`, or `[3].items[0]`. */
  field: string;
}

/** Called as things happen, for logs and metrics. What a hook throws is ignored: it can't change a call. */
export interface Hooks {
  /** Before a request is queued, in the context of the caller. */
  onCallStart?(event: CallEvent): void;
  /** When it is over, with or without a response. */
  onCallEnd?(event: CallEndEvent): void;
  /** For every request on the wire. */
  onRequest?(event: RequestEvent): void;
  /** For every response, failures included. */
  onResponse?(event: ResponseEvent): void;
  /** Before a call is tried again. */
  onRetry?(event: RetryEvent): void;
  /** When limits hold requests back. */
  onRateLimit?(event: RateLimitEvent): void;
  /** After every attempt to refresh a token; a hook of {@link TokenManager}. */
  onTokenRefresh?(event: TokenRefreshEvent): void;
  /** When another clock tells another time than this machine's: once in ten minutes, however many calls see it. */
  onClockSkew?(event: ClockSkewEvent): void;
  /** For everything that a response leaves out. */
  onSkipped?(event: SkippedEvent): void;
}

/** The names of all {@link Hooks}, to check those of a host. */
export const HOOKS: OptionTypes<Hooks> = {
  onCallStart: 'function',
  onCallEnd: 'function',
  onRequest: 'function',
  onResponse: 'function',
  onRetry: 'function',
  onRateLimit: 'function',
  onTokenRefresh: 'function',
  onClockSkew: 'function',
  onSkipped: 'function',
};

type HookName = keyof Hooks;
type EventOf<N extends HookName> = Parameters<NonNullable<Hooks[N]>>[0];

export function notify<N extends HookName>(hooks: Hooks | undefined, name: N, event: EventOf<N>): void {
  const hook = hooks?.[name] as ((event: EventOf<N>) => unknown) | undefined;
  if (hook === undefined) return;
  // A hook only watches: what it throws, or rejects with, is ignored.
  void (async () => hook.call(hooks, event))().catch(() => undefined);
}
