import type { Latency, StoreFaultMode } from '../engine/backend.ts';
import type { History } from '../engine/simulation.ts';
import type { ServerOptions } from './authorization-server.ts';
import type { ServerFaultMode } from './server-fetch.ts';

/**
 * What may go wrong. `calm`: the store loses or refuses an answer. `server`: the provider's faults. `store`: the store's.
 * `stops`: processes crash and freeze. `skew`: wall clocks are wrong. `all`: everything.
 */
export const KINDS = ['calm', 'server', 'store', 'stops', 'skew', 'all'] as const;

export interface TokenConfig extends ServerOptions {
  readonly kind: (typeof KINDS)[number];
  readonly timeoutMs: number;
  readonly leaseTtlMs: number;
  readonly ambiguousRefresh: 'retry' | 'defer';
  readonly latency: Latency;
  /** Whether records are encrypted, with two keys of which each process uses one, and `rekey` runs beside. */
  readonly isEncrypted: boolean;
  /** One for each process. */
  readonly skewMs: readonly number[];
  readonly drift: readonly number[];
}

/** Something that one process does, or that happens to it. */
export type ProcessItem = { readonly at: number; readonly process: number } & (
  | { readonly type: 'get'; readonly isNewObject: boolean }
  | { readonly type: 'rejected' | 'revoke' | 'rekey' | 'crash' }
  | { readonly type: 'abort'; readonly afterMs: number }
  | { readonly type: 'save'; readonly withRefreshToken: boolean }
  | { readonly type: 'freeze'; readonly ms: number }
  | { readonly type: 'crashInStore'; readonly call: number; readonly isApplied: boolean }
);

/** Happens to whoever does something for the n-th time in this history. */
export interface Trigger {
  readonly type: 'trigger';
  readonly on: 'redeem' | 'write';
  readonly nth: number;
  readonly afterMs: number;
  readonly what: 'freeze' | 'crash' | 'away';
  readonly ms: number;
}

interface Window<T, M> {
  readonly type: T;
  readonly from: number;
  readonly to: number;
  readonly mode: M;
  readonly chance: number;
}

export type TokenItem =
  ProcessItem | Trigger | Window<'storeFault', StoreFaultMode> | Window<'serverFault', ServerFaultMode>;

export type TokenHistory = History<TokenConfig, TokenItem>;

/** Faults and calls begin within this time, in milliseconds. */
export const HORIZON_MS = 240_000;
