import { ApiError, ReauthorizationRequiredError } from '../errors/index.ts';
import { raceAbort } from '../timing/timeouts.ts';
import { credentialOf } from '../tokens/credential-of.ts';
import { probeCredential } from './credential-probe.ts';
import type { Exchange, Next, ReceivedResponse } from './exchange.ts';
import { isRepeatable } from './send.ts';

/** Replaces a token that was refused, once per call. Throws if the request can't be sent again with the new one. */
export async function renewToken(exchange: Exchange, response: ReceivedResponse, next: Next): Promise<void> {
  const { pipeline, request, signal, progress, pin } = exchange;
  const { auth, service, probe } = pipeline;
  if (probe !== undefined) await probeCredential(probe, exchange, response, next);
  if (progress.isTokenRenewed) throw new ReauthorizationRequiredError('rejected', { service });
  progress.isTokenRenewed = true;
  const rejected = progress.credential?.token;
  await raceAbort(credentialOf(auth, { rejected, grantId: pin.grantId, signal }), signal);
  if (isRepeatable(request)) return;
  const message = `${service} rejected the access token. There is a new one, but the body was a stream: send it again.`;
  throw new ApiError(message, { service, status: 401 }, 'api_error', true);
}
