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
  /** The last ones. */
  applied: { id: string; isComplete: boolean }[];
}

const STATE = shapeOf({ count: isCount, applied: listOf(shapeOf({ id: isId, isComplete: isFlag })) });

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
