import type { Latency, StoreFaultMode } from '../engine/backend.ts';
import type { History } from '../engine/simulation.ts';

/**
 * `lives`: processes live for less than a lease, so that no single one can see a dead holder's lease to its end. `drift`: they
 * hold their leases to the end, by clocks that run differently. `encrypted`: records are encrypted, with two keys of which
 * each process uses one, and `rekey` runs beside.
 */
export const LEASE_KINDS = ['calm', 'store', 'stops', 'lives', 'drift', 'encrypted', 'all'] as const;

export interface LeaseConfig {
  readonly kind: (typeof LEASE_KINDS)[number];
  readonly latency: Latency;
  readonly ttlMs: number;
  /** One for each process. */
  readonly drift: readonly number[];
}

/** How a piece of work ends: it saves (with a TTL, or twice), leaves the record as it is, throws, or deletes it. */
export type Ending = 'save' | 'ttl' | 'twice' | 'leave' | 'throw' | 'delete';

export interface Work {
  readonly type: 'work';
  readonly id: number;
  readonly at: number;
  readonly process: number;
  readonly key: string;
  readonly holdMs: number;
  readonly ending: Ending;
}

export type LeaseItem =
  | Work
  | { readonly type: 'freeze'; readonly at: number; readonly process: number; readonly ms: number }
  | { readonly type: 'crash' | 'rekey'; readonly at: number; readonly process: number }
  | {
      readonly type: 'storeFault';
      readonly from: number;
      readonly to: number;
      readonly mode: StoreFaultMode;
      readonly chance: number;
    };

export type LeaseHistory = History<LeaseConfig, LeaseItem>;
