import {
  type AccessTokenSource,
  type CallOptions,
  ContextSdkError,
  identityOf,
  staticToken,
  type TokenSet,
} from '@context-sdk/oauth-core';
import { classifyByStatus, createPipeline, identifyAccount } from '@context-sdk/oauth-core/client-kit';
import type { Identify, OAuthProvider } from '@context-sdk/oauth-core/providers';
import type { ProviderId } from '../options/provider-id.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { readAzureDevOpsAccount } from './azure-devops-account.ts';
import type { ConnectedAccount } from './connection.ts';
import { UncountedRequests } from './uncounted-requests.ts';
import { tickTickClient } from './user-clients.ts';

/** What a sign-in gave. */
interface NewTokens {
  tokenSet: TokenSet;
  /** Azure DevOps only. */
  organizationUrl?: string | undefined;
}

/**
 * The account that new tokens belong to, as far as the provider tells: in the id_token, to its own `identify`, or to a request
 * of the service. Azure DevOps' sign-in succeeds without it.
 */
export async function accountOf(
  options: ResolvedOptions,
  id: ProviderId,
  { tokenSet, organizationUrl }: NewTokens,
  call?: CallOptions,
): Promise<ConnectedAccount> {
  const auth = staticToken(tokenSet.accessToken);
  if (id === 'ticktick') {
    const isKnown = canIdentifyTickTick(options);
    return isKnown ? await tickTickAccount(options, auth, call) : {};
  }
  const identity = identityOf(tokenSet);
  if (identity !== undefined) {
    const { subject, email, name } = identity;
    return { id: subject, ...(email && { email }), ...(name && { displayName: name }) };
  }
  const provider = options.oauth.get(id)?.provider;
  if (provider?.identify) return await identifyAt(provider, provider.identify, { options, auth, call });
  if (id !== 'azure-devops') return {};
  try {
    return await readAzureDevOpsAccount(options, { auth, organizationUrl }, call);
  } catch (error) {
    if (error instanceof ContextSdkError) return {};
    throw error;
  }
}

/** Reads the account of a token, and verifies the token with that. Gateways of the guide's dialect tell it to `identify` only. */
export async function tickTickAccount(
  options: ResolvedOptions,
  auth: AccessTokenSource,
  call?: CallOptions,
): Promise<ConnectedAccount> {
  const uncounted = new UncountedRequests(options.requests.rateLimiter);
  const requests = { ...options.requests, rateLimiter: uncounted.limiter };
  const client = tickTickClient({ ...options, requests }, auth);
  if (!canIdentifyTickTick(options)) {
    // The only way to verify a token at such a gateway.
    for await (const _ of client.tasks.listOpen(call)) break;
    return {};
  }
  const { username, email = username, ...rest } = await client.account.get(call);
  const account = { ...rest, username, email };
  await uncounted.countFor('ticktick', account);
  return account;
}

function canIdentifyTickTick({ providers: { ticktick = {} } }: ResolvedOptions): boolean {
  return ticktick.dialect !== 'guide' || (ticktick.identify ?? ticktick.provider?.identify) !== undefined;
}

/** The token goes to the provider's own hosts only, and paths follow the token endpoint's host. */
async function identifyAt(
  provider: OAuthProvider,
  identify: Identify,
  {
    options,
    auth,
    call,
  }: { options: ResolvedOptions; auth: AccessTokenSource; call: CallOptions | undefined },
): Promise<ConnectedAccount> {
  const { id: service, endpointHosts = [] } = provider;
  const { protocol, origin } = new URL(provider.tokenEndpoint);
  const pipeline = createPipeline({
    ...options.requests,
    service,
    auth,
    origins: [origin, ...endpointHosts.map((host) => `${protocol}//${host}`)],
    limits: [],
    classify: classifyByStatus(service),
  });
  return await identifyAccount(identify, { service, pipeline, baseUrl: origin }, call);
}
