import { ConfigurationError } from '../errors/index.ts';
import { memoryRateLimiter } from '../limiters/memory/memory-rate-limiter.ts';
import type { RateLimiter } from '../limiters/rate-limiter.ts';
import { classify } from './classify.ts';
import { deadline } from './deadline.ts';
import { dispatch } from './dispatch.ts';
import type { Call, Exchange, Next, PipelineOptions, PipelineParts, Stage } from './exchange.ts';
import { checkedMaxPause, checkedRetry, retry } from './retry.ts';
import { bufferedResponse, prepareRequest, send } from './send.ts';
import { traceCall, traceRequest } from './trace.ts';

/** Carries every request of a client: token, limits, retries, timeouts, events, and errors that show no secret. */
export interface Pipeline {
  /** A `fetch` for one call of the client. It rejects with typed errors for responses that are failures. */
  fetchFor(call: Call): typeof fetch;
}

const MAX_RESPONSE_BYTES = 64 * 2 ** 20;

function checkedMaxBytes(bytes: number | undefined): number {
  if (bytes === undefined || bytes > 0) return bytes ?? MAX_RESPONSE_BYTES;
  throw new ConfigurationError('maxResponseBytes must be above 0.');
}

let limiterOfThisProcess: RateLimiter | undefined;

/** The limiter of all clients that were given none. */
export function processRateLimiter(): RateLimiter {
  return (limiterOfThisProcess ??= memoryRateLimiter());
}

/** Throws {@link ConfigurationError} naming the option that is out of range. */
export function createPipeline(options: PipelineOptions): Pipeline {
  const { service, maxWaitMs = 0 } = options;
  if (!(maxWaitMs >= 0)) throw new ConfigurationError('maxWaitMs must be 0 or more.', { service });
  const pipeline: PipelineParts = {
    ...options,
    limiter: options.rateLimiter ?? processRateLimiter(),
    retries: checkedRetry(options.retry),
    maxResponseBytes: checkedMaxBytes(options.maxResponseBytes),
    maxPauseMs: checkedMaxPause(options.maxPauseMs),
    send: options.fetch ?? ((input, init) => fetch(input, init)),
  };
  return {
    fetchFor: (call) => async (input, init) => {
      call.signal?.throwIfAborted();
      const request = await prepareRequest(service, input, init);
      if (!options.origins.includes(request.url.origin)) {
        throw new ConfigurationError(`${service} tokens are not sent to ${request.url.origin}.`, { service });
      }
      const exchange: Exchange = {
        pipeline,
        call,
        request,
        callId: 0,
        signal: call.signal,
        progress: { attempts: 0, credential: undefined, isTokenRenewed: false },
        pin: call.pin ?? { grantId: call.grantId },
      };
      // From the outside in. After the last stage, the request is sent.
      const stages: Stage[] = [
        ...(options.hooks === undefined ? [] : [traceCall]),
        ...(call.deadlineMs === undefined ? [] : [deadline(call.deadlineMs)]),
        retry,
        classify,
        dispatch,
        ...(options.hooks === undefined ? [] : [traceRequest]),
      ];
      const carry = stages.reduceRight<Next>((next, stage) => (passed) => stage(passed, next), send);
      return bufferedResponse(await carry(exchange));
    },
  };
}
