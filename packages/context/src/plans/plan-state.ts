import type { RecordStore } from '@context-sdk/oauth-core';
import { DAY_MS } from '@context-sdk/oauth-core/client-kit';
import { overwriteJson, readWhole } from '../records/json-record.ts';
import { keys } from '../records/keys.ts';
import { isCount, isFlag, isId, listOf, shapeOf } from '../records/shape.ts';

/** Plans that were applied are remembered this long, and this many of them. */
const KEPT_MS = 90 * DAY_MS;
const MAX_PLANS = 50;

/** What is known of the plans of one Google account. */
export interface PlanState {
  /** How many plans were applied. */
  count: number;
  /** The last ones, with the user who applied each. Absent in records of earlier versions. */
  applied: { id: string; isComplete: boolean; userId?: string }[];
}

const APPLIED = shapeOf({ id: isId, isComplete: isFlag }, { userId: isId });
const STATE = shapeOf({ count: isCount, applied: listOf(APPLIED) });

/** Whether a record is that of the plans of an account. */
export function isPlanState(value: unknown): value is PlanState {
  return STATE(value);
}

export async function readPlanState(store: RecordStore, owner: string): Promise<PlanState> {
  return (await readWhole(store, keys.plans(owner), isPlanState)) ?? { count: 0, applied: [] };
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

/** Forgets the plans of one user: others may have connected the same account. Those that name nobody go, too. */
export async function forgetPlans(store: RecordStore, owner: string, userId: string): Promise<void> {
  const key = keys.plans(owner);
  const state = await readPlanState(store, owner);
  const applied = state.applied.filter((plan) => plan.userId !== undefined && plan.userId !== userId);
  if (applied.length === 0) await store.delete(key);
  else await overwriteJson(store, key, { ...state, applied }, { ttlMs: KEPT_MS });
}
