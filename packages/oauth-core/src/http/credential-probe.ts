import { ContextSdkError, MissingScopeError, PermissionError } from '../errors/index.ts';
import { withoutSecrets } from '../redaction/without-secrets.ts';
import type {
  CompleteResponse,
  CredentialProbe,
  Exchange,
  Next,
  PipelineParts,
  PreparedRequest,
} from './exchange.ts';

/** How long a token that was proven good is not asked about again, in milliseconds. */
const PROVEN_MS = 60_000;

/**
 * Throws the service's error for a response that refuses a token which another route takes: then the token lacks a scope, or a
 * policy forbids its use there, and a new sign-in would change nothing. Throws, too, if the service can't tell right now. Asked are tokens
 * that can't be replaced, and those that were replaced in vain; once a minute at most, and never where the probe's own route was refused.
 */
export async function probeCredential(
  probe: CredentialProbe,
  exchange: Exchange,
  response: CompleteResponse,
  next: Next,
): Promise<void> {
  const { pipeline, progress, request } = exchange;
  const { token = '', renewable } = progress.credential ?? {};
  if (request.url.pathname === new URL(probe.url).pathname) return;
  if (!isProven(pipeline, token)) {
    if (!progress.isTokenRenewed && renewable !== false) return;
    if ((await probedToken(exchange, probe, next)) !== token) return;
    pipeline.proven = { token, at: performance.now() };
  }
  const error = (probe.errorFor ?? notHere)(response, pipeline.service);
  throw (progress.refusal = withoutSecrets(error, request));
}

function isProven({ proven }: PipelineParts, token: string): boolean {
  return proven?.token === token && performance.now() - proven.at < PROVEN_MS;
}

function notHere({ status, operation }: CompleteResponse, service: string): PermissionError {
  const why = 'it takes the token elsewhere: a scope is missing, or a policy forbids this';
  return new PermissionError(`${service} answered ${status} to ${operation} (${why}).`, { service, status });
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
  if (verdict === undefined || isAboutRights(verdict)) return progress.credential?.token;
  // Another time it may tell. Of a route that it lacks, it never will.
  if (verdict instanceof ContextSdkError && verdict.retryable) throw withoutSecrets(verdict, request);
  return undefined;
}

/** A service that says what a token may not do has taken it. */
function isAboutRights(verdict: Error | 'unauthorized'): boolean {
  return verdict instanceof PermissionError || verdict instanceof MissingScopeError;
}
