import type { Findings } from '../lib/checks.ts';
import { staleness } from '../lib/freshness.ts';
import { workspacePackages } from '../lib/workspace.ts';

/** The checks below look at dist/, which must be what src/ says now. */
export function checkFresh(): Findings {
  return { problems: workspacePackages().flatMap((one) => staleness(one) ?? []) };
}
