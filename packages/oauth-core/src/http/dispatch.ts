import { sha256 } from '../crypto/sha256.ts';
import { GrantChangedError, MissingScopeError } from '../errors/index.ts';
import type { RateLimiter } from '../limiters/rate-limiter.ts';
import { raceAbort } from '../timing/timeouts.ts';
import { credentialOf } from '../tokens/credential-of.ts';
import { type Exchange, type Next, type ReceivedResponse } from './exchange.ts';
import { traceLimit } from './trace.ts';

/** How often a request is queued again because its token ended in the queue. */
const MAX_REQUEUES = 3;
/** A shorter wait is a busy process, or the limiter's own round trip. */
const MIN_WAIT_MS = 10;

/**
 * Waits for a permit, and goes on with a token that is good at that moment, of the grant that the call began with. A token
 * that ended in the queue wastes the permit.
 */
export async function dispatch(exchange: Exchange, next: Next): Promise<ReceivedResponse> {
  const { pipeline, call, request, signal, progress, pin } = exchange;
  const { service, auth, limits, limiter } = pipeline;
  const { cost, maxWaitMs = pipeline.maxWaitMs, scopes, lane } = call;
  const terms = { limits, cost, signal, maxWaitMs };
  for (let requeues = 0; ; requeues += 1) {
    const options = { grantId: pin.grantId, signal };
    // The abort counts even if the host's own source, or its store, ignores signals.
    const asked =
      auth.getCredential === undefined ? credentialOf(auth, options) : auth.getCredential(options);
    const credential = await (signal === undefined ? asked : raceAbort(asked, signal));
    const { grantId = pin.grantId, origin = request.url.origin } = credential;
    if ((pin.grantId ??= grantId) !== grantId || origin !== request.url.origin) {
      throw new GrantChangedError({ service });
    }
    if (scopes !== undefined && (await auth.lacks?.(scopes))) {
      throw new MissingScopeError(scopes.slice(0, 1), { service });
    }
    // Limits are per account: a hash of the token stands in for one that is not known.
    const account = auth.account ?? (pipeline.tokenHash ??= (await sha256(credential.token)).slice(0, 22));
    const key = `${service}/${account}`;
    progress.limiterKey = key;
    const queuedAt = performance.now();
    let sent: Promise<ReceivedResponse> | undefined;
    try {
      const response = await (lane === undefined ? limiter : inLane(limiter, lane)).run(
        key,
        async () => {
          const token = auth.current && requeues < MAX_REQUEUES ? auth.current(grantId) : credential.token;
          if (token === undefined) return undefined;
          const waitedMs = performance.now() - queuedAt;
          if (waitedMs >= MIN_WAIT_MS) traceLimit(exchange, 'waited', waitedMs);
          progress.credential = { ...credential, token };
          progress.refusal = undefined;
          return await (sent = next(exchange));
        },
        terms,
      );
      if (response !== undefined) return response;
    } catch (error) {
      // A limiter of the host's may fail afterwards. What became of the request counts all the same.
      if (sent === undefined) throw error;
      return await sent;
    }
  }
}

/** The key of a part of the service that it pauses apart. Its limits are counted with the others. */
export function laneOf(key: string, lane: string): string {
  return `${key}/${lane}`;
}

/** Waits for pauses of the lane first, then as all calls do. */
function inLane(limiter: RateLimiter, lane: string): Pick<RateLimiter, 'run'> {
  return {
    run: (key, dispatchOne, terms) =>
      limiter.run(laneOf(key, lane), () => limiter.run(key, dispatchOne, terms), { ...terms, limits: [] }),
  };
}
