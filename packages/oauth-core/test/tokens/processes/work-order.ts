import type { ClientSettings } from './rotating-servers.ts';

/** What a process of workers is told. */
export interface WorkOrder {
  /** Its name at the token endpoints. */
  readonly worker: string;
  readonly kind: string;
  readonly location: string;
  readonly connections: readonly { key: string; settings: ClientSettings }[];
  /** How many work on each connection at once. */
  readonly workers: number;
  /** Milliseconds between a worker's calls, on average. */
  readonly pauseMs: number;
  readonly refreshTimeoutMs: number;
  readonly leaseTtlMs: number;
  /** How far its wall clock is off, in milliseconds. */
  readonly clockOffsetMs: number;
}

/** A call that failed, without anything secret. */
export interface CallFailure {
  readonly connection: string;
  readonly name: string;
  readonly code: string;
  readonly reason: string;
}

/** What kept a process from its work, and when, by the machine's monotonic clock. */
export interface Hindrance {
  readonly what: 'stood still' | 'the store failed' | 'the store was slow' | 'a response was lost';
  readonly from: number;
  readonly to: number;
  /** Whose response was lost. */
  readonly requestId?: string;
}

/** What such a process says. */
export type WorkerMessage =
  { isReady: true } | { failure: CallFailure } | { hindrance: Hindrance } | { calls: number };

/** What it is told. */
export type Command = 'begin' | 'stop';
