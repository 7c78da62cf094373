import type { WindowLimit } from '@context-sdk/oauth-core';

/**
 * What one account may do: 100 requests in a minute and 300 in five. TickTick documents neither; its response to the 101st
 * names the first, and clients that ran into the second report it: docs/facts/ticktick.md, Rate limits.
 */
export const TICKTICK_LIMITS: readonly WindowLimit[] = [
  { limit: 100, intervalMs: 60_000 },
  { limit: 300, intervalMs: 300_000 },
];

/** What the integration guide allows one account at a gateway: 100 requests in a minute. */
export const GUIDE_LIMITS: readonly WindowLimit[] = [{ limit: 100, intervalMs: 60_000 }];
