import * as fc from 'fast-check';
import { expect } from 'vitest';
import { fitting, isSameValue } from '../../src/links/link-values.ts';
import { ACTIONS, type Findings, History } from './history.ts';

/** Runs histories against the reconciler, and returns what they have shown together. */
export function runHistories(options: { numRuns: number; seed: number }): Findings {
  const sum: Findings = { writes: 0, conflicts: 0, unreal: 0 };
  fc.assert(
    fc.property(ACTIONS, fc.constantFrom('keep' as const, 'remove' as const), (actions, deleted) => {
      const history = new History(deleted);
      history.run(actions);
      // No loops: after at most a few synchronizations, nothing is written any more.
      expect(history.settle()).toBeLessThanOrEqual(3);
      expect(history.lostEdits()).toEqual([]);
      expect(history.findings.unreal).toBe(0);
      expectSame(history);
      for (const name of Object.keys(sum) as (keyof Findings)[]) sum[name] += history.findings[name];
    }),
    options,
  );
  return sum;
}

/** Without a conflict, all sides say the same. */
function expectSame({ items, state, isTaskGone }: History): void {
  if (isTaskGone) return;
  for (const field of ['title', 'status'] as const) {
    if (state.conflicts.some((conflict) => conflict.field === field)) continue;
    const agreed = state.agreed[field]?.value ?? '';
    for (const { kind, id, isGone, isRecurring, [field]: value } of items) {
      const known = state.sides.find((side) => side.kind === kind && side.id === id)?.fields[field];
      const isUnlinked = isRecurring && field === 'status';
      if (isGone || isUnlinked || value === undefined || known?.isDetached) continue;
      const isSame =
        isSameValue(field, value, agreed) || isSameValue(field, value, fitting(kind, field, agreed));
      expect([kind, value, isSame || agreed.length > 200]).toEqual([kind, value, true]);
    }
  }
}
