import { RateLimitError, ServiceUnavailableError } from '../errors/index.ts';
import { retryAfterMs } from '../timing/retry-after.ts';
import { laneOf } from './dispatch.ts';
import { type Exchange, type Next, type ReceivedResponse } from './exchange.ts';
import { isFarOff } from './retry.ts';
import { traceLimit } from './trace.ts';

/**
 * Turns responses that are failures into errors, and pauses the limiter where the service asks for it. A rejected token is
 * replaced once per call, and the request sent again with the new one.
 */
export async function classify(exchange: Exchange, next: Next): Promise<ReceivedResponse> {
  for (;;) {
    exchange.progress.attempts += 1;
    const response = await next(exchange);
    const verdict = exchange.pipeline.classify(response);
    if (verdict === undefined) {
      const { headers } = response;
      if (headers.has('retry-after') || headers.has('ratelimit-remaining')) {
        await pause(exchange, 'asked', retryAfterMs(headers));
      }
      return response;
    }
    if (verdict !== 'unauthorized') {
      await pauseAfter(exchange, verdict);
      // Loaded with the first failure: most processes that are short-lived see none.
      const { withoutSecrets } = await import('../redaction/without-secrets.ts');
      throw (exchange.progress.refusal = withoutSecrets(verdict, exchange.request));
    }
    const { renewToken } = await import('./renew-token.ts');
    await renewToken(exchange, response, next);
  }
}

/** A pause that no call waits for holds nothing back: each call gets the service's own answer. */
async function pauseAfter(exchange: Exchange, error: Error): Promise<void> {
  if (isFarOff(error, exchange.pipeline)) return;
  if (error instanceof RateLimitError && error.retryable)
    await pause(exchange, 'refused', error.retryAfterMs, error.lane);
  if (error instanceof ServiceUnavailableError) await pause(exchange, 'asked', error.retryAfterMs);
}

async function pause(
  exchange: Exchange,
  reason: 'refused' | 'asked',
  askedMs: number | undefined,
  lane?: string,
): Promise<void> {
  const { limiter, maxPauseMs } = exchange.pipeline;
  const { limiterKey } = exchange.progress;
  if (!askedMs || limiterKey === undefined) return;
  const ms = Math.min(askedMs, maxPauseMs);
  traceLimit(exchange, reason, ms);
  try {
    await limiter.pause(lane === undefined ? limiterKey : laneOf(limiterKey, lane), ms);
  } catch {
    // A limiter of the host's may fail. What the service has answered counts all the same.
  }
}
