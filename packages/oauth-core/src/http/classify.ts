import {
  ApiError,
  RateLimitError,
  ReauthorizationRequiredError,
  ServiceUnavailableError,
} from '../errors/index.ts';
import { retryAfterMs } from '../timing/retry-after.ts';
import { raceAbort } from '../timing/timeouts.ts';
import { credentialOf } from '../tokens/credential-of.ts';
import { laneOf } from './dispatch.ts';
import { type Exchange, type Next, type ReceivedResponse } from './exchange.ts';
import { isFarOff } from './retry.ts';
import { isRepeatable } from './send.ts';
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
  await limiter.pause(lane === undefined ? limiterKey : laneOf(limiterKey, lane), ms);
}

async function renewToken(exchange: Exchange, response: ReceivedResponse, next: Next): Promise<void> {
  const { pipeline, request, signal, progress, pin } = exchange;
  const { auth, service } = pipeline;
  await pipeline.probe?.(exchange, response, next);
  if (progress.isTokenRenewed) throw new ReauthorizationRequiredError('rejected', { service });
  progress.isTokenRenewed = true;
  const rejected = progress.credential?.token;
  await raceAbort(credentialOf(auth, { rejected, grantId: pin.grantId, signal }), signal);
  if (isRepeatable(request)) return;
  const message = `${service} rejected the access token. There is a new one, but the body was a stream: send it again.`;
  throw new ApiError(message, { service, status: 401 }, 'api_error', true);
}
