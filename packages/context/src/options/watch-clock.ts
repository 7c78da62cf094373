import type { Hooks } from '@context-sdk/oauth-core';
import { CLOCK_TOLERANCE_MS, reportClockSkew } from '@context-sdk/oauth-core/client-kit';

/**
 * A `fetch` that compares this machine's clock with the `Date` of each response, for a host that wants to hear of it. What a
 * cache sends tells the time of long ago.
 */
export function watchingClock(
  ownFetch: typeof fetch | undefined,
  hooks: Hooks | undefined,
): typeof fetch | undefined {
  if (hooks?.onClockSkew === undefined) return ownFetch;
  return async (input, init) => {
    const response = await (ownFetch ?? fetch)(input, init);
    const behindMs = Date.parse(response.headers.get('date') ?? '') - Date.now();
    if (Math.abs(behindMs) > CLOCK_TOLERANCE_MS && !response.headers.has('age')) {
      const name = new URL(input instanceof Request ? input.url : input).host;
      reportClockSkew(hooks, { witness: 'service', name, behindMs });
    }
    return response;
  };
}
