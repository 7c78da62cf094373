import { jsonResponse } from '../../http/responses.ts';
import { bodyText, type ServiceRequest } from '../../http/service.ts';
import { authenticateClient } from './client-authentication.ts';
import { exchangeCode } from './exchange-code.ts';
import type { Grant } from './grants.ts';
import { OAuthFailure } from './oauth-failure.ts';
import type { OAuthState } from './oauth-state.ts';
import { refresh } from './refresh.ts';

/** The token endpoint: forms only, and no answer may be cached. */
export async function token(state: OAuthState, request: ServiceRequest): Promise<Response> {
  try {
    const form = readForm(request);
    const client = authenticateClient(request.headers.get('authorization'), form, state.apps);
    const grant = await grantFor(state, form, client);
    return jsonResponse(tokensOf(state, grant), 200, { 'cache-control': 'no-store', pragma: 'no-cache' });
  } catch (error) {
    if (error instanceof OAuthFailure) return error.toResponse();
    throw error;
  }
}

function readForm(request: ServiceRequest): URLSearchParams {
  const contentType = request.headers.get('content-type') ?? '';
  if (!contentType.toLowerCase().startsWith('application/x-www-form-urlencoded')) {
    throw new OAuthFailure('invalid_request', 'The body must be application/x-www-form-urlencoded');
  }
  return new URLSearchParams(bodyText(request));
}

async function grantFor(
  state: OAuthState,
  form: URLSearchParams,
  client: ReturnType<typeof authenticateClient>,
): Promise<Grant> {
  const grantType = form.get('grant_type') ?? '';
  if (grantType === 'authorization_code') return exchangeCode(state, form, client);
  if (grantType === 'refresh_token' && state.rules.refreshTokens) return refresh(state, form, client);
  throw new OAuthFailure('unsupported_grant_type', `Unsupported grant type: ${grantType}`);
}

function tokensOf({ rules, grants }: OAuthState, grant: Grant): Record<string, string | number> {
  return {
    access_token: grants.issueAccessToken(grant, rules.expiresInSeconds),
    token_type: rules.tokenType,
    ...(rules.refreshTokens && { refresh_token: grants.issueRefreshToken(grant) }),
    expires_in: rules.expiresInSeconds,
    scope: grant.scopes.join(' '),
  };
}
