import { normalizeOrganizationUrl } from '@context-sdk/ado-client';
import { authorizationTransactions, ConfigurationError, PermissionError } from '@context-sdk/oauth-core';
import type { ProviderId } from '../../options/provider-id.ts';
import type { Providers } from '../../options/provider-options.ts';
import type { User } from '../../users/user.ts';
import { invalidInput } from '../../utils/input-checks.ts';
import { randomToken } from '../../utils/text.ts';
import { signInCookie } from '../cookies.ts';
import { resolveReturnTo } from '../own-origins.ts';
import { PRIVATE_HEADERS } from '../problem-response.ts';
import type { AuthParts } from './on-connected.ts';

/** How long a sign-in may take. Its transaction lives as long. */
const SIGN_IN_SECONDS = 600;

/**
 * Redirects the browser to the provider. The query's `returnTo` says where the user goes afterwards. `organizationUrl`
 * chooses the Azure DevOps organization if the host has none of its own.
 */
export async function authorize(
  { options, users, getUserId, onConnected }: AuthParts,
  provider: ProviderId,
  request: Request,
): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const oauth = options.oauth.get(provider);
  if (oauth === undefined) {
    throw new ConfigurationError('This server has no OAuth app at the provider.', { service: provider });
  }
  const userId = await getUserId(request);
  if (userId === undefined && onConnected === undefined) {
    throw new PermissionError('No user is signed in who could connect.', { status: 403 });
  }
  const returnTo = resolveReturnTo(options, searchParams.get('returnTo'));
  const organizationUrl =
    provider === 'azure-devops'
      ? chosenOrganization(options.providers, searchParams.get('organizationUrl'))
      : undefined;
  const { url, transaction } = await oauth.beginAuthorization({
    returnTo,
    remember: { ...(userId !== undefined && { userId }), ...(organizationUrl && { organizationUrl }) },
    ...(userId !== undefined && (await knownAccount(users.get(userId), provider))),
  });
  const value = randomToken();
  await authorizationTransactions(options.store).save(transaction, value);
  const cookie = await signInCookie(transaction.state, options.baseUrl);
  return new Response(null, {
    status: 302,
    headers: { ...PRIVATE_HEADERS, location: url.href, 'set-cookie': cookie.set(value, SIGN_IN_SECONDS) },
  });
}

/** Saves a returning user the choice of an account, and a consent that would only issue another refresh token. */
async function knownAccount(
  user: User,
  provider: ProviderId,
): Promise<{ loginHint?: string; holdsRefreshToken: boolean }> {
  const { identity, refreshable = false } = await user.connections.get(provider);
  return { ...(identity?.email && { loginHint: identity.email }), holdsRefreshToken: refreshable };
}

/** Users choose an organization only if the host has none. Throws {@link InvalidRequestError} for an invalid choice. */
function chosenOrganization(
  { azureDevOps = {} }: Providers,
  choice: string | null | undefined,
): string | undefined {
  if (azureDevOps.organizationUrl !== undefined) return undefined;
  if (!choice) throw invalidInput('organizationUrl', 'is missing');
  try {
    return normalizeOrganizationUrl(choice, azureDevOps.allowedHosts);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw invalidInput('organizationUrl', 'must be the URL of an Azure DevOps organization');
  }
}
