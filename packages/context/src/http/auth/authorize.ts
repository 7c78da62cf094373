import { authorizationTransactions, ConfigurationError, PermissionError } from '@context-sdk/oauth-core';
import { randomText } from '../../utils/random-token.ts';
import { checkedOrganization } from '../../connections/organization-url.ts';
import type { ProviderId } from '../../options/provider-id.ts';
import type { User } from '../../users/user.ts';
import { PRIVATE_HEADERS } from '../problem-response.ts';
import { checkedReturnTo } from '../return-to.ts';
import type { AuthParts } from './auth-parts.ts';
import { browserCookie, SIGN_IN_SECONDS } from './browser-cookie.ts';

/**
 * Sends the browser to the provider. `returnTo` says where the user goes on in the end; `organizationUrl`, where the host
 * has no organization of its own, which one of Azure DevOps' is connected.
 */
export async function authorize(
  { setup, users, getUserId }: AuthParts,
  provider: ProviderId,
  request: Request,
): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const oauth = setup.oauth.get(provider);
  if (oauth === undefined) {
    throw new ConfigurationError('This server has no app at the provider, where users could sign in.', {
      service: provider,
    });
  }
  const userId = await getUserId(request);
  if (userId === undefined && setup.onConnected === undefined) {
    throw new PermissionError('Nobody is signed in here who could connect.', { status: 403 });
  }
  const returnTo = checkedReturnTo(setup, searchParams.get('returnTo'));
  const organizationUrl =
    provider === 'azure-devops'
      ? checkedOrganization(setup.providers, searchParams.get('organizationUrl'))
      : undefined;
  const { url, transaction } = await oauth.beginAuthorization({
    returnTo,
    remember: { ...(userId !== undefined && { userId }), ...(organizationUrl && { organizationUrl }) },
    ...(userId !== undefined && (await whatIsKnown(users.get(userId), provider))),
  });
  const value = randomText();
  await authorizationTransactions(setup.store).save(transaction, value);
  const cookie = await browserCookie(setup, transaction.state);
  return new Response(null, {
    status: 302,
    headers: { ...PRIVATE_HEADERS, location: url.href, 'set-cookie': cookie.set(value, SIGN_IN_SECONDS) },
  });
}

/** Spares who connects again the choice of an account, and a consent that only brings another refresh token. */
async function whatIsKnown(
  user: User,
  provider: ProviderId,
): Promise<{ loginHint?: string; holdsRefreshToken: boolean }> {
  const { identity, refreshable = false } = await user.connections.get(provider);
  return { ...(identity?.email && { loginHint: identity.email }), holdsRefreshToken: refreshable };
}
