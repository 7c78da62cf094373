import type { RecordStore } from '@context-sdk/oauth-core';
import { checkedCallOptions, checkObject } from '@context-sdk/oauth-core/client-kit';
import type { TimeBlocks } from '../time-blocks/time-blocks.ts';
import { invalidInput } from '../utils/input-checks.ts';
import { checkPlan } from './check-plan.ts';
import { lookAt } from './look.ts';
import { makePlan } from './make-plan.ts';
import { checkedPlanOptions, PLAN_OPTIONS } from './plan-options.ts';
import { readPlanState } from './plan-state.ts';
import type { Plan, PlanOptions } from './plan.ts';

const SERVICE = 'google-calendar';

/** Plans of one user. */
export class Plans {
  readonly #store: RecordStore;
  readonly #blocks: TimeBlocks;

  constructor(store: RecordStore, blocks: TimeBlocks) {
    this.#store = store;
    this.#blocks = blocks;
  }

  async plan(options: PlanOptions, previous?: Plan): Promise<Plan> {
    checkObject(options, 'options', invalidInput);
    const call = checkedCallOptions(options, SERVICE, PLAN_OPTIONS);
    const checked = checkedPlanOptions(options);
    return await this.#blocks.beside(call, async ({ client, owner, call: own }) => {
      const { count } = await readPlanState(this.#store, owner);
      return await makePlan(await lookAt(client, checked, own), checked, previous, count);
    });
  }

  async replan(plan: Plan, changes: Partial<PlanOptions>): Promise<Plan> {
    checkPlan(plan);
    return await this.plan({ ...plan.request, ...changes }, plan);
  }
}
