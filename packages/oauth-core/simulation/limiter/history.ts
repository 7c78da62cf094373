import type { History } from '../engine/simulation.ts';

/** `hostile`: dispatches that call, pause, abort, throw or fail. */
export const LIMITER_KINDS = ['one', 'several', 'costs', 'hostile'] as const;

export interface Limit {
  readonly limit: number;
  readonly intervalMs: number;
}

export interface LimiterConfig {
  readonly kind: (typeof LIMITER_KINDS)[number];
  readonly limits: readonly Limit[];
  readonly keys: number;
}

export interface Call {
  readonly type: 'call';
  readonly at: number;
  readonly key: string;
  readonly cost: number;
  readonly answerMs: number;
  readonly abortAfterMs: number | undefined;
  readonly maxWaitMs: number | undefined;
  /** What the dispatch does besides. */
  readonly inside: 'run' | 'pause' | 'throw' | 'reject' | undefined;
}

export type LimiterItem =
  | Call
  | { readonly type: 'pause'; readonly at: number; readonly key: string; readonly ms: number }
  | { readonly type: 'freeze' | 'jump'; readonly at: number; readonly ms: number };

export type LimiterHistory = History<LimiterConfig, LimiterItem>;
