import { normalizeOrganizationUrl } from '@context-sdk/ado-client/environment';
import { ConfigurationError, PermissionError, type RecordStore } from '@context-sdk/oauth-core';
import type { ProviderId } from '../../options/provider-id.ts';
import type { Providers } from '../../options/provider-options.ts';
import { checkReadable } from '../../records/check-readable.ts';
import type { User } from '../../users/user.ts';
import { invalidInput } from '../../utils/input-checks.ts';
import { checkNavigation, checkOrigin, resolveReturnTo } from '../own-origins.ts';
import { PRIVATE_HEADERS } from '../page.ts';
import { BodyTooLargeError, requestBody } from '../request-body.ts';
import type { AuthParts } from './on-connected.ts';
import { saveSignIn } from './sign-in-cookies.ts';

const MAX_FORM_BYTES = 16_384;
const MAX_ORGANIZATION_URL_LENGTH = 512;

/**
 * Redirects the browser to the provider. A GET must come from this site or a page of the host's own, and a POST from such a page. The query
 * or form field `returnTo` says where the user goes afterwards. `organizationUrl`
 * chooses the Azure DevOps organization if the host has none of its own.
 */
export async function authorize(
  { options, users, getUserId, onConnected, anonymousSignIns }: AuthParts,
  provider: ProviderId,
  request: Request,
): Promise<Response> {
  const isForm = request.method === 'POST';
  if (isForm) checkOrigin(options, request);
  else checkNavigation(options, request);
  const parameters = await parametersOf(request);
  const oauth = options.oauth.get(provider);
  if (oauth === undefined) {
    throw new ConfigurationError('This server has no OAuth app at the provider.', { service: provider });
  }
  const userId = await getUserId(request);
  if (userId === undefined && onConnected === undefined) {
    throw new PermissionError('No user is signed in who could connect.', { status: 403 });
  }
  const returnTo = resolveReturnTo(options, parameters.get('returnTo'));
  const organizationUrl =
    provider === 'azure-devops'
      ? chosenOrganization(options.providers, parameters.get('organizationUrl'))
      : undefined;
  const { url, transaction } = await oauth.beginAuthorization({
    returnTo,
    remember: { ...(userId !== undefined && { userId }), ...(organizationUrl && { organizationUrl }) },
    ...(userId !== undefined && (await knownAccount(options.store, users.get(userId), provider))),
  });
  const save = (): Promise<string[]> => saveSignIn(options, request, transaction);
  const cookies = await (userId === undefined ? anonymousSignIns.run(save) : save());
  const headers = new Headers({ ...PRIVATE_HEADERS, location: url.href });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(null, { status: isForm ? 303 : 302, headers });
}

/** The query's parameters, and the fields of a form. */
async function parametersOf(request: Request): Promise<URLSearchParams> {
  const { searchParams } = new URL(request.url);
  const isForm = request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded');
  if (!isForm) return searchParams;
  const body = await requestBody(request, MAX_FORM_BYTES)().catch((error: unknown) => {
    if (!(error instanceof BodyTooLargeError)) throw error;
    throw invalidInput('The form', `has more than ${MAX_FORM_BYTES} bytes`);
  });
  const fields = new URLSearchParams(new TextDecoder().decode(body));
  return new URLSearchParams([...searchParams, ...fields]);
}

/** Saves a returning user the choice of an account, and a consent that would only issue another refresh token. */
async function knownAccount(
  store: RecordStore,
  user: User,
  provider: ProviderId,
): Promise<{ loginHint?: string; holdsRefreshToken: boolean }> {
  const { identity, refreshable = false, unreadable } = await user.connections.get(provider);
  if (unreadable) await checkReadable(store);
  return { ...(identity?.email && { loginHint: identity.email }), holdsRefreshToken: refreshable };
}

/** Users choose an organization only if the host has none. Throws {@link InvalidRequestError} for an invalid choice. */
function chosenOrganization(
  { azureDevOps = {} }: Providers,
  choice: string | null | undefined,
): string | undefined {
  if (azureDevOps.organizationUrl !== undefined) return undefined;
  if (!choice) throw invalidInput('organizationUrl', 'is missing');
  if (choice.length > MAX_ORGANIZATION_URL_LENGTH) throw invalidInput('organizationUrl', 'is too long');
  try {
    return normalizeOrganizationUrl(choice, azureDevOps.allowedHosts, azureDevOps.allowHttp);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw invalidInput('organizationUrl', 'must be the URL of an Azure DevOps organization');
  }
}
