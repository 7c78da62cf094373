import { withoutSecrets } from '../redaction/without-secrets.ts';
import type { CompleteResponse, Exchange, Next, PreparedRequest, Probe } from './exchange.ts';

/** How to find out whether a token that one route refuses is good. */
export interface CredentialProbe {
  /** Names the request in hooks and errors. */
  operation: string;
  /** Any token of the service may read it, whatever its scopes. */
  url: string;
  /** The error for the response of a route that refuses a good token. */
  errorFor(response: CompleteResponse): Error;
}

/** How long a token that was proven good is not asked about again, in milliseconds. */
const PROVEN_MS = 60_000;

/** A probe of tokens that can't be replaced, and of those that were replaced in vain. It asks once a minute at most. */
export function credentialProbe(probe: CredentialProbe): Probe {
  let proven: { token: string; at: number } | undefined;
  return async (exchange, response, next) => {
    const { progress, request } = exchange;
    const { token = '', renewable } = progress.credential ?? {};
    if (!progress.isTokenRenewed && renewable !== false) return;
    const isProven = proven?.token === token && performance.now() - proven.at < PROVEN_MS;
    if (!isProven) {
      if ((await probedToken(exchange, probe, next)) !== token) return;
      proven = { token, at: performance.now() };
    }
    throw (progress.refusal = withoutSecrets(probe.errorFor(response), request));
  };
}

/** The token that the probe was sent with, if the service takes it. */
async function probedToken(
  exchange: Exchange,
  { operation, url }: CredentialProbe,
  next: Next,
): Promise<string | undefined> {
  const { pipeline, call } = exchange;
  const { signal, timeoutMs, maxWaitMs } = call;
  const request: PreparedRequest = { url: new URL(url), method: 'GET', headers: {}, body: null };
  const progress: Exchange['progress'] = { attempts: 1, credential: undefined, isTokenRenewed: true };
  const probing: Exchange = {
    ...exchange,
    call: { operation, safety: 'safe', signal, timeoutMs, maxWaitMs },
    request,
    progress,
  };
  const verdict = pipeline.classify(await next(probing));
  if (verdict instanceof Error) throw withoutSecrets(verdict, request);
  return verdict === undefined ? progress.credential?.token : undefined;
}
