import type { Latency, StoreFaultMode } from '../engine/backend.ts';
import type { History } from '../engine/simulation.ts';

/** `hostile`: callbacks come from other browsers, with changed states, and after the ten minutes. */
export const SIGN_IN_KINDS = ['calm', 'hostile', 'store', 'stops', 'all'] as const;

export interface SignInConfig {
  readonly kind: (typeof SIGN_IN_KINDS)[number];
  readonly latency: Latency;
  readonly isEncrypted: boolean;
  readonly processes: number;
  /** How far each process's wall clock is ahead. Default: all are right. */
  readonly skewMs?: readonly number[];
}

interface Step {
  readonly at: number;
  readonly process: number;
}

export type SignInItem =
  | (Step & { readonly type: 'begin'; readonly id: number })
  | (Step & {
      readonly type: 'callback';
      readonly id: number;
      /** From the browser that began, from another, or from one without a cookie. */
      readonly browser: 'own' | 'other' | 'none';
      readonly state: 'own' | 'changed' | 'none';
    })
  | (Step & { readonly type: 'discard'; readonly id: number })
  | (Step & { readonly type: 'freeze'; readonly ms: number })
  | (Step & { readonly type: 'crash' })
  | {
      readonly type: 'storeFault';
      readonly from: number;
      readonly to: number;
      readonly mode: StoreFaultMode;
      readonly chance: number;
    };

export type SignInHistory = History<SignInConfig, SignInItem>;
