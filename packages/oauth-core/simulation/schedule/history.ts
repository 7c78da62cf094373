import type { History } from '../engine/simulation.ts';

export interface ScheduleConfig {
  /** How far the wall clock of each machine is ahead, in milliseconds. The schedule has a clock of its own. */
  readonly skewMs: readonly number[];
  readonly jobs: number;
  readonly leaseMs: number;
  readonly everyMs: number;
  /** The share of calls whose answer is lost, though they took effect. */
  readonly lost: number;
}

/** A machine stands still or dies, or somebody from outside plans a job for now, or cancels it. */
export type ScheduleItem =
  | { readonly type: 'freeze'; readonly at: number; readonly process: number; readonly ms: number }
  | { readonly type: 'crash'; readonly at: number; readonly process: number }
  | { readonly type: 'urge' | 'cancel'; readonly at: number; readonly job: string };

export type ScheduleHistory = History<ScheduleConfig, ScheduleItem>;
