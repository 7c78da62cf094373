import type { RecordStore } from '@context-sdk/oauth-core';
import { DAY_MS } from '@context-sdk/oauth-core/client-kit';
import { overwriteJson, readJsonIfReadable } from '../records/json-record.ts';
import { keys } from '../records/keys.ts';

/** Plans that were applied are remembered this long, and this many of them. */
const KEPT_MS = 90 * DAY_MS;
const MAX_PLANS = 50;

/** What is known of the plans of one Google account. */
export interface PlanState {
  /** How many plans were applied. */
  count: number;
  /** The last ones. */
  applied: { id: string; isComplete: boolean }[];
}

export async function readPlanState(store: RecordStore, owner: string): Promise<PlanState> {
  const state = await readJsonIfReadable<Partial<PlanState>>(store, keys.plans(owner));
  const { count, applied } = state ?? {};
  return {
    count: typeof count === 'number' ? count : 0,
    applied: Array.isArray(applied) ? applied.filter((one) => typeof one?.id === 'string') : [],
  };
}

/** Remembers that a plan was applied. */
export async function rememberPlan(
  store: RecordStore,
  owner: string,
  { count, applied }: PlanState,
  plan: PlanState['applied'][number],
): Promise<void> {
  const state: PlanState = { count: count + 1, applied: [plan, ...applied].slice(0, MAX_PLANS) };
  await overwriteJson(store, keys.plans(owner), state, { ttlMs: KEPT_MS });
}
