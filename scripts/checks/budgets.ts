import { bundledSize } from '../lib/bundled-size.ts';
import type { Findings } from '../lib/checks.ts';

/**
 * The change feed is loaded with the first poll. The reading of callers' tasks and projects, bulk work, all lists but that of open
 * tasks, and habits, focus, the way to any route, sign-ins and what only gateways need are loaded on first use, and what makes a
 * failure an error that can be shown, or tries again, with the first one (docs/decisions/0006).
 */
export const ON_FIRST_USE: RegExp =
  /^\.\/(poll|watch|bulk-tasks|task-input|project-input|task-actions|task-search|inbox-owner|list-[\w-]+|habit-calls|focus-calls|guide-wire|unsafe-numbers|exact-numbers|identify-account|fetch-route|registration|without-secrets|unsendable-part|renew-token|network-failure|repeat|oauth-calls|stored-outbox)-\w+\.js$/;

/** Bytes, gzipped, with all that the code needs. */
const BUDGETS = [
  {
    code: "export { TickTickClient } from '@context-sdk/ticktick-client'",
    limit: 30_000,
    except: ON_FIRST_USE,
  },
  {
    code:
      "export { memoryRateLimiter, staticToken } from '@context-sdk/oauth-core';" +
      "export { createPipeline } from '@context-sdk/oauth-core/client-kit'",
    limit: 10_000,
    except: ON_FIRST_USE,
  },
];

export async function checkBudgets(): Promise<Findings> {
  const problems: string[] = [];
  const notes: string[] = [];
  for (const { code, limit, except } of BUDGETS) {
    const bytes = await bundledSize(code, except);
    const whole = except === undefined ? bytes : await bundledSize(code);
    const later = whole > bytes ? ` (and ${(whole - bytes).toLocaleString('en')} B on first use)` : '';
    notes.push(`${bytes.toLocaleString('en')} of ${limit.toLocaleString('en')} B gzipped${later}: ${code}`);
    if (bytes > limit) problems.push(`${bytes} bytes are over the budget of ${limit}: ${code}`);
  }
  return { problems, notes };
}
