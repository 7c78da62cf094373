import { InvalidRequestError } from '@context-sdk/oauth-core';
import { isTimeZone } from '@context-sdk/oauth-core/client-kit';
import { isFlag, isId, isNumber, isText, listOf, oneOf, type Shape, shapeOf } from '../records/shape.ts';
import { checkPlan, SEEN_BLOCK } from './check-plan.ts';
import { checkedPlanOptions } from './plan-options.ts';
import type { Plan } from './plan.ts';

const isMinutes: Shape = (value) => isNumber(value) && Number(value) >= 0;
const NAME = { taskId: isId };
const PIECE = shapeOf(
  {
    ...NAME,
    title: isText,
    action: oneOf('create', 'change', 'keep'),
    reason: isText,
    reasons: listOf(isText),
  },
  { occurrence: isText, block: SEEN_BLOCK, showsFree: isFlag },
);
const PLAN = shapeOf({
  id: isId,
  pieces: listOf(PIECE),
  late: listOf(shapeOf({ ...NAME, minutes: isMinutes }, { occurrence: isText })),
  unplaced: listOf(
    shapeOf({ ...NAME, minutes: isMinutes, reason: isText, text: isText }, { occurrence: isText }),
  ),
  removed: listOf((value) => SEEN_BLOCK(value) && shapeOf(NAME)(value)),
  timeZone: isTimeZone,
});

/** Whether a record has a plan that can be shown and applied. */
function isPlan(value: unknown): value is Plan {
  if (!PLAN(value)) return false;
  const plan = value as Plan;
  try {
    checkPlan(plan);
    checkedPlanOptions(plan.request);
    return true;
  } catch (error) {
    if (error instanceof InvalidRequestError) return false;
    throw error;
  }
}

const RECORD = shapeOf({ plan: isPlan });

/** Whether a record is that of a proposal. */
export function isPlanRecord(value: unknown): value is { plan: Plan } {
  return RECORD(value);
}
