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

/** What such a process says. */
export type WorkerMessage = { isReady: true } | { failure: CallFailure } | { calls: number };
