import { jsonResponse } from '../../http/responses.ts';
import { bodyText, type ServiceRequest } from '../../http/service.ts';
import type { AzureDevOpsApp } from './app.ts';
import { authenticateApp } from './client-authentication.ts';
import { grantToApp } from './client-credentials.ts';
import { EntraFailure, unknownTenant } from './entra-failure.ts';
import { type EntraState, isKnownTenant } from './entra-state.ts';
import type { Grant } from './grants.ts';
import { redeemCode } from './redeem-code.ts';
import { refresh } from './refresh.ts';

/** Seconds that an access token lives. */
export const accessTokenLifetime = 3599;

/** The token endpoint: forms only, and no answer may be cached. */
export async function token(state: EntraState, tenant: string, request: ServiceRequest): Promise<Response> {
  try {
    if (!isKnownTenant(tenant)) throw unknownTenant(tenant);
    const form = readForm(request);
    const app = authenticateApp(request.headers.get('authorization'), form, state.apps);
    const grant = await grantFor(state, tenant, form, app);
    return jsonResponse(tokensOf(state, grant), 200, {
      'cache-control': 'no-store, no-cache',
      pragma: 'no-cache',
    });
  } catch (error) {
    if (error instanceof EntraFailure) return error.toResponse(state.clock.now());
    throw error;
  }
}

function readForm(request: ServiceRequest): URLSearchParams {
  const contentType = request.headers.get('content-type') ?? '';
  if (!contentType.toLowerCase().startsWith('application/x-www-form-urlencoded')) {
    throw new EntraFailure('invalid_request', 900144, 'The body must be application/x-www-form-urlencoded.');
  }
  return new URLSearchParams(bodyText(request));
}

async function grantFor(
  state: EntraState,
  tenant: string,
  form: URLSearchParams,
  app: AzureDevOpsApp,
): Promise<Grant> {
  const grantType = form.get('grant_type') ?? '';
  switch (grantType) {
    case 'authorization_code':
      return redeemCode(state, form, app);
    case 'refresh_token':
      return refresh(state, form, app);
    case 'client_credentials':
      return grantToApp(tenant, form, app);
    default:
      throw new EntraFailure(
        'unsupported_grant_type',
        70003,
        `The grant type '${grantType}' is not supported.`,
      );
  }
}

function tokensOf({ grants }: EntraState, grant: Grant): Record<string, string | number> {
  return {
    token_type: 'Bearer',
    scope: grant.scopeText,
    expires_in: accessTokenLifetime,
    ext_expires_in: accessTokenLifetime,
    access_token: grants.issueAccessToken(grant, accessTokenLifetime),
    ...(grant.offline && { refresh_token: grants.issueRefreshToken(grant) }),
  };
}
